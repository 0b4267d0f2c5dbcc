//! Characters as programs escape them in other text: `\"`, `\u0022`, `%22`, `&quot;`, terminal codes.

use super::run::{leading, trailing};

/// One character, decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// The character if it is ASCII, else 0. An invisible character is [`UNSEEN`].
    pub(super) byte: u8,
    /// The number of bytes it takes up.
    pub(super) length: usize,
}

/// Stands for characters that are invisible on a screen: a colour, a zero-width space.
pub(super) const UNSEEN: u8 = 0x1B;

/// The maximum length of a run of backslashes, or of an escape.
const MAX_ESCAPE: usize = 40;

/// HTML and XML entities for syntax characters.
const ENTITIES: [(&[u8], u8); 14] = [
    (b"quot;", b'"'),
    (b"apos;", b'\''),
    (b"amp;", b'&'),
    (b"lt;", b'<'),
    (b"gt;", b'>'),
    (b"nbsp;", b' '),
    (b"equals;", b'='),
    (b"colon;", b':'),
    (b"Tab;", b'\t'),
    (b"NewLine;", b'\n'),
    (b"lbrace;", b'{'),
    (b"lcub;", b'{'),
    (b"rcub;", b'}'),
    (b"grave;", b'`'),
];

/// Characters of more than one byte that are read as ASCII: a no-break space, full-width characters, and invisible
/// characters.
const WIDE: [(&[u8], u8); 12] = [
    (b"\xC2\xA0", b' '),
    (b"\xC2\xAD", UNSEEN),
    (b"\xE2\x80\x8B", UNSEEN),
    (b"\xE2\x80\x8C", UNSEEN),
    (b"\xE2\x80\x8D", UNSEEN),
    (b"\xE2\x81\xA0", UNSEEN),
    (b"\xEF\xBB\xBF", UNSEEN),
    (b"\xEF\xBC\x9A", b':'),
    (b"\xEF\xBC\x9D", b'='),
    (b"\xE2\x86\x92", b'>'),
    (b"\xE3\x80\x80", b' '),
    (b"\xEF\xB8\x8F", UNSEEN),
];

/// Decodes the character at the given position.
#[inline]
pub(super) fn unit(bytes: &[u8], at: usize) -> Option<Unit> {
    match *bytes.get(at)? {
        b'\\' | b'%' | b'&' | 0x1B | 0x80.. => escaped(&bytes[at..]),
        byte => Some(Unit { byte, length: 1 }),
    }
}

/// Decodes a multi-byte character, if there is one.
#[inline(never)]
fn escaped(rest: &[u8]) -> Option<Unit> {
    let found = match rest.first()? {
        b'\\' => backslash(rest),
        b'%' => percent(rest),
        b'&' => entity(rest),
        0x1B => style(&rest[1..]).map(|length| Unit { byte: UNSEEN, length: length + 1 }),
        0x80.. => {
            WIDE.iter().find(|(wide, _)| rest.starts_with(wide)).map(|&(wide, byte)| Unit { byte, length: wide.len() })
        }
        _ => None,
    };
    Some(found.unwrap_or_else(|| match rest[0] {
        byte @ 0..0x80 => Unit { byte, length: 1 },
        _ => Unit { byte: 0, length: rest.iter().skip(1).take_while(|byte| **byte & 0xC0 == 0x80).count() + 1 },
    }))
}

/// Reads `\"`, `\\\"`, `\n`, `\x22`, `\u0022`, `\033[31m`.
fn backslash(rest: &[u8]) -> Option<Unit> {
    let run = leading(rest, MAX_ESCAPE, |byte| *byte == b'\\');
    let after = &rest[run..];
    let (byte, length) = match after {
        [quote @ (b'"' | b'\'' | b'`' | b'/'), ..] => (*quote, 1),
        [b'n' | b'r', ..] => (b'\n', 1),
        [b't', ..] => (b'\t', 1),
        // A shell escapes a space.
        [b' ', ..] if run == 1 => (b' ', 1),
        [b'x', high, low, ..] => (hex(*high, *low)?, 3),
        [b'u', b'{', b'0', b'0', high, low, b'}', ..] => (hex(*high, *low)?, 7),
        [b'u', b'0', b'0', high, low, ..] => (hex(*high, *low)?, 5),
        [b'0', b'3', b'3', ..] => (UNSEEN, 3),
        [b'e', b'[', ..] => (UNSEEN, 1),
        _ => return None,
    };
    let styled = if byte == UNSEEN { style(&after[length..])? } else { 0 };
    (byte < 0x80).then_some(Unit { byte, length: run + length + styled })
}

