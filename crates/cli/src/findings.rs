//! Finds the errors in a text or a log, each distinct error once.

use std::io::{self, Read};

use mcp_error_codes::{Certainty, Finding, Recognition, RecognizedError, Recognizer};
use serde::Serialize;
use serde_json::{Map, Value};

/// The errors in an input.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) errors: Vec<Occurrence>,
    /// The reason if no errors were found.
    pub(crate) none: Option<String>,
    /// How many errors of a log are omitted because there are too many distinct ones.
    pub(crate) left_out: u64,
}

/// A distinct error.
#[derive(Debug)]
pub(crate) struct Occurrence {
    pub(crate) error: RecognizedError,
    /// How often it occurs.
    pub(crate) count: u64,
}

/// A longer input is read as a log.
const MAX_TEXT: u64 = 1024 * 1024;
/// If a text has more errors, errors with the same code are listed once, even if their messages differ.
const MAX_LISTED: usize = 20;

/// Finds the errors in a text.
pub(crate) fn in_text(recognizer: Recognizer<'_>, text: impl AsRef<[u8]>) -> Found {
    Found::of(recognizer.recognize(text))
}

/// Finds the errors in a file or a stream of any size.
///
/// # Errors
/// Returns the error of the reader.
pub(crate) fn in_input(recognizer: Recognizer<'_>, mut input: impl Read) -> io::Result<Found> {
    let mut start = Vec::new();
    let length = input.by_ref().take(MAX_TEXT + 1).read_to_end(&mut start)?;
    if u64::try_from(length).is_ok_and(|length| length <= MAX_TEXT) {
        return Ok(in_text(recognizer, &start));
    }
    let log = recognizer.recognize_log(start.as_slice().chain(input))?;
    let errors: Vec<_> =
        log.errors.into_iter().map(|found| Occurrence { error: found.error, count: found.count }).collect();
    let none = errors.is_empty().then(|| "the log contains no error".to_owned());
    Ok(Found { errors, none, left_out: log.left_out })
}

impl Found {
    fn of(recognition: Recognition) -> Self {
        let is_long = recognition.errors.len() > MAX_LISTED;
        let mut errors: Vec<Occurrence> = Vec::new();
        for error in recognition.errors {
            match errors.iter_mut().find(|known| known.is_like(&error, is_long)) {
                Some(known) => known.count += 1,
                None => errors.push(Occurrence { error, count: 1 }),
            }
        }
        Self { errors, none: recognition.none, left_out: 0 }
    }

    /// Returns the line that says how many errors are not listed, if any.
    pub(crate) fn left_out(&self) -> Option<String> {
        (self.left_out > 0).then(|| format!("{} further errors are not listed\n", self.left_out))
    }

    /// Returns the findings as JSON for programs.
    pub(crate) fn view(&self) -> View<'_> {
        let findings = self.errors.iter().flat_map(|occurrence| {
            occurrence.error.findings.iter().map(|finding| FindingView::of(finding, occurrence.count))
        });
        View { findings: findings.collect(), none: self.none.as_deref(), left_out: self.left_out }
    }
}

impl Occurrence {
    /// Returns what the error is called in the list of its candidates: its message, else its number, else its code.
    pub(crate) fn asked(&self) -> String {
        let message = self.error.message().map(str::to_owned);
        let number = || self.error.number().map(|number| number.to_string());
        let of_code = || self.error.findings.first().map(|finding| name(finding).1);
        message.filter(|message| !message.is_empty()).or_else(number).or_else(of_code).unwrap_or_default()
    }

    fn is_like(&self, error: &RecognizedError, is_long: bool) -> bool {
        let meaning = |error: &RecognizedError| {
            error
                .findings
                .first()
                .map(|finding| (name(finding), finding.certainty(), finding.scenario().map(|case| case.name)))
        };
        let is_same_code = meaning(&self.error) == meaning(error) && self.error.number() == error.number();
        let is_same_text =
            || self.error.message() == error.message() && self.error.values().get("id") == error.values().get("id");
        is_same_code && (is_long || is_same_text())
    }
}

