//! Where a value ends: at its quote, at the enclosing bracket, or at the next separator.

use std::ops::Range;

use super::escape::{UNSEEN, unit};
use super::run::leading;

/// The number of bytes before the given position that are searched for an opening quote.
const MAX_BACK: usize = 256;

/// The number of bytes that are searched for the end of a group.
const MAX_GROUP: usize = 4_096;

/// Returns the quote that encloses the given position in a line.
pub(super) fn open_quote(bytes: &[u8], at: usize) -> Option<u8> {
    let from = at.saturating_sub(MAX_BACK);
    let line = bytes[from..at].iter().rposition(|byte| *byte == b'\n').map_or(from, |end| from + end + 1);
    if !bytes[line..at].iter().any(|byte| matches!(byte, b'"' | b'`' | b'\'')) {
        return None;
    }
    let mut open = None;
    for place in line..at {
        let byte = bytes[place];
        match (open, byte) {
            (None, b'"' | b'`') => open = Some(byte),
            (None, b'\'') if place == 0 || !bytes[place - 1].is_ascii_alphanumeric() => open = Some(byte),
            (Some(own), byte) if own == byte => open = None,
            _ => {}
        }
    }
    open
}

/// Reads a quoted value whose opening quote is at the given position. Returns the range between the quotes, and where the text
/// continues.
///
/// An unclosed quote ends with the line.
pub(super) fn quoted(bytes: &[u8], at: usize) -> Option<(Range<usize>, usize)> {
    let quote = unit(bytes, at)?;
    let raw = &bytes[at..at + quote.length];
    let triple = bytes.get(at..at + 3).filter(|mark| matches!(*mark, b"\"\"\"" | b"'''"));
    if let Some(mark) = triple {
        let end = find(&bytes[at + 3..], mark).map_or(bytes.len(), |end| at + 3 + end);
        return Some((at + 3..end, (end + 3).min(bytes.len())));
    }
    let start = at + quote.length;
    let line = bytes[start..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| start + end);
    let backslashes = leading(raw, usize::MAX, |byte| *byte == b'\\');
    let end = match raw.len() == backslashes + 1 {
        true => closing(&bytes[..line], start, quote.byte, backslashes),
        // `%22`, `\u0022`, `&quot;`
        false => find(&bytes[start..line], raw).map(|end| (start + end, start + end + raw.len())),
    };
    Some(end.map_or((start..line, line), |(end, next)| (start..end, next)))
}

/// Finds a quote with as many backslashes before it as the opening one, and returns its range.
fn closing(line: &[u8], start: usize, quote: u8, backslashes: usize) -> Option<(usize, usize)> {
    let mut run = 0;
    let mut at = start;
    while at < line.len() {
        let byte = line[at];
        if byte == quote && run <= backslashes && (backslashes > 0 || run % 2 == 0) {
            // SQL writes a quote inside a value twice.
            if run > 0 || quote != b'\'' || at == start || line.get(at + 1) != Some(&quote) {
                return Some((at - run, at + 1));
            }
            at += 1;
        }
        // Two backslashes stand for one.
        run = if byte == b'\\' { run + 1 } else { 0 };
        at += 1;
    }
    None
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut from = 0;
    loop {
        let at = from + bytes[from..].iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(part) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Returns where the line ends: at a line break, or at `\n` written out.
pub(super) fn end_of_line(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..];
    let end = rest.iter().enumerate().position(|(at, byte)| match byte {
        b'\n' | b'\r' => true,
        b'\\' => matches!(rest.get(at + 1), Some(b'n' | b'r')) && (at == 0 || rest[at - 1] != b'\\'),
        _ => false,
    });
    end.map_or(bytes.len(), |end| from + end)
}

/// Reads a group in brackets. Returns the position after its end.
pub(super) fn group(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = &bytes[..bytes.len().min(at + MAX_GROUP)];
    let mut depth = 0_usize;
    let mut place = at;
    while place < bytes.len() {
        match bytes[place] {
            b'[' | b'{' | b'(' => depth += 1,
            b']' | b'}' | b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(place + 1);
                }
            }
            b'\\' if depth > 0 && matches!(unit(bytes, place), Some(own) if matches!(own.byte, b'"' | b'\'')) => {
                if let Some((_, next)) = quoted(bytes, place) {
                    place = next;
                    continue;
                }
            }
            quote @ (b'"' | b'\'') if depth > 0 => {
                let is_open = quote == b'"' || place > 0 && !bytes[place - 1].is_ascii_alphanumeric();
                if is_open && let Some((_, next)) = quoted(bytes, place) {
                    place = next;
                    continue;
                }
            }
            _ => {}
        }
        place += 1;
    }
    None
}

