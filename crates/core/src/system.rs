use crate::{__spelling, Family, ReservedRange, System};

impl ReservedRange {
    /// Returns whether the text of a code is in the range: it has the same prefix, the same number of digits, and a number between
    /// the ends.
    ///
    /// Case and the separators `-`, `_` and space are ignored.
    #[must_use]
    pub fn contains(self, text: &str) -> bool {
        let (Some((prefix, first)), Some((_, last))) = (split_number(self.first), split_number(self.last)) else {
            return false;
        };
        let Some((text_prefix, number)) = split_number(text) else {
            return false;
        };
        number.len() == first.len()
            && first <= number
            && number <= last
            && __spelling(prefix).eq(__spelling(text_prefix))
    }
}

/// Splits a text before its trailing digits. Returns `None` if it has none.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let prefix = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &text[prefix.len()..];
    (!number.is_empty()).then_some((prefix, number))
}

impl core::fmt::Display for System {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.name)
    }
}

impl core::fmt::Display for Family {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.name)
    }
}

impl core::fmt::Display for ReservedRange {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} to {}", self.first, self.last)
    }
}
