use std::sync::Arc;
use std::time::Duration;

use mcp_error_codes_core::{Record, Surface};
use serde::Serialize;
use serde_json::Value;

use crate::testing::difference::{Row, code, is_same, lines, notes, quoted};
use crate::testing::{Found, Outcome};
use crate::{McpError, RegistryCode};

/// An expected error: its code, and the parts to check. [`expect`] creates one.
#[derive(Debug, Clone)]
#[must_use = "what is expected has to be asserted"]
pub struct Expected {
    record: &'static Record,
    message: Option<String>,
    details: Vec<(String, Value)>,
    retry_after: Option<Duration>,
    error_id: Option<String>,
    surface: Option<Surface>,
}

/// Expects the error of a code, from any registry.
///
/// [`assert_mcp_error!`](crate::assert_mcp_error) is a shorter way to write it.
///
/// ```
/// use mcp_error_codes::{filesystem, testing::expect};
///
/// let sent = filesystem::file_not_found("a.txt").json_rpc_response(7).to_string();
/// let error = expect(filesystem::FILE_NOT_FOUND).message("File not found: a.txt").assert(&sent);
/// assert_eq!(error.record().http_status, 404);
/// ```
pub fn expect(code: impl RegistryCode) -> Expected {
    Expected {
        record: code.record(),
        message: None,
        details: Vec::new(),
        retry_after: None,
        error_id: None,
        surface: None,
    }
}

/// Expects no error; see [`assert_no_mcp_error!`](crate::assert_no_mcp_error).
///
/// # Panics
/// Panics if the outcome is an error or cannot be read.
#[track_caller]
pub fn expect_no_error(outcome: &(impl Outcome + ?Sized)) {
    match outcome.found() {
        Found::NoError(_) => {}
        Found::Error(error) => panic!("expected no error, found\n{}", lines(&rows(&error, None))),
        Found::Unreadable(text) => panic!("expected no error, found {text}"),
    }
}

impl Expected {
    /// Expects exactly this message.
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Expects a detail with exactly this value. Other details are allowed. If the value cannot be serialized, the check
    /// fails.
    pub fn detail(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_else(|error| Value::String(error.to_string()));
        self.details.push((name.into(), value));
        self
    }

    /// Expects this wait before the next try: the one that was set, else the first of the record's schedule.
    pub fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    /// Expects exactly this error id.
    pub fn error_id(mut self, id: impl Into<String>) -> Self {
        self.error_id = Some(id.into());
        self
    }

    /// Expects the surface: a tool result or a JSON-RPC error. For any other outcome, it is the surface on which the
    /// error would be sent.
    pub fn surface(mut self, surface: Surface) -> Self {
        self.surface = Some(surface);
        self
    }

    /// Returns the error of an outcome if it is the expected one.
    ///
    /// # Errors
    /// Returns a string that compares the expected error with the actual one.
    pub fn check(&self, outcome: &(impl Outcome + ?Sized)) -> Result<McpError, String> {
        let error = match outcome.found() {
            Found::Error(error) => error,
            Found::NoError(text) => {
                return Err(format!("expected {}, found no error: {text}", code(self.record)));
            }
            Found::Unreadable(text) => return Err(format!("expected {}, found {text}", code(self.record))),
        };
        let rows = rows(&error, Some(self));
        if !rows.iter().any(Row::differs) {
            return Ok(error);
        }
        let notes = notes(self.record, &error);
        Err(format!("not the expected error (- expected, + found)\n{}{notes}", lines(&rows)))
    }

    /// Asserts that an outcome is the expected error, and returns the error. It is in an `Arc` because an unused
    /// [`McpError`] causes a warning.
    ///
    /// # Panics
    /// Panics with the text of [`check`](Self::check) if that fails.
    #[track_caller]
    pub fn assert(&self, outcome: &(impl Outcome + ?Sized)) -> Arc<McpError> {
        match self.check(outcome) {
            Ok(error) => Arc::new(error),
            Err(text) => panic!("{text}"),
        }
    }
}

/// Compares the parts of an error with the expected ones.
fn rows(error: &McpError, expected: Option<&Expected>) -> Vec<Row> {
    let message = expected.and_then(|expected| expected.message.as_deref());
    let wait = expected.and_then(|expected| expected.retry_after);
    let id = expected.and_then(|expected| expected.error_id.as_deref());
    let surface = expected.and_then(|expected| expected.surface);
    let details = expected.map_or(&[][..], |expected| &expected.details);

    let is_expected = |expected: &Expected| is_same(expected.record, error.record());
    let code_row = Row::new("code", expected.map(|expected| code(expected.record)), Some(found_code(error)));
    let code_row = code_row.that_differs(expected.is_some_and(|expected| !is_expected(expected)));
    let mut rows = vec![code_row, Row::new("message", message.map(quoted), Some(quoted(&error.message())))];
    for (name, found) in error.details() {
        let full_name = format!("details.{name}");
        match details.iter().rfind(|(own, _)| own == name) {
            Some((_, expected)) => rows.extend(Row::of_json(&full_name, Some(expected), Some(found))),
            None => rows.push(Row::found(full_name, found.to_string())),
        }
    }
    for (name, expected) in details.iter().filter(|(name, _)| error.detail(name).is_none()) {
        rows.extend(Row::of_json(&format!("details.{name}"), Some(expected), None));
    }
    let shown = |wait: Duration| format!("{wait:?}");
    rows.push(Row::new("retry_after", wait.map(shown), error.retry_after().map(shown)));
    rows.push(Row::new("error_id", id.map(quoted), error.error_id().map(quoted)));
    rows.push(Row::new("surface", surface.map(|surface| surface.to_string()), Some(error.surface().to_string())));
    rows.extend(error.internal().map(|(name, value)| Row::found(format!("internal.{name}"), value.to_string())));
    rows.extend(error.source_texts().map(|text| Row::found("source".to_owned(), quoted(&text))));
    rows
}

/// Formats the code of an error. For an unknown code, it is the received text.
fn found_code(error: &McpError) -> String {
    let record = error.record();
    match error.bare_code() {
        known if known == record.code => code(record),
        received => format!("{}:{received} (not known here)", error.system_name()),
    }
}
