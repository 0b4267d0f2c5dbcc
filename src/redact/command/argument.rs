//! One argument of a command, in quotes or up to a space.

use super::super::run::leading;
use std::ops::Range;

use crate::redact::ending::quoted;
use crate::redact::plain::{is_placeholder, starts_as_placeholder};

/// Reads one argument.
pub(super) fn argument(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let from = from + leading(&bytes[from..], 8, |byte| *byte == b' ');
    let found = match bytes.get(from)? {
        b'"' | b'\'' => quoted(bytes, from)?.0,
        _ => {
            from..from
                + leading(&bytes[from..], usize::MAX, |byte| {
                    !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'`')
                })
        }
    };
    let value = text.get(found.clone())?;
    (!value.is_empty() && !value.starts_with('-') && !is_placeholder(value) && !starts_as_placeholder(value))
        .then_some(found)
}
