//! The appearance of a kind of secret: a prefix, an alphabet and a length.

use std::ops::Range;

use super::alphabet::Alphabet;
use super::escape::begins;
use super::run::trailing;
use super::token::Structure;

/// The maximum number of bytes that are read at the start of a secret, and before its prefix.
const MAX_HEAD: usize = 4_096;

/// One kind of secret.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// The start of the secret, or a string in its middle.
    pub(super) prefix: &'static str,
    rule: Rule,
    #[cfg_attr(not(test), expect(dead_code, reason = "the table is read by people, and by its test"))]
    pub(super) kind: About,
}

/// What a kind of secret is, and where its form is documented. Only the test of the table has a use for it.
#[cfg(test)]
type About = [&'static str; 2];
#[cfg(not(test))]
type About = ();

#[cfg(test)]
const fn about(kind: &'static str, source: &'static str) -> About {
    [kind, source]
}

/// Leaves the texts out of the program.
#[cfg(not(test))]
const fn about(_: &'static str, _: &'static str) -> About {}

/// How a shape is distinguished from other text.
#[derive(Debug, Clone, Copy)]
enum Rule {
    /// The prefix is rare enough to announce a secret even inside a word.
    Any { part: Alphabet, least: u16 },
    /// A word that starts with the prefix.
    Word { part: Alphabet, least: u16 },
    /// A word that is the prefix and exactly this many bytes.
    Fixed { part: Alphabet, length: u16 },
    /// A word that starts with the prefix and contains 16 letters and digits in a row.
    Dense { part: Alphabet, least: u16 },
    /// The prefix is not part of the secret, and the text after it is the secret.
    After { part: Alphabet, least: u16 },
    /// The prefix is in the middle of the secret.
    Around { before: Alphabet, least_before: u16, part: Alphabet, least: u16 },
    /// The function of the structure finds the secret.
    Structured(Structure),
}

impl Shape {
    pub(super) const fn any(
        kind: &'static str,
        prefix: &'static str,
        part: Alphabet,
        least: usize,
        source: &'static str,
    ) -> Self {
        Self { prefix, rule: Rule::Any { part, least: short(least) }, kind: about(kind, source) }
    }

    pub(super) const fn word(
        kind: &'static str,
        prefix: &'static str,
        part: Alphabet,
        least: usize,
        source: &'static str,
    ) -> Self {
        Self { prefix, rule: Rule::Word { part, least: short(least) }, kind: about(kind, source) }
    }

    pub(super) const fn fixed(
        kind: &'static str,
        prefix: &'static str,
        part: Alphabet,
        length: usize,
        source: &'static str,
    ) -> Self {
        Self { prefix, rule: Rule::Fixed { part, length: short(length) }, kind: about(kind, source) }
    }

    pub(super) const fn dense(
        kind: &'static str,
        prefix: &'static str,
        part: Alphabet,
        least: usize,
        source: &'static str,
    ) -> Self {
        Self { prefix, rule: Rule::Dense { part, least: short(least) }, kind: about(kind, source) }
    }

    pub(super) const fn after(
        kind: &'static str,
        prefix: &'static str,
        part: Alphabet,
        least: usize,
        source: &'static str,
    ) -> Self {
        Self { prefix, rule: Rule::After { part, least: short(least) }, kind: about(kind, source) }
    }

    pub(super) const fn around(
        kind: &'static str,
        (before, least_before): (Alphabet, usize),
        prefix: &'static str,
        (part, least): (Alphabet, usize),
        source: &'static str,
    ) -> Self {
        Self {
            prefix,
            rule: Rule::Around { before, least_before: short(least_before), part, least: short(least) },
            kind: about(kind, source),
        }
    }

    pub(super) const fn structured(
        kind: &'static str,
        prefix: &'static str,
        structure: Structure,
        source: &'static str,
    ) -> Self {
        Self { prefix, rule: Rule::Structured(structure), kind: about(kind, source) }
    }
}

/// Returns a length in the two bytes that it has in the table. A length that does not fit does not compile.
const fn short(length: usize) -> u16 {
    assert!(length <= u16::MAX as usize);
    length as u16
}

/// A shape as a program contains it. Its prefix is a place in one text instead of a pointer: programs are loaded at any address, so
/// each pointer in a table takes 24 bytes more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    start: u16,
    length: u16,
    rule: Rule,
}

impl Row {
    /// Creates the row of a shape whose prefix starts at a place in the text of all prefixes.
    pub(super) const fn new(shape: &Shape, start: usize) -> Self {
        Self { start: short(start), length: short(shape.prefix.len()), rule: shape.rule }
    }

