//! A message template has enough specific text to be recognized.

use mcp_error_codes_core::template::{Piece, Pieces};

use crate::read::fields::Fields;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "template-text", run };

/// Words that occur in all sorts of messages, and the word for an error in some other languages. A template needs a different one.
const COMMON: &[&str] = &[
    "bad",
    "call",
    "can",
    "cannot",
    "caused",
    "code",
    "could",
    "critical",
    "description",
    "detail",
    "details",
    "due",
    "during",
    "encountered",
    "err",
    "erreur",
    "erro",
    "error",
    "errore",
    "errors",
    "exception",
    "execution",
    "fail",
    "failed",
    "failing",
    "failure",
    "fatal",
    "fehler",
    "generic",
    "got",
    "http",
    "id",
    "info",
    "internal",
    "issue",
    "mcp",
    "message",
    "msg",
    "occurred",
    "oops",
    "operation",
    "please",
    "problem",
    "processing",
    "reason",
    "request",
    "response",
    "result",
    "returned",
    "rpc",
    "server",
    "severe",
    "something",
    "sorry",
    "status",
    "tool",
    "unable",
    "uncaught",
    "unexpected",
    "unhandled",
    "unknown",
    "unspecified",
    "warning",
    "went",
    "wrong",
    "ошибка",
    "エラー",
    "錯誤",
    "错误",
    "오류",
];

/// Words that occur in all sorts of sentences, and say nothing of an error either.
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
    let has_placeholder = pieces.iter().any(|piece| matches!(piece, Piece::Placeholder(_)));
    let literals = pieces.iter().filter_map(|piece| match piece {
        Piece::Literal(literal) => Some(*literal),
        Piece::Placeholder(_) => None,
    });
    if has_placeholder && !literals.clone().flat_map(words).any(is_telling) {
        let words = match literals.clone().flat_map(words).next() {
            Some(_) => "only words that occur in all sorts of messages",
            None => "no word",
        };
        let matches =
            format!("message {message:?} has {words} outside its placeholders, so it also matches other errors");
        let remedy = "add words specific to this error, or omit message: the title is then the message";
        return report.at(place, format!("{matches}; {remedy}"));
    }
    // One report for all placeholders in a row.
    for row in pieces.split(|piece| matches!(piece, Piece::Literal(_))).filter(|row| row.len() > 1) {
        let names = row.iter().filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some(format!("{name:?}")),
            Piece::Literal(_) => None,
        });
        let names = names.collect::<Vec<_>>().join(" and ");
        let row = format!("placeholders {names} of message {message:?} have no text between them");
        report.at(place, format!("{row}, so their values cannot be separated; add some"));
    }
}

/// Returns the words of the text between two placeholders.
fn words(literal: &str) -> impl Iterator<Item = &str> {
    literal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Returns whether a word is specific to an error. Three Latin letters are a short word; two letters of another script may be a
/// long one.
fn is_telling(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let enough = if word.is_ascii() { 3 } else { 2 };
    let word = word.to_lowercase();
    letters >= enough && !COMMON.contains(&word.as_str()) && !SMALL.contains(&word.as_str())
}
