//! What the message of an error is made of.

use serde_json::Value;

use crate::error::details::Details;
use crate::matching::template::Pieces;

/// Where a message comes from.
pub(crate) enum Wording<'a> {
    /// A text as it stands.
    Text(&'a str),
    /// A template to fill from the details; the title, where one of its placeholders has no value.
    Template { template: &'static str, title: &'static str, details: &'a Details },
}

/// Fills a template once, piece by piece; none where a placeholder has no value.
pub(crate) fn fill(template: &str, details: &Details, push: &mut impl FnMut(&str)) -> Option<()> {
    let mut pieces = Pieces { rest: template };
    push(pieces.literal());
    while let Some(name) = pieces.placeholder() {
        push_value(details.get(name)?, push);
        push(pieces.literal());
    }
    Some(())
}

fn push_value(value: &Value, push: &mut impl FnMut(&str)) {
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
