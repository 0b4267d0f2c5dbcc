//! Characters that a reader does not see, or that change the order in which others are shown.

use std::borrow::Cow;

/// Returns whether a character is a control character, ends a line, has no width, or turns the direction of text.
///
/// The selector of a coloured emoji, U+FE0F, is not one of them.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control() || is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Returns whether a character takes no place on a screen. Letters on both sides of it look like one word.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
    ) || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}')
        || matches!(c, '\u{FE00}'..='\u{FE0E}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}')
        || matches!(c, '\u{E0000}'..='\u{E0FFF}')
}

/// Returns a text without the characters that take no place, and the text itself if it has none.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    match !text.is_ascii() && text.contains(is_invisible) {
        true => Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).collect()),
        false => Cow::Borrowed(text),
    }
}
