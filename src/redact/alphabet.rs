//! The alphabets of secrets.

use super::run::{leading, trailing};

/// The characters that a kind of secret consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Alphabet {
    /// `0-9`
    Digits,
    /// `0-9`, `a-f`, `A-F`
    Hex,
    /// `0-9`, `a-f`, `A-F`, `-`, as in a UUID
    Uuid,
    /// `A-Z`, `0-9`
    Upper,
    /// `a-z`, `0-9`
    Lower,
    /// `A-Z`, `a-z`, `0-9`
    Alnum,
    /// Letters, digits, `_`, `-`, as in URL-safe base64
    Word,
    /// [`Word`](Self::Word) and `.`
    Dotted,
    /// Letters, digits, `+`, `/`, `=`
    Base64,
    /// [`Dotted`](Self::Dotted), [`Base64`](Self::Base64) and `~`, as in the credentials of a header
    Token,
    /// Letters, digits, and `./$=,+:`, as in the hash of a password
    Crypt,
    /// [`Dotted`](Self::Dotted), `/`, `@`, `%` and `:`, as in the path of a URL
    Path,
}

impl Alphabet {
    /// Returns whether the alphabet contains a byte.
    #[must_use]
    pub const fn has(self, byte: u8) -> bool {
        let word = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        match self {
            Self::Digits => byte.is_ascii_digit(),
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Uuid => byte.is_ascii_hexdigit() || byte == b'-',
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Lower => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Word => word,
            Self::Dotted => word || byte == b'.',
            Self::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='),
            Self::Token => word || matches!(byte, b'.' | b'+' | b'/' | b'=' | b'~'),
            Self::Crypt => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'$' | b'=' | b',' | b'+' | b':')
            }
            Self::Path => word || matches!(byte, b'.' | b'/' | b'@' | b'%' | b':'),
        }
    }

    /// Returns how many bytes at the start of a string belong to the alphabet, up to `most`.
    pub(super) fn count(self, bytes: &[u8], most: usize) -> usize {
        leading(bytes, most, |byte| self.has(*byte))
    }

    /// Returns how many bytes at the end of a string belong to the alphabet, up to `most`.
    pub(super) fn count_back(self, bytes: &[u8], most: usize) -> usize {
        trailing(bytes, most, |byte| self.has(*byte))
    }
}
