//! The separator between a name and its value.

use mcp_error_codes_core::secret_name::{Lists, Strength, is_one_of, lists};

use super::super::run::leading;
use super::parts::{Label, Sign};
use crate::redact::escape::{UNSEEN, unit};

impl Label<'_> {
    /// Reads up to the separator between the name and its value. Returns the separator, its position, the position after it,
    /// and whether the name is in quotes.
    pub(super) fn sign(&self) -> Option<(Sign, usize, usize, bool)> {
        let bytes = self.bytes();
        let (mut at, mut spaces, mut is_closed) = (self.end, 0, false);
        let mut words = 0;
        loop {
            let own = unit(bytes, at)?;
            let next = at + own.length;
            match own.byte {
                UNSEEN => {}
                b' ' | b'\t' => {
                    spaces += 1;
                    if spaces > 64 {
                        return None;
                    }
                    // `Unseal Key 3: ..`
                    let digits = leading(&bytes[next..], 3, |byte| byte.is_ascii_digit());
                    if matches!(digits, 1 | 2) && bytes.get(next + digits) == Some(&b':') && !is_closed && words == 0 {
                        at = next + digits;
                        continue;
                    }
                    // Words that belong to the name, or come between it and its separator.
                    let length = leading(&bytes[next..], 12, |byte| byte.is_ascii_alphabetic());
                    if length > 0
                        && words < 3
                        && !is_closed
                        && self.dashes == 0
                        && (self.strength > Strength::Likely
                            || is_one_of(self.name(), &["session", "signature", "jwt", "auth"]))
                        && lists(&self.text[next..next + length]).has(Lists::TAILS)
                    {
                        let after = bytes.get(next + length);
                        if matches!(after, Some(b' ' | b':' | b'=' | b'\n' | b'"' | b'%')) {
                            at = next + length;
                            words += 1;
                            spaces = 0;
                            continue;
                        }
                    }
                }
                b'"' | b'\'' | b'`' if !is_closed && spaces == 0 && words == 0 => {
                    is_closed = true;
                    self.quote?;
                }
                // `ENV['API_KEY'] ||= '..'`, `TOKEN ?= ..`
                b'|' | b'?' | b'+' if assigns(&bytes[at..]).is_some() => {
                    return assigns(&bytes[at..]).map(|length| (Sign::Equals, at, at + length, is_closed));
                }
                b']' | b')' | b'?' | b'!' | b'*' if spaces == 0 => {}
                // `$ENV{'API_KEY'} = '..'`
                b'}' if is_closed && spaces == 0 && bytes[next..].trim_ascii_start().starts_with(b"=") => {}
                // `variable "password" { default = ".." }`
                b'{' if is_closed && self.default_of(next).is_some() => {
                    return self.default_of(next).map(|from| (Sign::Equals, at, from, true));
                }
                // `std::string secret{".."};`
                b'{' if !is_closed && spaces == 0 && matches!(bytes.get(next), Some(b'"')) => {
                    return Some((Sign::Equals, at, next, false));
                }
                // `password <- ".."` in R.
                b'<' if bytes.get(next) == Some(&b'-') => return Some((Sign::Arrow, at, next + 1, is_closed)),
                b':' if is_closed && self.past_visibility(next).is_some() => {
                    at = self.past_visibility(next)?;
                    continue;
                }
                b':' => {
                    let after = unit(bytes, next);
                    return match after.map(|unit| unit.byte) {
                        // `apiKey:: ".."` in Jsonnet, but not a path of names.
                        Some(b':') => {
                            let colons = leading(&bytes[next..], 2, |byte| *byte == b':');
                            let from = next + colons;
                            let is_field =
                                bytes.get(from) == Some(&b' ') && matches!(bytes.get(from + 1), Some(b'"' | b'\''));
                            is_field.then_some((Sign::Colon, at, from, is_closed))
                        }
                        Some(b'=') => Some((Sign::Equals, at, next + 1, is_closed)),
                        _ if self.typed(next).is_some() => self.typed(next).map(|from| (Sign::Equals, at, from, false)),
                        _ => Some((Sign::Colon, at, next, is_closed)),
                    };
                }
                b'=' => {
                    let after = unit(bytes, next).map(|unit| (unit.byte, unit.length));
                    let before = bytes[..at].last();
                    return match after {
                        Some((b'>', length)) => Some((Sign::Arrow, at, next + length, is_closed)),
                        Some((b'=' | b'~', _)) => self.compared(next).map(|from| (Sign::Space, at, from, is_closed)),
                        _ if matches!(before, Some(b'!' | b'<' | b'>')) => None,
                        _ => Some((Sign::Equals, at, next, is_closed)),
                    };
                }
                b'-' if bytes.get(next) == Some(&b'>') => return Some((Sign::Arrow, at, next + 1, is_closed)),
                // `<<"password">>,<<"..">>` in Erlang.
                b'>' if is_closed && bytes[at..].starts_with(b">>,") => return Some((Sign::Comma, at, at + 3, true)),
                b'>' if spaces > 0 && self.end_of_tag().is_some() => return Some((Sign::Tag, at, next, false)),
                b'>' if bytes.get(at.wrapping_sub(1)) != Some(&b'-') => {
                    return (spaces == 0 || own.length == 3).then_some((
                        if own.length == 3 { Sign::Arrow } else { Sign::Tag },
                        at,
                        next,
                        is_closed,
                    ));
                }
                b'/' if is_closed || bytes.get(next) == Some(&b'>') => return None,
                b',' | b'\n' | b'\r' if self.pair_after(at).is_some() => {
                    return self.pair_after(at).map(|(sign, from)| (sign, at, from, true));
                }
                b'\n' | b'\r' if is_closed && self.is_form() => {
                    let skipped = leading(&bytes[at..], 8, |byte| matches!(byte, b'\r' | b'\n'));
                    return Some((Sign::Equals, at, at + skipped, true));
                }
                b'\n' if !is_closed && spaces == 0 && self.reported(next).is_some() => {
                    return self.reported(next).map(|from| (Sign::Arrow, at, from, false));
                }
                b';' if is_closed && self.serialized(at).is_some() => {
                    return self.serialized(at).map(|from| (Sign::Equals, at, from, true));
                }
                b',' if !is_closed
                    && spaces == 0
                    && self.text[..self.start].ends_with(['{', '('])
                    && (matches!(bytes[next..].trim_ascii_start().first(), Some(b'"' | b'\''))
                        || bytes[next..].trim_ascii_start().starts_with(b"<<\"")) =>
                {
                    return Some((Sign::Comma, at, next, false));
                }
                // `Sec-WebSocket-Protocol: access_token, ..`
                b',' if !is_closed && spaces == 0 && self.is_listed(next) => {
                    return Some((Sign::Equals, at, next, false));
                }
                b',' if is_closed || self.text[..self.start].ends_with(':') => {
                    return Some((Sign::Comma, at, next, is_closed));
                }
                b'|' if spaces > 0 || is_closed => return Some((Sign::Space, at, next, is_closed)),
                b'(' if spaces == 0 && !is_closed => return Some((Sign::Call, at, next, false)),
                b'+' if spaces == 0 && words == 0 => return Some((Sign::Space, at, next, false)),
                // The edge of a table cell, drawn as a line.
                0 if self.text[at..].starts_with('│') => {
                    return Some((Sign::Space, at, at + '│'.len_utf8(), is_closed));
                }
                b'#' if spaces == 0 => return Some((Sign::Space, at, next, false)),
                b'<' => return self.tag_after(at).map(|from| (Sign::Tag, at, from, is_closed)),
                _ if words == 0 && (spaces > 0 || is_closed) => {
                    if is_closed && let Some((sign, from)) = self.pair_after(at) {
                        return Some((sign, at, from, true));
                    }
                    if !is_closed && let Some(from) = self.end_of_tag() {
                        return Some((Sign::Tag, at, from, false));
                    }
                    // `"password" to ".."` in Kotlin.
                    if is_closed && matches!(bytes[at..], [b't', b'o', b' ', b'"', ..]) {
                        return Some((Sign::Arrow, at, at + 3, true));
                    }
                    // `"password" with value ".." fails to match`
                    if is_closed && bytes[at..].starts_with(b"with value \"") {
                        return Some((Sign::Arrow, at, at + "with value ".len(), true));
                    }
                    // `dbPassword As String = ".."`, `v_password VARCHAR2(30) := '..'`
                    if !is_closed
                        && self.dashes == 0
                        && let Some(from) = self.typed(at)
                        && self.text[at..from].split_whitespace().count() <= 3
                    {
                        return Some((Sign::Equals, from - 1, from, false));
                    }
                    return (spaces > 0).then_some((Sign::Space, at - 1, at, is_closed));
                }
                // `password for app2 expires`
                _ if words > 0 && self.text[..at].trim_end().ends_with(" for") => return None,
                _ if spaces > 0 && words > 0 => return Some((Sign::Space, at - 1, at, false)),
                _ => return None,
            }
            at = next;
        }
    }

    /// Returns whether the name is the first item in a header's list, and the second one looks like a generated token.
    fn is_listed(&self, next: usize) -> bool {
        let value =
            self.text[next..].strip_prefix(' ').unwrap_or("").split([' ', ',', '"', '\'', '\n']).next().unwrap_or("");
        let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(is);
        self.text[..self.start].ends_with(": ")
            && value.len() >= 20
            && has(u8::is_ascii_digit)
            && has(u8::is_ascii_lowercase)
            && has(u8::is_ascii_uppercase)
    }

    /// Returns whether the name belongs to a part of a form: `form-data; name="password"`.
    pub(super) fn is_form(&self) -> bool {
        let line = self.text[..self.start].rsplit('\n').next().unwrap_or("");
        line.contains("form-data") || line.ends_with("name=\"")
    }

    /// Reads a type between a name and its value, `: string = "`. Returns the position after the equals sign.
    pub(super) fn typed(&self, from: usize) -> Option<usize> {
        let rest = self.bytes().get(from..)?;
        let length = leading(rest, 40, |byte| {
            byte.is_ascii_alphanumeric()
                || matches!(
                    byte,
                    b' ' | b'_' | b'<' | b'>' | b'[' | b']' | b'(' | b')' | b'|' | b'&' | b'.' | b'?' | b'\''
                )
        });
        let colon = usize::from(rest.get(length) == Some(&b':'));
        let after = &rest[length + colon..];
        (length > 2
            && rest[length - 1] == b' '
            && after.first() == Some(&b'=')
            && after.get(1..).is_some_and(|after| {
                after.trim_ascii_start().starts_with(b"\"") || after.trim_ascii_start().starts_with(b"'")
            }))
        .then_some(from + length + colon + 1)
    }
}

/// Returns the length of a conditional assignment operator: `||=`, `??=`, `?=`, `+=`.
fn assigns(rest: &[u8]) -> Option<usize> {
    [&b"||="[..], b"??=", b"?=", b"+="].iter().find(|sign| rest.starts_with(sign)).map(|sign| sign.len())
}
