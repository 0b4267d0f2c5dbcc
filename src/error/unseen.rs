//! Characters that a reader does not see: what shows an error escapes them.

use std::fmt;

pub(crate) use crate::redact::is_unseen;

/// A text in which `Display` escapes what would end the line, and what a reader does not see or sees in another order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match is_unseen(c) {
                true => write!(f, "{}", c.escape_default())?,
                false => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}