    /// Returns the prefix, given the text of all prefixes.
    pub(super) fn prefix<'a>(&self, prefixes: &'a [u8]) -> &'a [u8] {
        let start = usize::from(self.start);
        &prefixes[start..start + usize::from(self.length)]
    }

    /// Returns whether a byte can follow the prefix.
    pub(super) fn can_follow(&self, byte: u8) -> bool {
        match self.rule {
            Rule::Any { part, .. }
            | Rule::Word { part, .. }
            | Rule::Fixed { part, .. }
            | Rule::Dense { part, .. }
            | Rule::After { part, .. }
            | Rule::Around { part, .. } => part.has(byte),
            Rule::Structured(_) => byte < 128,
        }
    }

    /// Finds the secret whose prefix is at the given position, given the text of all prefixes. Nothing before `floor` belongs to it.
    pub(super) fn find(&self, prefixes: &[u8], text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
        let bytes = text.as_bytes();
        let prefix = self.prefix(prefixes);
        let rest = bytes.get(at..)?.strip_prefix(prefix)?;
        let body = at + prefix.len();
        match self.rule {
            Rule::Any { part, least } => Some(at..body + long(rest, part, usize::from(least))?),
            Rule::Word { part, least } if stands_alone(bytes, at, prefix) => {
                Some(at..body + long(rest, part, usize::from(least))?)
            }
            Rule::Fixed { part, length } if begins(bytes, at) => {
                let length = usize::from(length);
                let fits = part.count(rest, length) == length
                    && !rest.get(length).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'_');
                fits.then_some(at..body + length)
            }
            Rule::Dense { part, least } if begins(bytes, at) => {
                let head = part.count(rest, MAX_HEAD);
                is_dense(&rest[..head]).then_some(())?;
                Some(at..body + long(rest, part, usize::from(least))?)
            }
            Rule::After { part, least } => {
                let found = body..body + long(rest, part, usize::from(least))?;
                bytes[found.clone()].iter().any(u8::is_ascii_digit).then_some(found)
            }
            Rule::Around { before, least_before, part, least } => {
                let count = before.count_back(&bytes[floor.min(at)..at], MAX_HEAD);
                (count >= usize::from(least_before)).then_some(())?;
                let found = at - count..body + long(rest, part, usize::from(least))?;
                bytes[found.clone()].iter().any(u8::is_ascii_digit).then_some(found)
            }
            Rule::Structured(structure) => structure.find(text, floor, at),
            _ => None,
        }
    }
}

/// The minimum number of letters before a `+` that is inside base64.
const LEAST_ENCODED: usize = 16;

/// Returns whether a word, and not a part of a name, starts at the given position.
fn stands_alone(bytes: &[u8], at: usize, prefix: &[u8]) -> bool {
    // Letters alone may occur inside base64, after a `+` that follows many other letters.
    let is_inner = match &bytes[..at] {
        [.., b'_'] => true,
        [before @ .., b'+'] => {
            let is_encoded = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
            trailing(before, LEAST_ENCODED, is_encoded) == LEAST_ENCODED
                && !prefix.iter().any(|byte| matches!(byte, b'_' | b'-' | b'.'))
        }
        _ => false,
    };
    begins(bytes, at) && !is_inner
}

/// Returns the length of a run of the alphabet, without a period at the end of a sentence.
fn long(bytes: &[u8], part: Alphabet, least: usize) -> Option<usize> {
    let mut length = part.count(bytes, usize::MAX);
    while length > 0 && bytes[length - 1] == b'.' {
        length -= 1;
    }
    (length >= least).then_some(length)
}

/// Returns whether there is a run of 16 letters and digits that contains a digit.
fn is_dense(bytes: &[u8]) -> bool {
    let runs = bytes.split(|byte| !byte.is_ascii_alphanumeric());
    runs.into_iter().any(|run| run.len() >= 16 && run.iter().any(u8::is_ascii_digit))
}

/// A shape that a program adds to the known ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnShape {
    pub(super) prefix: String,
    part: Alphabet,
    least: usize,
}

impl OwnShape {
    /// Describes secrets that start with a prefix, followed by at least this many characters of an alphabet.
    ///
    /// They are also found inside a word. Returns `None` for a prefix shorter than 4 bytes, which harmless text would
    /// contain by chance.
    #[must_use]
    pub fn new(prefix: impl Into<String>, alphabet: Alphabet, least: usize) -> Option<Self> {
        let prefix = prefix.into();
        (prefix.len() >= 4).then_some(Self { prefix, part: alphabet, least })
    }

    pub(super) fn find(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let rest = text.as_bytes().get(at..)?.strip_prefix(self.prefix.as_bytes())?;
        let body = at + self.prefix.len();
        Some(at..body + long(rest, self.part, self.least)?)
    }
}
