//! The compile error of `code!` for an unknown string. Everything here runs in the compiler.

use mcp_error_codes_core::Record;

use crate::Code;

/// Panics with a message that contains the text as the author wrote it, and the most likely code.
#[track_caller]
#[inline]
pub const fn no_code(written: &str, text: &str, records: &[Record]) -> ! {
    let mut message = Message { bytes: [0; Message::MAX], length: 0 };
    message.push("unknown error code ");
    message.push(written);
    if let Some((record, by_system)) = nearest(text, records) {
        message.push("; did you mean \"");
        if by_system || record.is_ambiguous() {
            message.push(record.system.name);
            message.push(":");
        }
        message.push(record.code);
        message.push("\"?");
    } else if Code::lookup(text).is_some() {
        message.push("; write `mcp_error_codes::code!` for a code of this crate");
    }
    panic!("{}", message.text())
}

/// Returns whether a literal is a string, as it is written in the source.
#[inline]
pub const fn is_string(written: &str) -> bool {
    matches!(written.as_bytes(), [b'"' | b'r', ..])
}

/// A string of limited length.
struct Message {
    bytes: [u8; Self::MAX],
    length: usize,
}

impl Message {
    const MAX: usize = 300;
    /// The maximum length of a part that is shown whole. Two such parts and the words around them fit.
    const MAX_PART: usize = 100;

    #[inline]
    const fn push(&mut self, text: &str) {
        let text = text.as_bytes();
        let mut end = text.len();
        if end > Self::MAX_PART {
            end = Self::MAX_PART;
            // Do not split a character.
            while end > 0 && text[end] & 0xc0 == 0x80 {
                end -= 1;
            }
        }
        let mut at = 0;
        while at < end && self.length < Self::MAX {
            self.bytes[self.length] = text[at];
            self.length += 1;
            at += 1;
        }
    }

    #[inline]
    const fn text(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "unknown error code",
        }
    }
}

/// Returns the most likely code, and whether the text names its system.
#[inline]
const fn nearest<'a>(text: &str, records: &'a [Record]) -> Option<(&'a Record, bool)> {
    let text = text.as_bytes();
    let Some((system, code)) = parts(text) else { return of_code(text, None, records, false) };
    if is_system(system, records) {
        return of_code(code, Some(system), records, true);
    }
    // The colon may be part of the code, or the name of the system may be mistyped.
    match of_code(text, None, records, false) {
        None => of_code(code, None, records, true),
        found => found,
    }
}

/// Returns the code that resembles the text most, and whether the text names its system.
#[inline]
const fn of_code<'a>(
    text: &[u8],
    system: Option<&[u8]>,
    records: &'a [Record],
    by_system: bool,
) -> Option<(&'a Record, bool)> {
    let number = number(text);
    let most = match text.len() / 4 {
        0 => 1,
        edits if edits > 2 => 2,
        edits => edits,
    };
    let mut edits = 0;
    while edits <= most {
        let mut at = 0;
        while at < records.len() {
            let record = &records[at];
            let in_system = match system {
                Some(system) => near(system, record.system.name.as_bytes(), 0),
                None => true,
            };
            if in_system && (is_near(text, record, edits) || edits == 0 && has_number(record, number)) {
                return Some((record, by_system));
            }
            at += 1;
        }
        edits += 1;
    }
    None
}

/// Splits the system from the text.
#[inline]
const fn parts(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    while at < text.len() {
        if text[at] == b':' {
            return Some((text.split_at(at).0, text.split_at(at + 1).1));
        }
        at += 1;
    }
    None
}

/// Returns whether a record belongs to a system with this name, in any case.
#[inline]
const fn is_system(name: &[u8], records: &[Record]) -> bool {
    let mut at = 0;
    while at < records.len() {
        if near(name, records[at].system.name.as_bytes(), 0) {
            return true;
        }
        at += 1;
    }
    false
}