/// Returns the system and the code of a finding or, for a claim, its sender and the claimed number or text.
pub(crate) fn name(finding: &Finding) -> (&'static str, String) {
    match (finding.record(), finding.claim()) {
        (Some(record), _) => (record.system.name, record.code.to_owned()),
        (None, Some(claim)) => {
            let number = claim.number.map(|number| number.to_string());
            (claim.sender, number.or(claim.code.map(str::to_owned)).unwrap_or_default())
        }
        (None, None) => ("", String::new()),
    }
}

/// Returns the title of a finding, or what a claim means.
pub(crate) fn title(finding: &Finding) -> &'static str {
    let of_claim = || finding.claim().map_or("", |claim| claim.meaning);
    finding.record().map_or_else(of_claim, |record| record.title)
}

/// The findings as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct View<'a> {
    pub(crate) findings: Vec<FindingView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) none: Option<&'a str>,
    /// How many errors of a log are not listed, if any.
    #[serde(skip_serializing_if = "is_none")]
    pub(crate) left_out: u64,
}

fn is_none(left_out: &u64) -> bool {
    *left_out == 0
}

/// One finding as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct FindingView<'a> {
    system: &'static str,
    code: String,
    title: &'static str,
    certainty: &'static str,
    surface: &'static str,
    reason: String,
    /// What would confirm a finding that is only possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed_by: Option<String>,
    /// Whether it is someone else's use of the number or the code, not a code of the registry.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    claim: bool,
    span: [usize; 2],
    values: Map<String, Value>,
    chain: &'a [String],
    /// How often the error occurs, if more than once.
    #[serde(skip_serializing_if = "is_one")]
    count: u64,
}

fn is_one(count: &u64) -> bool {
    *count == 1
}

impl<'a> FindingView<'a> {
    fn of(finding: &'a Finding, count: u64) -> Self {
        let (system, code) = name(finding);
        let span = finding.span();
        Self {
            system,
            code,
            title: title(finding),
            certainty: finding.certainty().as_str(),
            surface: finding.surface().as_str(),
            reason: finding.reason(),
            confirmed_by: finding.confirmed_by(),
            claim: finding.claim().is_some(),
            span: [span.start, span.end],
            values: finding.values(),
            chain: finding.chain(),
            count,
        }
    }

    /// A record that a developer looked up by name.
    pub(crate) fn named(record: &'static mcp_error_codes::Record, query: &str, certainty: Certainty) -> Self {
        Self {
            system: record.system.name,
            code: record.code.to_owned(),
            title: record.title,
            certainty: certainty.as_str(),
            surface: record.surface.as_str(),
            reason: "the spelling of a code, a name or an alias".to_owned(),
            confirmed_by: None,
            claim: false,
            span: [0, query.len()],
            values: Map::new(),
            chain: &[],
            count: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_that_are_not_listed_are_counted() {
        let found = Found { left_out: 3, ..Found::default() };
        assert_eq!(
            serde_json::to_value(found.view()).expect("JSON"),
            serde_json::json!({"findings": [], "left_out": 3})
        );
        assert_eq!(found.left_out().as_deref(), Some("3 further errors are not listed\n"));
        let found = Found::default();
        assert_eq!(serde_json::to_value(found.view()).expect("JSON"), serde_json::json!({"findings": []}));
        assert_eq!(found.left_out(), None);
    }

    #[test]
    fn an_error_without_a_message_is_called_by_its_number() {
        let asked = |text: &str| in_text(Recognizer::new(), text).errors[0].asked();
        assert_eq!(asked(r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32003}}"#), "-32003");
        assert_eq!(asked(r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32003,"message":""}}"#), "-32003");
        assert_eq!(asked("NOT_FOUND"), "NOT_FOUND");
    }
}
