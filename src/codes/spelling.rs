use mcp_error_codes_core::__spelling;

/// A normalised text, stored without an allocation.
#[derive(Clone, Copy)]
pub(crate) struct Spelling {
    bytes: [u8; Self::MAX],
    length: usize,
}

impl Spelling {
    /// The maximum length of a spelling: a system, a colon, and a code or a name.
    const MAX: usize = 136;

    /// Normalises a string. If it is too long for any code, the result is empty.
    pub(crate) fn new(text: &str) -> Self {
        let mut spelling = Self { bytes: [0; Self::MAX], length: 0 };
        for byte in __spelling(text) {
            let Some(free) = spelling.bytes.get_mut(spelling.length) else {
                spelling.length = 0;
                break;
            };
            *free = byte;
            spelling.length += 1;
        }
        spelling
    }

    pub(crate) fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// Returns the number, if the text is one.
    pub(crate) fn number(&self) -> Option<i64> {
        // Most texts are none, which their first byte shows.
        let may_be_number = matches!(self.as_bytes(), [b'-' | b'0'..=b'9', ..]);
        if may_be_number { number(self.as_str()) } else { None }
    }

    /// Splits a full name into its system and the rest.
    pub(crate) fn full_name(&self) -> Option<(&str, &str)> {
        self.as_str().split_once(':')
    }
}

/// Parses a spelling that is a number.
pub(crate) fn number(spelling: &str) -> Option<i64> {
    let digits = spelling.strip_prefix('-').unwrap_or(spelling);
    let is_plain = digits == "0" || digits.starts_with(|c: char| ('1'..='9').contains(&c));
    spelling.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use mcp_error_codes_core::__spelling;

    use super::*;

    #[test]
    fn it_is_the_spelling_that_the_generator_indexes() {
        let texts = [
            "",
            ":",
            "fs_001",
            " a : -1 ",
            "-32602",
            "- 1",
            "--1",
            "é-x",
            "a:b:c",
            "\u{a0}x y\u{a0}",
            "Tool-Not Found",
        ];
        let records = crate::records().flat_map(|record| [record.code, record.name, record.title]);
        for text in texts.into_iter().chain(records) {
            let spelt: alloc::vec::Vec<u8> = __spelling(text).collect();
            assert_eq!(Spelling::new(text).as_str().as_bytes(), spelt, "{text}");
        }
        let long = "x".repeat(Spelling::MAX);
        assert_eq!(Spelling::new(&long).as_str().len(), Spelling::MAX);
        assert_eq!(Spelling::new(&alloc::format!("{long}x")).as_str(), "");
    }
}