/// Reads a number of at most 18 digits.
#[inline]
const fn number(text: &[u8]) -> Option<i64> {
    let (is_negative, mut digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut number = 0;
    while let [digit @ b'0'..=b'9', rest @ ..] = digits {
        number = number * 10 + (*digit - b'0') as i64;
        digits = rest;
    }
    match digits {
        [] if is_negative => Some(-number),
        [] => Some(number),
        _ => None,
    }
}

/// Returns whether a code, other than a former one, has this JSON-RPC number.
#[inline]
const fn has_number(record: &Record, number: Option<i64>) -> bool {
    let Some(number) = number else { return false };
    let mut at = 0;
    while at < record.json_rpc.len() {
        if record.json_rpc[at].number == number && record.superseded_by.is_none() {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns whether this many edits turn the text into the code or its name. With 0 edits, separators are ignored and
/// aliases count.
#[inline]
const fn is_near(text: &[u8], record: &Record, edits: usize) -> bool {
    let (code, name) = (record.code.as_bytes(), record.name.as_bytes());
    if edits > 0 {
        return may_be_near(text, code, edits) && near(text, code, edits)
            || may_be_near(text, name, edits) && near(text, name, edits);
    }
    let mut at = 0;
    while at < record.aliases.len() {
        if is_spelt(text, record.aliases[at].as_bytes()) {
            return true;
        }
        at += 1;
    }
    is_spelt(text, code) || is_spelt(text, name)
}

/// Rules out most strings early: a registry may have thousands of codes, and constant evaluation is slow.
#[inline]
const fn may_be_near(a: &[u8], b: &[u8], edits: usize) -> bool {
    a.len().abs_diff(b.len()) <= edits
        && match (a, b) {
            ([a, ..], [b, ..]) => edits == 1 || a.eq_ignore_ascii_case(b),
            _ => false,
        }
}

/// Returns whether two strings differ only in case, separators and zeros before a number.
#[inline]
const fn is_spelt(mut a: &[u8], mut b: &[u8]) -> bool {
    // Whether the last byte of each is a digit.
    let (mut in_a, mut in_b) = (false, false);
    loop {
        match (a, b) {
            ([b'-' | b'_' | b' ', rest @ ..], _) => (a, in_a) = (rest, false),
            (_, [b'-' | b'_' | b' ', rest @ ..]) => (b, in_b) = (rest, false),
            ([b'0', rest @ ..], _) if !in_a && matches!(rest, [b'0'..=b'9', ..]) => a = rest,
            (_, [b'0', rest @ ..]) if !in_b && matches!(rest, [b'0'..=b'9', ..]) => b = rest,
            ([x, rest @ ..], [y, other @ ..]) if x.eq_ignore_ascii_case(y) => {
                (a, b) = (rest, other);
                (in_a, in_b) = (x.is_ascii_digit(), x.is_ascii_digit());
            }
            _ => return a.is_empty() && b.is_empty(),
        }
    }
}

/// Returns whether two strings differ by at most this many letters that are changed, added, dropped or swapped.
#[inline]
const fn near(mut a: &[u8], mut b: &[u8], edits: usize) -> bool {
    while let ([x, rest @ ..], [y, other @ ..]) = (a, b) {
        if !x.eq_ignore_ascii_case(y) {
            break;
        }
        (a, b) = (rest, other);
    }
    let (([x, after_a @ ..], [y, after_b @ ..]), 1..) = ((a, b), edits) else {
        return a.len() + b.len() <= edits;
    };
    let less = edits - 1;
    if near(after_a, after_b, less) || near(after_a, b, less) || near(a, after_b, less) {
        return true;
    }
    match (after_a, after_b) {
        ([x2, rest @ ..], [y2, other @ ..]) => {
            x.eq_ignore_ascii_case(y2) && y.eq_ignore_ascii_case(x2) && near(rest, other, less)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use mcp_error_codes_core::__spelling;

    use super::*;

    fn meant(text: &str) -> Option<&'static str> {
        nearest(text, crate::REGISTRY.records()).map(|(record, _)| record.code)
    }

    #[test]
    fn every_code_is_found_by_its_name_and_with_a_letter_less() {
        for record in crate::REGISTRY.records() {
            let spelt = record.name.to_ascii_lowercase().replace('_', " ");
            let found = nearest(&alloc::format!("{}:{spelt}", record.system.name), crate::REGISTRY.records());
            assert!(found.is_some_and(|(found, by_system)| by_system && found.name == record.name), "{spelt}");
            let short = &record.name[1..];
            assert!(nearest(short, crate::REGISTRY.records()).is_some(), "{short}");
        }
    }

    #[test]
    fn separators_do_not_count_in_any_code_name_or_alias() {
        for record in crate::REGISTRY.records() {
            for spelling in [record.code, record.name].iter().chain(record.aliases) {
                let (sign, rest) = spelling.split_at(usize::from(spelling.starts_with('-')));
                for separator in ["", " ", "-_"] {
                    let text = alloc::format!("{sign}{}", rest.replace(['-', '_', ' '], separator));
                    let (found, _) = nearest(&text, crate::REGISTRY.records()).expect(&text);
                    let of_found = [found.code, found.name].into_iter().chain(found.aliases.iter().copied());
                    let is_same = |own: &str| __spelling(own).eq(__spelling(spelling));
                    assert!({ of_found }.any(is_same), "{text} is taken for {}", found.code);
                }
            }
        }
    }

    #[test]
    fn the_nearest_code_is_meant() {
        assert_eq!(meant("FS-01"), Some("FS-001"));
        assert_eq!(meant("SF-001"), Some("FS-001"));
        assert_eq!(meant("FS-O01"), Some("FS-001"));
        assert_eq!(meant("FS-1"), Some("FS-001"));
        assert_eq!(meant("nx-mcp-0012"), Some("NX-MCP-012"));
        assert_eq!(meant("fs 001"), Some("FS-001"));
        assert_eq!(meant("file_not_fuond"), Some("FS-001"));
        assert_eq!(meant("super-mcp:-3201"), Some("-32001"));
        assert_eq!(meant("33001"), Some("FS-001"));
        assert_eq!(meant("filesystem:33001"), Some("FS-001"));
        assert_eq!(meant("filesytem:FS-001"), Some("FS-001"));
        assert_eq!(meant("file:FS-01"), Some("FS-001"));
        assert_eq!(meant("99999999999999999999"), None);
        assert_eq!(meant("33001x"), None);
        assert_eq!(meant("33-1"), None);
        // Short texts may have one mistake, and the first of two is not in the first letter.
        assert_eq!(meant("FS-O0l"), None);
        assert_eq!(meant("PILE_NOT_FOUND"), Some("FS-001"));
        assert_eq!(meant("PILE_NOT_FUOND"), None);
        assert_eq!(meant("ACME-9000"), None);
        assert_eq!(meant(""), None);
        assert_eq!(meant(":"), None);
        assert_eq!(meant(&"x".repeat(10_000)), None);
    }

    #[test]
    fn a_message_is_cut_between_characters() {
        let mut message = Message { bytes: [0; Message::MAX], length: 0 };
        message.push(&"€".repeat(80));
        message.push(&"abcd".repeat(80));
        assert_eq!(message.text(), "€".repeat(33) + &"abcd".repeat(25));
        (0..5).for_each(|_| message.push("twenty five letters, more"));
        assert_eq!(message.text().len(), Message::MAX);
    }
}
