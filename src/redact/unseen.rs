//! Characters that are invisible on a screen.

use std::borrow::Cow;

use mcp_error_codes_core::is_unseen;

/// Returns whether a character is invisible on a screen. The letters on both sides of it look like one word.
fn is_invisible(c: char) -> bool {
    is_unseen(c) && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')
}

/// Returns whether a string contains an invisible character. Only non-ASCII characters are decoded.
fn has_invisible(text: &str) -> bool {
    let wide = |(at, byte): (usize, u8)| (!byte.is_ascii()).then(|| text.get(at..)?.chars().next()).flatten();
    !text.is_ascii() && text.bytes().enumerate().filter_map(wide).any(is_invisible)
}

/// Removes invisible characters from a string. Returns the text itself if there are none.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    match has_invisible(text) {
        true => Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).collect()),
        false => Cow::Borrowed(text),
    }
}
