use alloc::vec::Vec;

use mcp_error_codes_core::template::{Piece, Pieces};
use mcp_error_codes_core::{Record, Scenario};

use crate::codes::in_system::InSystem;
use crate::codes::registries::{extended, registries};

/// A code whose message matches a string: a result of [`match_message`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MessageMatch<'a> {
    /// The record of the code.
    pub record: &'static Record,
    /// The scenario that has the message, or `None` if it is the code's own.
    pub scenario: Option<&'static Scenario>,
    /// The name and the value of each placeholder, in the order of the message.
    pub params: Vec<(&'static str, &'a str)>,
}

/// Finds the codes whose message template, or title if there is no template, produces exactly this message.
///
/// The templates with the most literal characters come first. [`in_system`](crate::in_system()) narrows the search to one
/// system. The work is linear in the length of the message.
///
/// ```
/// use mcp_error_codes::{in_system, match_message};
///
/// let found = in_system("scrum-mcp").match_message("WIP limit exceeded for review: 4/3 tasks");
/// assert_eq!(found[0].record.code, "WIP_LIMIT_EXCEEDED");
/// assert_eq!(found[0].params, [("status", "review"), ("count", "4"), ("limit", "3")]);
/// assert!(match_message("a message of no template").is_empty());
/// ```
#[must_use]
#[inline]
pub fn match_message(text: &str) -> Vec<MessageMatch<'_>> {
    matches(text, |_| true)
}

impl InSystem<'_> {
    /// Finds the codes of the system whose message template produces exactly this message; see [`match_message`].
    #[must_use]
    #[inline]
    pub fn match_message(self, text: &str) -> Vec<MessageMatch<'_>> {
        matches(text, |record| self.contains(record))
    }
}

#[inline]
fn matches(text: &str, is_wanted: impl Fn(&Record) -> bool) -> Vec<MessageMatch<'_>> {
    let templates = registries().flat_map(|registry| registry.templates());
    let mut found = Vec::new();
    for (record, scenario) in templates.filter(|(record, _)| is_wanted(record)) {
        let scenario = scenario.and_then(|at| record.scenarios.get(at));
        let template = scenario.and_then(|case| case.message).or(record.message);
        // A title is not a template, even if it contains braces.
        let is_title = || (record.title == text).then(Vec::new);
        if let Some(params) = template.map_or_else(is_title, |template| fit(template, text)) {
            found.push(MessageMatch { record: extended(record), scenario, params });
        }
    }
    found
}

/// Matches a string against a template: literal text matches its first occurrence, and a placeholder matches at least one
/// character.
#[inline]
fn fit<'a>(template: &'static str, text: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
    let mut params = Vec::new();
    let mut rest = text;
    let mut pieces = Pieces::new(template);
    while let Some(piece) = pieces.next() {
        let name = match piece.ok()? {
            Piece::Literal(literal) => {
                rest = rest.strip_prefix(literal)?;
                continue;
            }
            Piece::Placeholder(name) => name,
        };
        let mut ahead = pieces.clone();
        let literal = ahead.literal();
        let end = match (literal.is_empty(), ahead.is_empty()) {
            (true, _) => rest.len(),
            (false, true) => rest.strip_suffix(&*literal)?.len(),
            (false, false) => {
                // A value is never empty, so the search begins after its first character.
                let first = rest.chars().next()?.len_utf8();
                first + rest[first..].find(&*literal)?
            }
        };
        let (value, after) = rest.split_at(end);
        if value.is_empty() {
            return None;
        }
        params.push((name, value));
        rest = after;
    }
    rest.is_empty().then_some(params)
}
