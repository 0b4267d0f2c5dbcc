//! Message templates: text with `{placeholders}`.

use std::collections::{BTreeMap, BTreeSet};

use mcp_error_codes_core::Param;

use crate::fields::Fields;
use crate::name;
use crate::problem::Collector;

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Literal(&'a str),
    Placeholder(&'a str),
}

/// Splits a template. A brace that opens and does not close, or closes and was not open, is told as the error.
pub(crate) fn pieces(template: &str) -> Result<Vec<Piece<'_>>, &'static str> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find(['{', '}']) {
        let (literal, from_brace) = rest.split_at(open);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        let Some(inside) = from_brace.strip_prefix('{') else {
            return Err("closes a brace that is not open");
        };
        let Some(close) = inside.find(['{', '}']) else {
            return Err("opens a brace and does not close it");
        };
        if !inside[close..].starts_with('}') {
            return Err("opens a brace within a brace");
        }
        pieces.push(Piece::Placeholder(&inside[..close]));
        rest = &inside[close + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    Ok(pieces)
}

/// Counts the characters of a template that are not placeholders. A template that does not split counts as a whole.
pub(crate) fn literal_length(template: &str) -> usize {
    let length = |piece: &Piece<'_>| match piece {
        Piece::Literal(text) => text.chars().count(),
        Piece::Placeholder(_) => 0,
    };
    pieces(template).map_or(template.chars().count(), |pieces| pieces.iter().map(length).sum())
}

/// Checks that every placeholder has its parameter, and every parameter its placeholder and an argument of its own. The
/// fields are those of the table that holds both.
pub(crate) fn check(message: Option<&str>, params: &[Param], fields: &Fields<'_>, problems: &mut Collector) {
    let place = fields.place_of("message");
    // A message that is there and is none was reported when it was taken.
    let message = message.or((!fields.has("message")).then_some(""));
    let report =
        |problems: &mut Collector, message: &str, how| problems.report(place, format!("message {message:?} {how}"));
    let found = message.and_then(|message| pieces(message).map_err(|how| report(problems, message, how)).ok());
    let mut placeholders = BTreeSet::new();
    for piece in found.iter().flatten() {
        let Piece::Placeholder(placeholder) = piece else { continue };
        if !placeholders.insert(*placeholder) {
            problems.report(place, format!("placeholder {placeholder:?} stands twice in the message"));
        } else if !params.iter().any(|param| param.name == *placeholder) {
            problems.report(place, format!("placeholder {placeholder:?} has no entry in params"));
        }
    }
    let mut arguments = BTreeMap::new();
    for (at, param) in params.iter().enumerate().filter(|(_, param)| !param.name.is_empty()) {
        let place = fields.place_of_item("params", at);
        let argument = name::function(param.name);
        if !name::is_identifier(param.name) {
            problems.report(
                place,
                format!("param {:?} cannot name a Rust argument; expected {}", param.name, name::IDENTIFIER),
            );
        } else if let Some(first) = arguments.get(&argument) {
            let first = problems.name(*first);
            problems.report(
                place,
                format!("argument {argument:?} of param {:?} is made twice; first at {first}", param.name),
            );
        } else {
            arguments.insert(argument, place);
        }
        if found.is_some() && !placeholders.contains(param.name) {
            problems.report(place, format!("param {:?} is no placeholder of the message", param.name));
        }
    }
}
