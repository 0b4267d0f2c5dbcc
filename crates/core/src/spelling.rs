//! How `find` compares texts. The generator, the library and the command share this rule.

/// Returns the normalised spelling of a text: upper case, without the separators `-`, `_` and white space. The system before
/// a colon and the text after it are normalised separately.
///
/// A minus sign before a number is kept, because it changes the number.
#[doc(hidden)]
#[inline]
pub fn __spelling(text: &str) -> Spelling<'_> {
    match text.bytes().position(|byte| byte == b':') {
        None => Spelling::of_part(text, None),
        Some(colon) => Spelling::of_part(&text[..colon], Some(&text[colon + 1..])),
    }
}

/// The bytes of a normalised spelling.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Spelling<'t> {
    /// The part that is read.
    rest: &'t [u8],
    /// Whether its minus sign comes first.
    has_sign: bool,
    /// The part after the colon.
    after: Option<&'t str>,
}

impl<'t> Spelling<'t> {
    #[inline]
    fn of_part(text: &'t str, after: Option<&'t str>) -> Self {
        // Most texts have nothing to trim.
        let is_trimmed = match text.as_bytes() {
            [] => true,
            [only] => only.is_ascii_graphic(),
            [first, .., last] => first.is_ascii_graphic() && last.is_ascii_graphic(),
        };
        let rest = if is_trimmed { text } else { text.trim() }.as_bytes();
        Self { rest, has_sign: matches!(rest, [b'-', b'0'..=b'9', ..]), after }
    }
}

impl Iterator for Spelling<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        while let [byte, rest @ ..] = self.rest {
            self.rest = rest;
            let spelt = SPELT[usize::from(*byte)];
            if spelt != DROPPED {
                return Some(spelt);
            }
            if core::mem::take(&mut self.has_sign) {
                return Some(b'-');
            }
        }
        let after = self.after.take()?;
        *self = Self::of_part(after, None);
        Some(b':')
    }
}

/// A byte that is in no text stands for one that a spelling does not keep.
const DROPPED: u8 = 0xff;

/// What a spelling has for each byte of a text.
static SPELT: [u8; 256] = {
    let mut spelt = [0; 256];
    let mut at = 0;
    while at < spelt.len() {
        #[expect(clippy::cast_possible_truncation, reason = "`at` is less than 256")]
        let byte = at as u8;
        let is_kept = !matches!(byte, b'-' | b'_') && !byte.is_ascii_whitespace();
        spelt[at] = if is_kept { byte.to_ascii_uppercase() } else { DROPPED };
        at += 1;
    }
    spelt
};
