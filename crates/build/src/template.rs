//! Checks that a message template and its parameters fit together.

use std::collections::{BTreeMap, BTreeSet};

use mcp_error_codes_core::Param;
use mcp_error_codes_core::template::{Piece, Pieces};

use crate::fields::Fields;
use crate::name;
use crate::problem::Collector;

/// Counts the characters of a template that are not placeholders. A template that does not split counts as a whole.
pub(crate) fn literal_length(template: &str) -> usize {
    let length = |piece: &Piece<'_>| match piece {
        Piece::Literal(text) => text.chars().count(),
        Piece::Placeholder(_) => 0,
    };
    let pieces: Result<Vec<_>, _> = Pieces::new(template).collect();
    pieces.map_or(template.chars().count(), |pieces| pieces.iter().map(length).sum())
}

/// Checks that every placeholder has a parameter, and that every parameter has a placeholder and an argument name of its own.
/// The fields are those of the table with the message and the parameters.
pub(crate) fn check(message: Option<&str>, params: &[Param], fields: &Fields<'_>, problems: &mut Collector) {
    let place = fields.place_of("message");
    // A message that is not a text was reported when it was read.
    let message = message.or((!fields.has("message")).then_some(""));
    let found = message.and_then(|message| {
        let pieces: Result<Vec<_>, _> = Pieces::new(message).collect();
        pieces.map_err(|mistake| problems.report(place, format!("message {message:?} {mistake}"))).ok()
    });
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
