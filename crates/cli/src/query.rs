//! Finds what a developer asks about: the errors in a text, or a code by name in any spelling.

use mcp_error_codes::{Kind, Recognizer, Record, UnknownCode, find, find_all};

use crate::findings::{self, Found};

/// What a query means.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The errors in the text.
    Found(Found),
    /// The kind with this name.
    Kind(Kind),
    /// Codes whose name or alias matches the text in any spelling, the most likely first.
    Named {
        records: Vec<&'static Record>,
        /// Whether it is unclear which of several records is meant.
        is_ambiguous: bool,
    },
}

/// Returns what a text means: the kind in `kind:not_found`, the errors in the text, the code with this name in any spelling, or
/// else the kind with this name.
///
/// # Errors
/// [`UnknownCode`] if it is none of these.
pub(crate) fn answer(recognizer: Recognizer<'_>, text: &str) -> Result<Answer, UnknownCode> {
    let text = text.trim();
    if let Some(kind) = text.strip_prefix("kind:").and_then(|word| word.trim().parse().ok()) {
        return Ok(Answer::Kind(kind));
    }
    let found = findings::in_text(recognizer, text);
    if !found.errors.is_empty() {
        return Ok(Answer::Found(found));
    }
    // A body or several lines are not a name.
    if text.contains(['{', '\n']) {
        return Ok(Answer::Found(found));
    }
    // An unknown number is not a code.
    if text.parse::<i64>().is_ok() {
        return find(text).map(|record| Answer::Named { records: vec![record], is_ambiguous: false });
    }
    let first = match (find(text), text.parse()) {
        (Ok(first), _) => first,
        (Err(_), Ok(kind)) => return Ok(Answer::Kind(kind)),
        (Err(unknown), Err(_)) => return Err(unknown),
    };
    let records: Vec<&'static Record> = find_all(text).collect();
    let is_first_likelier = records.get(1).is_none_or(|second| Likeness::of(text, first) < Likeness::of(text, second));
    Ok(Answer::Named { records, is_ambiguous: !is_first_likelier })
}

/// The field of a record that matched, from the most likely to the least likely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Code,
    Name,
    Alias,
    Number,
}

impl Likeness {
    fn of(text: &str, record: &Record) -> Self {
        let spelling = |text: &str| -> String {
            let is_letter = |c: &char| !matches!(c, '-' | '_') && !c.is_whitespace();
            text.chars().filter(is_letter).flat_map(char::to_lowercase).collect()
        };
        let text = spelling(text.split_once(':').map_or(text, |(_, text)| text));
        match () {
            () if spelling(record.code) == text => Self::Code,
            () if spelling(record.name) == text => Self::Name,
            () if record.aliases.iter().any(|alias| spelling(alias) == text) => Self::Alias,
            () => Self::Number,
        }
    }
}