/// The surroundings of a value without quotes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    /// The quote that encloses the name and the value.
    pub(super) quote: Option<u8>,
    /// Whether the name and the value are encoded for a URL.
    pub(super) is_encoded: bool,
    /// Whether `;` separates the value from the next.
    pub(super) is_connection: bool,
    /// Whether the value is part of a URL or a form, so that `&` separates it from the next.
    pub(super) is_query: bool,
    /// The bracket that encloses the name and the value.
    pub(super) closing: Option<u8>,
}

/// Returns where a value without quotes ends, given its start.
pub(super) fn plain(bytes: &[u8], from: usize, setting: Setting) -> usize {
    let mut at = from;
    while let Some(own) = unit(bytes, at) {
        let next = at + own.length;
        let is_raw = own.length == 1;
        let ends = match own.byte {
            UNSEEN => true,
            b' ' | b'\t' if setting.is_connection && is_raw => false,
            b' ' | b'\t' | b'\n' | b'\r' => true,
            byte if Some(byte) == setting.quote => true,
            b'"' | b'`' => own.length > 1 || is_end(bytes, next) || at == from,
            b'\'' => own.length > 1 && setting.is_encoded || is_end(bytes, next),
            b'&' => setting.is_query || is_pair(bytes, next),
            b';' => setting.is_connection || is_end(bytes, next) || is_pair(bytes, next),
            b',' => is_end(bytes, next) || is_pair(bytes, next),
            b'|' => matches!(bytes.get(next), Some(b' ')),
            byte @ (b')' | b']' | b'}') => {
                Some(byte) == setting.closing && is_end(bytes, next)
                    || is_end(bytes, next) && !has_open(bytes, from, at, byte)
            }
            b'<' => at > from && matches!(bytes.get(next), Some(b'/' | b'a'..=b'z' | b'A'..=b'Z' | b'!')),
            b'>' => at > from && is_end(bytes, next),
            _ => false,
        };
        if ends {
            return at;
        }
        at = next;
    }
    at
}

/// Returns whether the text contains an unclosed opening bracket before a closing one.
fn has_open(bytes: &[u8], from: usize, at: usize, closing: u8) -> bool {
    let opening = match closing {
        b')' => b'(',
        b']' => b'[',
        _ => b'{',
    };
    let count = |own: u8| bytes[from..at].iter().rev().take(MAX_BACK).filter(|byte| **byte == own).count();
    count(opening) > count(closing)
}

/// Returns whether no word continues at the given position.
fn is_end(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        None
        | Some(
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b';' | b'"' | b'\'' | b'`' | b'<' | b'}' | b']' | b'|' | b')' | b':'
            | b'.' | b'\\',
        ) => true,
        Some(_) => false,
    }
}

/// Returns whether a name and a separator follow: `host=`, `"user":`.
fn is_pair(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at..];
    let quote = usize::from(matches!(rest.first(), Some(b'"' | b'\'')));
    let count = leading(&rest[quote..], 40, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'[' | b']')
    });
    count > 0 && matches!(rest.get(quote + count), Some(b'=' | b':'))
}
