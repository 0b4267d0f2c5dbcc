//! Limits on how much is read of a peer's message.

use serde_json::{Map, Value};

/// The maximum number of details that are read, including the context of a log entry.
pub(crate) const MAX_DETAILS: usize = 256;

/// The maximum number of failures that are read from each list.
pub(crate) const MAX_FAILURES: usize = 256;

/// The maximum number of list items or object members that are read.
pub(crate) const MAX_ITEMS: usize = 1_000;

/// The maximum number of values that are read in total.
pub(crate) const MAX_VALUES: usize = 20_000;

/// The maximum number of bytes of names and strings that are read in total.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// The maximum number of bytes that are read from a string.
pub(crate) const MAX_TEXT: usize = 1 << 16;

/// The reserve for members of objects once the limits are reached, so that a long list does not hide the members that
/// identify the error.
const RESERVE: Budget = Budget { values: 64, bytes: 1 << 16 };

/// The remaining part of the limits.
#[derive(Debug, Clone, Copy)]
struct Budget {
    values: usize,
    bytes: usize,
}

/// What remains for all values, and then for members only.
struct Limits {
    all: Budget,
    reserve: Budget,
}

/// Removes everything beyond the limits. A string that is only partly within them is cut.
pub(crate) fn bound(object: &mut Map<String, Value>) {
    Limits { all: Budget { values: MAX_VALUES, bytes: MAX_BYTES }, reserve: RESERVE }.bound_members(object);
}

impl Budget {
    const fn is_left(self) -> bool {
        self.values > 0 && self.bytes > 0
    }

    /// Counts a value with a name.
    fn take(&mut self, name: &str) {
        self.values = self.values.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(name.len());
    }
}

impl Limits {
    fn bound(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => {
                let budget = if self.all.is_left() { &mut self.all } else { &mut self.reserve };
                let most = budget.bytes.min(MAX_TEXT);
                if text.len() > most {
                    text.truncate((0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0));
                }
                budget.bytes -= text.len();
            }
            Value::Array(items) => {
                items.truncate(MAX_ITEMS);
                let mut read = 0;
                for item in items.iter_mut() {
                    if !self.all.is_left() {
                        break;
                    }
                    self.all.take("");
                    self.bound(item);
                    read += 1;
                }
                items.truncate(read);
            }
            Value::Object(members) => self.bound_members(members),
            _ => {}
        }
    }

    /// Strings and numbers come first, because they identify the error.
    fn bound_members(&mut self, members: &mut Map<String, Value>) {
        let is_list = |value: &Value| value.is_array() || value.is_object();
        for lists in [false, true] {
            let mut read = 0;
            members.retain(|name, value| {
                if is_list(value) != lists {
                    return true;
                }
                let budget = if self.all.is_left() { &mut self.all } else { &mut self.reserve };
                if read == MAX_ITEMS || !budget.is_left() || name.len() > budget.bytes.min(MAX_TEXT) {
                    return false;
                }
                read += 1;
                budget.take(name);
                self.bound(value);
                true
            });
        }
    }
}