/// Reads `%22`, and `%2522`, which is `%22` encoded.
fn percent(rest: &[u8]) -> Option<Unit> {
    let mut start = 1;
    while let [b'2', b'5', high, low, ..] = &rest[start..]
        && hex(*high, *low).is_some()
        && start < MAX_ESCAPE
    {
        start += 2;
    }
    let [high, low, ..] = &rest[start..] else { return None };
    hex(*high, *low).filter(u8::is_ascii).map(|byte| Unit { byte, length: start + 2 })
}

/// Reads `&quot;`, `&#34;`, and `&amp;quot;`, which is `&quot;` encoded.
fn entity(rest: &[u8]) -> Option<Unit> {
    let mut start = 1;
    while start < MAX_ESCAPE && rest[start..].starts_with(b"amp;") && named(&rest[start + 4..]).is_some() {
        start += 4;
    }
    named(&rest[start..]).map(|unit| Unit { length: start + unit.length, ..unit })
}

/// Reads an entity after its `&`.
fn named(after: &[u8]) -> Option<Unit> {
    let [b'#', number @ ..] = after else {
        let (name, byte) = ENTITIES.iter().find(|(name, _)| after.starts_with(name))?;
        return Some(Unit { byte: *byte, length: name.len() });
    };
    let (digits, radix, skipped) = match number {
        [b'x' | b'X', digits @ ..] => (digits, 16, 2),
        digits => (digits, 10, 1),
    };
    let length = leading(digits, 6, |byte| byte.is_ascii_hexdigit());
    let value = u32::from_str_radix(std::str::from_utf8(&digits[..length]).ok()?, radix).ok()?;
    let byte = if value == 0xA0 { b' ' } else { u8::try_from(value).ok().filter(u8::is_ascii)? };
    (digits.get(length) == Some(&b';')).then_some(Unit { byte, length: skipped + length + 1 })
}

/// Reads the rest of a terminal code after its escape character: `[1;31m`.
fn style(rest: &[u8]) -> Option<usize> {
    let parameters = rest.strip_prefix(b"[")?;
    let count = leading(parameters, MAX_ESCAPE, |byte| byte.is_ascii_digit() || *byte == b';');
    parameters.get(count).filter(|byte| byte.is_ascii_alphabetic()).map(|_| count + 2)
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

/// Returns whether a word starts at the given position. A word also starts after `\n`, `%20`, `\u0022`, `=3D` and a colour.
pub(super) fn begins(bytes: &[u8], at: usize) -> bool {
    match bytes[..at].last() {
        Some(byte) if byte.is_ascii_alphanumeric() => escaped_letters(bytes, at) > 0,
        _ => true,
    }
}

/// Returns how many letters and digits before the given position belong to an escape.
pub(super) fn escaped_letters(bytes: &[u8], at: usize) -> usize {
    let before = &bytes[at.saturating_sub(MAX_ESCAPE)..at];
    match before {
        [.., b'\\', b'n' | b'r' | b't'] => 1,
        [.., b'\\', b'u', b'0', b'0', high, low] if hex(*high, *low).is_some() => 5,
        [.., b'\\', b'x', high, low] if hex(*high, *low).is_some() => 3,
        [.., b'%', high, low] if hex(*high, *low).is_some() => 2,
        [.., b'%', b'2', b'5', high, low] if hex(*high, *low).is_some() => 4,
        [.., b'=', b'3', b'D'] | [.., b'=', b'2', b'2'] => 2,
        [head @ .., b'm'] => {
            let count = trailing(head, usize::MAX, |byte| byte.is_ascii_digit() || *byte == b';');
            let head = &head[..head.len() - count];
            let is_style = matches!(head, [.., 0x1B, b'['] | [.., b'e' | b'b' | b'B' | b'3', b'[']);
            if is_style { count + 1 } else { 0 }
        }
        _ => 0,
    }
}

/// Returns the start of a word without the letters of an escape before it: `\npassword`, `%20password`. The word
/// continues at `end`.
pub(super) fn past_escape(bytes: &[u8], start: usize, end: usize) -> usize {
    if !matches!(bytes[..start].last(), Some(b'\\' | b'%' | b'=' | b'[' | b';')) {
        return start;
    }
    let is_past = |place: &usize| {
        let letters = escaped_letters(bytes, *place);
        letters > 0 && place - letters <= start
    };
    (start + 1..=(start + 6).min(end)).rev().find(is_past).unwrap_or(start)
}
