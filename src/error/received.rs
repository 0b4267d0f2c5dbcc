//! The received values that a decoded error keeps.

use std::borrow::Cow;

use mcp_error_codes_core::is_unseen;
use serde_json::Value;

use crate::redact::{Keys, Redactor};

/// The received values of a decoded error that differ from its record.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Received {
    pub(crate) system: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) number: Option<i64>,
    pub(crate) data: Option<Value>,
}

impl Received {
    /// Redacts received values, and turns each received name into one word.
    pub(crate) fn clean(self, redactor: &Redactor) -> Self {
        let name = |own: String| received_name(redactor.text(&own));
        Self {
            system: self.system.map(name),
            code: self.code.map(name),
            number: self.number,
            data: self.data.map(|data| redactor.value("", data, Keys::Judged)),
        }
    }
}

/// The maximum number of characters in a received name.
const MAX_RECEIVED_NAME: usize = 64;

/// Turns a received code or system into one word: characters that could pass for a column, a line or a message are
/// escaped, and excess text is cut.
fn received_name(name: Cow<'_, str>) -> String {
    let mut own = String::new();
    for (count, c) in name.chars().enumerate() {
        let is_part = !c.is_whitespace() && !is_unseen(c) && c != '|';
        let length = if is_part { 1 } else { c.escape_unicode().count() };
        if own.chars().count() + length >= MAX_RECEIVED_NAME && name.chars().count() > count + 1 {
            own.push('…');
            break;
        }
        match is_part {
            true => own.push(c),
            false => own.extend(c.escape_unicode()),
        }
    }
    own
}
