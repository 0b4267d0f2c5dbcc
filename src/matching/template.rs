use alloc::vec::Vec;

use mcp_error_codes_core::{Record, Scenario};

use crate::codes::find::{extended, registries};

/// The code behind a bare message, found by [`match_message`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MessageMatch<'a> {
    /// The record of the code.
    pub record: &'static Record,
    /// The scenario whose message it is, if it is not the code's own.
    pub scenario: Option<&'static Scenario>,
    /// What stands in the place of each placeholder, in the order of the message.
    pub params: Vec<(&'static str, &'a str)>,
}

/// Finds the codes whose message template, or title where there is no template, makes exactly this message.
///
/// The templates with the most literal characters come first. With a system, only its codes are considered; without one,
/// every candidate is returned. The work is linear in the length of the message.
///
/// ```
/// use mcp_error_codes::match_message;
///
/// let found = match_message(Some("scrum-mcp"), "WIP limit exceeded for review: 4/3 tasks");
/// assert_eq!(found[0].record.code, "WIP_LIMIT_EXCEEDED");
/// assert_eq!(found[0].params, [("status", "review"), ("count", "4"), ("limit", "3")]);
/// assert!(match_message(None, "nothing that a template makes").is_empty());
/// ```
#[must_use]
pub fn match_message<'a>(system: Option<&str>, text: &'a str) -> Vec<MessageMatch<'a>> {
    let templates = registries().flat_map(|registry| registry.templates());
    let mut found = Vec::new();
    for (record, scenario) in templates.filter(|(record, _)| system.is_none_or(|name| record.system.name == name)) {
        let scenario = scenario.and_then(|at| record.scenarios.get(at));
        let template = scenario.and_then(|case| case.message).or(record.message).unwrap_or(record.title);
        if let Some(params) = fit(template, text) {
            found.push(MessageMatch { record: extended(record), scenario, params });
        }
    }
    found
}

/// Fits a text to a template: literal pieces stand as they are, the first that fits; a placeholder takes one character at
/// the least.
fn fit<'a>(template: &'static str, text: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
    let mut params = Vec::new();
    let mut text = text;
    let mut pieces = Pieces { rest: template };
    text = text.strip_prefix(pieces.literal())?;
    while let Some(name) = pieces.placeholder() {
        let literal = pieces.literal();
        let end = match (literal.is_empty(), pieces.rest.is_empty()) {
            (true, _) => text.len(),
            (false, true) => text.strip_suffix(literal)?.len(),
            // A value is never empty, so the search begins behind its first character.
            (false, false) => {
                let first = text.chars().next()?.len_utf8();
                first + text[first..].find(literal)?
            }
        };
        let (value, rest) = text.split_at(end);
        if value.is_empty() {
            return None;
        }
        params.push((name, value));
        text = rest.strip_prefix(literal)?;
    }
    text.is_empty().then_some(params)
}

/// Takes a template apart from its front. The generator has checked that its braces match.
pub(crate) struct Pieces<'a> {
    pub(crate) rest: &'a str,
}

impl<'a> Pieces<'a> {
    /// Takes the literal text up to the next placeholder; empty where one comes first.
    pub(crate) fn literal(&mut self) -> &'a str {
        let (literal, rest) = self.rest.split_at(self.rest.find('{').unwrap_or(self.rest.len()));
        self.rest = rest;
        literal
    }

    /// Takes the placeholder that comes next.
    pub(crate) fn placeholder(&mut self) -> Option<&'a str> {
        let (name, rest) = self.rest.strip_prefix('{')?.split_once('}')?;
        self.rest = rest;
        Some(name)
    }
}
