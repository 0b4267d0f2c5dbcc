//! The source of an error's message.

use mcp_error_codes_core::template::{Piece, Pieces};
use mcp_error_codes_core::{Record, Scenario};
use serde_json::Value;

use crate::error::details::Details;

/// The source of a message.
pub(crate) enum Wording<'a> {
    /// The message itself.
    Text(&'a str),
    /// A template to fill from the details, and the title to use if a placeholder has no value.
    Template { template: &'static str, title: &'static str, details: &'a Details },
}

impl<'a> Wording<'a> {
    /// Returns the source of the message of an error that has no message of its own.
    pub(crate) fn of(record: &'static Record, scenario: Option<&'static Scenario>, details: &'a Details) -> Self {
        let title = scenario.map_or(record.title, |case| case.title);
        let (template, params) = match scenario.and_then(|case| Some((case.message?, case.params))) {
            Some((template, params)) => (Some(template), params),
            None => (record.message, record.params),
        };
        match template {
            Some(template) if params.is_empty() => Wording::Text(template),
            Some(template) => Wording::Template { template, title, details },
            None => Wording::Text(title),
        }
    }
}

/// Fills a template piece by piece. Returns `None` if a placeholder has no value.
pub(crate) fn fill(template: &str, details: &Details, push: &mut impl FnMut(&str)) -> Option<()> {
    for piece in Pieces::new(template) {
        // The generator has checked the braces.
        match piece.ok()? {
            Piece::Literal(text) => push(text),
            Piece::Placeholder(name) => push_value(details.get(name)?, push),
        }
    }
    Some(())
}

/// Writes a value as it appears in a message: an unquoted string, and the items of a list separated by commas.
pub(crate) fn push_value(value: &Value, push: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => push(text),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                push(if at == 0 { "" } else { ", " });
                push_value(item, push);
            }
        }
        Value::Number(number) => match number.as_i64() {
            Some(integer) => push(itoa::Buffer::new().format(integer)),
            None => push(&number.to_string()),
        },
        other => push(&other.to_string()),
    }
}
