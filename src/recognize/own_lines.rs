use std::time::Duration;

use serde_json::{Map, Value};

use crate::recognize::finding::RecognizedError;
use crate::recognize::wait::wait_in_text;
use crate::wire::text::{ERROR_ID, FAILURE, HINT, INDENT, MORE, WAIT};

/// The name of the form of our log entries.
pub(crate) const LOG_ENTRY: &str = "log entry";

/// Reads the lines that follow an error of this registry, in a tool result or in a log, and returns their length.
pub(crate) fn own_lines(text: &str, error: &mut RecognizedError, is_tool_text: bool) -> usize {
    let is_log_entry = error.received.form == Some(LOG_ENTRY);
    let mut length = 0;
    let mut own = OwnLines::default();
    for line in text.split_inclusive('\n') {
        if !own.take(line.trim_end(), is_tool_text, is_log_entry) {
            break;
        }
        length += line.len();
    }
    own.give(error);
    length
}

/// The content of the lines after the first line of an error.
#[derive(Default)]
struct OwnLines {
    wait: Option<Duration>,
    error_id: Option<String>,
    failures: Vec<Value>,
    members: Map<String, Value>,
    /// The member whose value the next line may continue.
    open: Option<String>,
}

impl OwnLines {
    /// Processes a line. Returns `false` if the line does not belong to the error.
    fn take(&mut self, line: &str, is_tool_text: bool, is_log_entry: bool) -> bool {
        if let Some(indented) = line.strip_prefix(INDENT) {
            match member(indented.trim_start()).filter(|_| is_log_entry) {
                Some((name, value)) => self.add(name, value),
                None => self.extend(indented),
            }
            return true;
        }
        self.open = None;
        if let Some(failure) = line.strip_prefix(FAILURE) {
            self.failures.push(failure.into());
        } else if line.starts_with(WAIT[0]) {
            self.wait = wait_in_text(line);
        } else if let Some(id) = line.strip_prefix(ERROR_ID) {
            self.error_id = Some(id.to_owned());
        } else if line.starts_with(HINT) || line.starts_with(MORE[0]) {
        } else if let Some((name, value)) = member(line).filter(|_| is_tool_text) {
            self.add(name, value);
        } else {
            return false;
        }
        true
    }

    fn add(&mut self, name: &str, value: &str) {
        let parsed = serde_json::from_str(value).ok().filter(|value: &Value| !value.is_string());
        self.members.insert(name.to_owned(), parsed.unwrap_or_else(|| value.into()));
        self.open = Some(name.to_owned());
    }

    /// Adds another line to the value of the last member.
    fn extend(&mut self, line: &str) {
        if let Some(Value::String(value)) = self.open.as_ref().and_then(|name| self.members.get_mut(name)) {
            value.push('\n');
            value.push_str(line);
        }
    }

    fn give(self, error: &mut RecognizedError) {
        let is_empty =
            self.wait.is_none() && self.error_id.is_none() && self.failures.is_empty() && self.members.is_empty();
        if is_empty {
            return;
        }
        let mut received = (*error.received).clone();
        received.wait = received.wait.or(self.wait);
        received.error_id = received.error_id.or(self.error_id);
        if !self.failures.is_empty() {
            received.rest.insert("failures".to_owned(), Value::Array(self.failures));
        }
        received.rest.extend(self.members);
        error.share(received);
    }
}

/// Splits `name: value`.
fn member(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(": ")?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    is_name.then_some((name, value))
}
