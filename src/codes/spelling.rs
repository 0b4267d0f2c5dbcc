use mcp_error_codes_core::{__plain_spelling, __spelling};

/// A normalised text, stored without an allocation.
#[derive(Clone, Copy)]
pub(crate) struct Spelling {
    bytes: [u8; Self::MAX],
    length: usize,
}

impl Spelling {
    /// The maximum length of a spelling: a system, a colon, and a code or a name.
    const MAX: usize = 136;

    pub(crate) const EMPTY: Self = Self { bytes: [0; Self::MAX], length: 0 };

    /// Normalises a string. If it is too long for any code, the result is empty.
    pub(crate) fn new(text: &str) -> Self {
        let mut spelling = Self::EMPTY;
        spelling.read(text);
        spelling
    }

    /// Normalises a string in place of the present one, which saves a copy.
    #[inline(always)]
    pub(crate) fn read(&mut self, text: &str) {
        self.length = match __plain_spelling(text, &mut self.bytes) {
            Some(length) => length,
            None => Self::write(text, &mut self.bytes),
        };
    }

    /// Writes the spelling of any text, and returns its length.
    #[inline(never)]
    fn write(text: &str, out: &mut [u8; Self::MAX]) -> usize {
        let mut length = 0;
        for byte in __spelling(text) {
            let Some(free) = out.get_mut(length) else { return 0 };
            *free = byte;
            length += 1;
        }
        length
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// Returns the number, if the text is one.
    pub(crate) fn number(&self) -> Option<i64> {
        number(self.as_bytes())
    }

    /// Splits a full name into its system and the rest.
    pub(crate) fn full_name(&self) -> Option<(&[u8], &[u8])> {
        let (system, rest) = self.as_bytes().split_at(self.as_bytes().iter().position(|byte| *byte == b':')?);
        Some((system, &rest[1..]))
    }
}

/// Parses a spelling that is a number, without a plus sign or leading zeros.
pub(crate) fn number(spelling: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match spelling {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    // Most texts are no number, which their first byte shows.
    if !matches!(digits, [b'0'] | [b'1'..=b'9', ..]) {
        return None;
    }
    // The lowest number has no positive one.
    let negative = digits.iter().try_fold(0_i64, |number, digit| {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 { None } else { number.checked_mul(10)?.checked_sub(i64::from(digit)) }
    });
    if is_negative { negative } else { negative?.checked_neg() }
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
            "\x0bx\x0by",
            "a: -1: -2",
            "\t-3",
            "_-4",
            "-5:-6",
            "-7-8",
            "-:9",
        ];
        let records = crate::records().flat_map(|record| [record.code, record.name, record.title]);
        for text in texts.into_iter().chain(records) {
            let spelt: alloc::vec::Vec<u8> = __spelling(text).collect();
            assert_eq!(Spelling::new(text).as_bytes(), spelt, "{text}");
        }
        let long = "x".repeat(Spelling::MAX);
        assert_eq!(Spelling::new(&long).as_bytes().len(), Spelling::MAX);
        assert_eq!(Spelling::new(&alloc::format!("{long}x")).as_bytes(), b"");
    }
}
