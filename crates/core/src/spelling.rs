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

/// Writes the [`__spelling`] of a plain text, and returns its length. A plain text has no character beyond ASCII, it starts neither
/// with white space nor with a hyphen that is no minus sign, and neither does the part after its first colon, which has no minus
/// sign. Returns `None` for any other text, and for one that is longer than `out`.
#[doc(hidden)]
#[inline(always)]
pub fn __plain_spelling(text: &str, out: &mut [u8]) -> Option<usize> {
    let bytes = text.as_bytes();
    let starts_plainly = |part: &[u8]| part.first().is_none_or(|first| *first != b'-' && !is_space(*first));
    let (sign, rest) = match bytes {
        [b'-', rest @ ..] if matches!(rest, [b'0'..=b'9', ..]) => (1, rest),
        rest => (0, rest),
    };
    if bytes.len() > out.len() || !starts_plainly(rest) {
        return None;
    }
    let (mut length, mut all) = (sign, 0);
    if sign > 0 {
        out[0] = b'-';
    }
    for byte in rest {
        let spelt = SPELT[usize::from(*byte)];
        out[length] = spelt.to_le_bytes()[0];
        length += usize::from(spelt & DROPPED == 0);
        all |= spelt;
    }
    let has_plain_rest = || {
        let colon = bytes.iter().position(|byte| *byte == b':');
        colon.is_none_or(|colon| starts_plainly(&bytes[colon + 1..]))
    };
    (all & SPECIAL == 0 || (all & BEYOND == 0 && has_plain_rest())).then_some(length)
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
            if spelt & DROPPED == 0 {
                return Some(spelt.to_le_bytes()[0]);
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

/// Returns whether a byte is white space by the rule of `str::trim`, which has one character more than `is_ascii_whitespace`.
const fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'\x0b'
}

/// What a spelling has for each byte of a text, and a mark for some bytes.
static SPELT: [u16; 256] = {
    let mut spelt = [0; 256];
    let mut at = 0;
    while at < spelt.len() {
        #[expect(clippy::cast_possible_truncation, reason = "`at` is less than 256")]
        let byte = at as u8;
        let is_dropped = matches!(byte, b'-' | b'_') || is_space(byte);
        let marks = match byte {
            b':' => COLON,
            0x80.. => BEYOND,
            _ if is_dropped => DROPPED,
            _ => 0,
        };
        spelt[at] = byte.to_ascii_uppercase() as u16 | marks;
        at += 1;
    }
    spelt
};

/// The mark of a byte that a spelling does not have.
const DROPPED: u16 = 1 << 8;
/// The mark of a colon.
const COLON: u16 = 1 << 9;
/// The mark of a byte beyond ASCII.
const BEYOND: u16 = 1 << 10;
const SPECIAL: u16 = COLON | BEYOND;
