use core::fmt::{self, Write};

/// Returns whether a character is invisible to a reader or reorders the text around it: a control character, a line end, a
/// character without width (Unicode's `Default_Ignorable_Code_Point`, which includes tags and variation selectors), a mark that
/// changes the direction of text, or an interlinear annotation.
///
/// The exception is U+FE0F, which makes the character before it an emoji.
///
/// ```
/// use mcp_error_codes_core::is_unseen;
///
/// assert!(['\n', '\u{200B}', '\u{202E}', '\u{E0041}'].into_iter().all(is_unseen));
/// assert!(!['a', ' ', 'é', '中'].into_iter().any(is_unseen));
/// ```
#[must_use]
pub const fn is_unseen(c: char) -> bool {
    c.is_ascii_control()
        || matches!(c, '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}')
        || matches!(c, '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0E}')
        || matches!(c, '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}')
        || matches!(c, '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A text that `Display` prints on one line: a line end is printed as `\n`, `\r` or `\u{..}`, and so is every other character
/// that [`is_unseen`].
///
/// ```
/// use mcp_error_codes_core::OneLine;
///
/// assert_eq!(OneLine("one\ntwo").to_string(), r"one\ntwo");
/// assert_eq!(OneLine("a\u{202E}b").to_string(), r"a\u{202e}b");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct OneLine<'a>(pub &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match is_unseen(c) {
                true => write!(f, "{}", c.escape_default())?,
                false => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
