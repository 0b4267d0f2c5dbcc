use core::fmt::{self, Write};

/// A text that `Display` prints on one line: whatever would end the line is printed as `\n`, `\r` or `\u{..}`.
///
/// ```
/// use mcp_error_codes_core::OneLine;
///
/// assert_eq!(OneLine("one\ntwo").to_string(), r"one\ntwo");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct OneLine<'a>(pub &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                true => write!(f, "{}", c.escape_default())?,
                false => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
