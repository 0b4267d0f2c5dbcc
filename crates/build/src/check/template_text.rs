//! A message template has enough specific text to be recognized.

use mcp_error_codes_core::template::{Piece, Pieces};

use crate::read::fields::Fields;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "template-text", run };

/// Words that occur in all sorts of messages. A template needs a different one.
const COMMON: &[&str] = &[
    "call",
    "caused",
    "code",
    "description",
    "detail",
    "details",
    "due",
    "err",
    "error",
    "errors",
    "exception",
    "fail",
    "failed",
    "failure",
    "got",
    "http",
    "id",
    "info",
    "mcp",
    "message",
    "msg",
    "reason",
    "result",
    "rpc",
    "server",
    "status",
    "tool",
    "unexpected",
    "unknown",
    "warning",
];

/// Words that occur in all sorts of sentences. At the start of a template they are enough, because few messages start with them:
/// `no {file}`.
const SMALL: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "because", "but", "by", "for", "from", "has", "in", "is", "it", "no",
    "not", "of", "on", "or", "that", "the", "this", "to", "was", "while", "with",
];

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    if scope.is_builtin {
        return;
    }
    for entry in scope.full_entries().filter(|entry| scope.library_system(entry).is_none()) {
        message(entry.record.message, &entry.fields, report);
        for (case, fields) in entry.record.scenarios.iter().zip(entry.fields.items("scenarios")) {
            message(case.message, fields, report);
        }
        for (signature, fields) in entry.record.signatures.iter().zip(entry.fields.items("signatures")) {
            // The number identifies such errors.
            if signature.number.is_none() {
                message(signature.message, fields, report);
            }
        }
    }
}

fn message(message: Option<&str>, fields: &Fields<'_>, report: &mut Report<'_>) {
    let Some(message) = message else { return };
    let place = fields.place_of("message");
    // Another check reports mistakes in braces.
    let Ok(pieces) = Pieces::new(message).collect::<Result<Vec<_>, _>>() else { return };
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Placeholder(name) => {
                if let Some(Piece::Placeholder(next)) = pieces.get(at + 1) {
                    let both =
                        format!("placeholders {name:?} and {next:?} of message {message:?} have no text between them");
                    report.at(place, format!("{both}, so their values cannot be separated; add some"));
                }
                text.push('\0');
            }
        }
    }
    let has_placeholder = text.contains('\0');
    let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let starts_small = first.len() > 1 && SMALL.contains(&first.as_str());
    if has_placeholder && !starts_small && !text.split(|c: char| !c.is_alphanumeric()).any(is_telling) {
        let words = match text.contains(char::is_alphanumeric) {
            true => "only words that occur in all sorts of messages",
            false => "no word",
        };
        let matches =
            format!("message {message:?} has {words} outside its placeholders, so it also matches other errors");
        report.at(
            place,
            format!("{matches}; add words specific to this error, or omit message: the title is then the message"),
        );
    }
}

/// Returns whether a word is specific to an error. Three Latin letters are a short word; two letters of another script may be a
/// long one.
fn is_telling(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let enough = if word.is_ascii() { 3 } else { 2 };
    let word = word.to_lowercase();
    letters >= enough && !COMMON.contains(&word.as_str()) && !SMALL.contains(&word.as_str())
}
