//! The position of a name, and the characters around it.

use mcp_error_codes_core::secret_name::{Lists, MAX_NAME, is_header, lists};

use super::super::run::{leading, trailing};
use super::parts::ends_with;
use crate::redact::escape::{Unit, past_escape, unit};
use crate::redact::word::is_word;

/// The position of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The start of the name, including its dashes.
    pub(super) outer: usize,
    /// The number of dashes before the name.
    pub(super) dashes: usize,
}

impl<'t> Bounds<'t> {
    /// Reads the name around the given position.
    pub(super) fn at(text: &'t str, floor: usize, at: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let low = floor.max(at.saturating_sub(MAX_NAME));
        let mut start = at;
        while start > low && is_name(bytes[start - 1]) {
            if bytes[start - 1] >= 0x80 && is_wide_end(bytes, start) {
                break;
            }
            start -= 1;
        }
        // `\npassword`, `%20password`, and the colour in `[33mpassword`.
        let outer = past_escape(bytes, start, at);
        start = outer;
        let mut dashes = 0;
        while start < at && matches!(bytes[start], b'-' | b'.' | b'_') {
            dashes += usize::from(bytes[start] == b'-');
            start += 1;
        }
        let mut end = at;
        while end < bytes.len() && end - at <= MAX_NAME && is_name(bytes[end]) {
            if bytes[end] < 0x80 {
                end += 1;
                continue;
            }
            let own = unit(bytes, end)?;
            if own.byte != 0 {
                break;
            }
            end += own.length;
        }
        while end > at && matches!(bytes[end - 1], b'-' | b'.') {
            // `->`
            end -= 1;
        }
        (start < end && end - start <= MAX_NAME && text.is_char_boundary(start) && text.is_char_boundary(end))
            .then_some(Self { text, start, end, outer, dashes })
    }

    /// Returns whether the name is a word in a sentence that continues or ends after it, and has no value.
    pub(super) fn is_in_sentence(&self) -> bool {
        let bytes = self.text.as_bytes();
        let before = bytes[..self.outer].last();
        let is_quote = |byte: Option<&u8>| matches!(byte, Some(b'"' | b'\'' | b'`'));
        let (mut at, mut is_closed) = (self.end, false);
        if is_quote(bytes.get(at)) {
            match before {
                Some(b'"' | b'\'' | b'`') => (at, is_closed) = (at + 1, true),
                // Half of a pair of quotes. Escaped quotes are checked more closely.
                None | Some(b' ' | b'(' | b'=' | b',' | b'[') => return true,
                _ => {}
            }
        }
        match bytes.get(at) {
            None => true,
            // `s:8:"password";s:12:".."`
            Some(b';') if is_closed => !bytes[at..].starts_with(b";s:"),
            Some(b'.' | b';' | b'/' | b'@') => true,
            Some(b' ') if self.dashes == 0 && !matches!(bytes[..self.start].last(), Some(b'<' | b':')) => {
                match word(self.text, at + 1) {
                    // `"password" to ".."`
                    Some((own, next)) if is_closed => {
                        !(lists(own).has(Lists::VALUES)
                            || own == "to" && bytes[next..].starts_with(b" \"")
                            || own == "with" && bytes[next..].starts_with(b" value \""))
                    }
                    // `dbPassword As String = ".."`
                    Some((own, _)) => {
                        let is_lower = own.bytes().all(|byte| byte.is_ascii_lowercase());
                        own != "As" && (is_lower || is_word(own)) && !lists(own).has(Lists::TAILS)
                    }
                    None => false,
                }
            }
            // `fetching the token: connection refused`
            Some(b':') if bytes.get(at + 1) == Some(&b' ') && self.dashes == 0 => {
                let Some((own, next)) = word(self.text, at + 2) else { return false };
                bytes.get(next) == Some(&b' ')
                    && bytes.get(next + 1).is_some_and(u8::is_ascii_alphabetic)
                    && !lists(own).has(Lists::SCHEMES.or(Lists::WRAPPERS))
                    && !bytes[next..].iter().take(64).any(|byte| *byte == b'=')
                    && !ends_with(self.name(), "passphrase")
                    && !is_header(self.name())
            }
            Some(_) => false,
        }
    }

    fn name(&self) -> &'t str {
        &self.text[self.start..self.end]
    }
}

/// Reads a short word of letters before a period, a comma or a space. Returns the word and the position after it.
pub(super) fn word(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.as_bytes().get(at..)?;
    let length = leading(rest, 16, |byte| !byte.is_ascii_whitespace());
    let letters = leading(&rest[..length], usize::MAX, |byte| byte.is_ascii_alphabetic());
    let is_word = letters > 0
        && length < 16
        && rest[letters..length].iter().all(|byte| matches!(byte, b'.' | b',' | b';' | b'!' | b'?'));
    is_word.then(|| (&text[at..at + letters], at + length))
}

pub(super) fn is_name(byte: u8) -> bool {
    NAME[usize::from(byte)]
}

/// The bytes of names, as a table.
const NAME: [bool; 256] = {
    let mut own = [false; 256];
    let mut at = 0;
    while at < own.len() {
        let byte = at as u8;
        own[at] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || !byte.is_ascii();
        at += 1;
    }
    own
};

/// Returns the word before the given position, if a space separates them.
pub(super) fn word_before(text: &str, floor: usize, at: usize) -> &str {
    let Some(lead) = text.get(floor..at).and_then(|lead| lead.strip_suffix(' ')) else { return "" };
    let length = trailing(lead.as_bytes(), 24, |byte| byte.is_ascii_alphanumeric());
    &lead[lead.len() - length..]
}

/// Returns the quote directly before the given position.
pub(super) fn quote_before(bytes: &[u8], at: usize) -> Option<Unit> {
    // The name is the last part of a path: `"/db/password"`.
    let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/' | b'~' | b'.');
    let path = match bytes[..at].last()? {
        b'/' => trailing(&bytes[..at], 64, is_path),
        _ => 0,
    };
    let at = match bytes[..at - path].last()? {
        b'"' | b'\'' if bytes[at - path] == b'/' => at - path,
        _ => at,
    };
    matches!(bytes[..at].last()?, b'"' | b'\'' | b'`' | b';' | b'}' | b'0'..=b'9').then_some(())?;
    (1..=8.min(at))
        .filter_map(|back| {
            let own = unit(bytes, at - back)?;
            (own.length == back && matches!(own.byte, b'"' | b'\'' | b'`')).then_some(own)
        })
        .next_back()
}

pub(super) fn is_wide_end(bytes: &[u8], end: usize) -> bool {
    (2..=3.min(end)).any(|back| unit(bytes, end - back).is_some_and(|own| own.length == back && own.byte != 0))
}
