//! How much is read of what a peer sent.

use serde_json::{Map, Value};

/// The details that are read, the context of a log entry included.
pub(crate) const MAX_DETAILS: usize = 256;

/// The failures that are read, in each list.
pub(crate) const MAX_FAILURES: usize = 256;

/// The items of a list and the members of an object that are read.
pub(crate) const MAX_ITEMS: usize = 1_000;

/// The values that are read in all.
pub(crate) const MAX_VALUES: usize = 20_000;

/// The bytes of names and texts that are read in all.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// What is left of the limits.
struct Budget {
    values: usize,
    bytes: usize,
}

/// Leaves out what is beyond the limits. A text that is only partly within them is cut.
pub(crate) fn bound(object: &mut Map<String, Value>) {
    Budget { values: MAX_VALUES, bytes: MAX_BYTES }.bound_members(object);
}

impl Budget {
    fn bound(&mut self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if text.len() > self.bytes {
                    let end = (0..=self.bytes).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                    text.truncate(end);
                }
                self.bytes -= text.len();
            }
            Value::Array(items) => {
                items.truncate(MAX_ITEMS);
                let mut read = 0;
                for item in items.iter_mut() {
                    if !self.take() {
                        break;
                    }
                    self.bound(item);
                    read += 1;
                }
                items.truncate(read);
            }
            Value::Object(members) => self.bound_members(members),
            _ => {}
        }
    }

    fn bound_members(&mut self, members: &mut Map<String, Value>) {
        let mut read = 0;
        members.retain(|name, value| {
            let fits = read < MAX_ITEMS && name.len() <= self.bytes && self.take();
            if fits {
                read += 1;
                self.bytes -= name.len();
                self.bound(value);
            }
            fits
        });
    }

    /// Takes one value, if one is left.
    fn take(&mut self) -> bool {
        let is_left = self.values > 0;
        self.values = self.values.saturating_sub(1);
        is_left
    }
}
