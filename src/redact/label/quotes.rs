//! Values in quotes: JSON, object dumps, arguments of calls and commands.

use std::ops::Range;

use mcp_error_codes_core::secret_name::{Lists, Strength, announces, is_one_of, lists};

use super::super::run::leading;
use super::parts::{Label, Sign, ends_with};
use crate::redact::ending::quoted;
use crate::redact::escape::unit;
use crate::redact::opaque::{is_number, is_opaque, is_phrase, is_random};
use crate::redact::plain::{is_code, is_complaint, is_placeholder, starts_as_placeholder};
use crate::redact::word::{is_word, words_only};

impl Label<'_> {
    /// Reads a quoted string after a comma: `"--token", "abc"`.
    pub(super) fn after_comma(&self, from: usize) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let mut at = from;
        while let Some(own) = unit(bytes, at)
            && matches!(own.byte, b' ' | b'\n' | b'\t')
        {
            at += own.length;
        }
        let at = self.past_wrappers(at);
        // `{password,<<"..">>}` in Erlang.
        let at = at + if bytes[at..].starts_with(b"<<") { 2 } else { 0 };
        matches!(unit(bytes, at)?.byte, b'"' | b'\'').then_some(())?;
        let (found, next) = quoted(bytes, at)?;
        let value = self.text.get(found.clone())?;
        let is_flag = self.dashes >= 1;
        let fits = match is_flag {
            true => !value.starts_with('-') && !is_placeholder(value),
            false if unit(bytes, next).is_some_and(|own| own.byte == b':') => false,
            false => {
                (is_opaque(value) || is_random(value))
                    && !starts_as_placeholder(value)
                    && !is_placeholder(value)
                    && !is_code(value)
            }
        };
        fits.then_some(found)
    }

    /// Skips `Some(`, `Just `, `string(8) `, `b`, `!!binary `, `&anchor ` before a quote.
    pub(super) fn past_wrappers(&self, at: usize) -> usize {
        let bytes = self.bytes();
        let mut place = self.past_types(at);
        for _ in 0..4 {
            let rest = &bytes[place..];
            let length = leading(rest, 64, |byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'!' | b'-' | b'_' | b':' | b'.')
            });
            let name = self.text.get(place..place + length).unwrap_or("");
            let is_tag = name.starts_with('!');
            let name = name.trim_start_matches('!');
            let name = name.rsplit(['.', ':']).next().unwrap_or(name);
            let mut after = place + length;
            match bytes.get(after) {
                // Any call, a YAML tag or a template expression: the quoted string must look like a secret.
                Some(b'(') if length > 0 && self.quotes_secret(after + 1) => return after + 1,
                // A pointer in a debugger: `0x7ffd "..`.
                Some(b' ') if name.starts_with("0x") && bytes.get(after + 1) == Some(&b'"') => return after + 1,
                Some(b' ') if is_tag && self.quotes_secret(after + 1) => return after + 1,
                Some(b'<') if length == 0 && rest.starts_with(b"<%= ") && self.quotes_secret(after + 4) => {
                    return after + 4;
                }
                // `q(..)` in Perl: `without_quotes` ends at the bracket.
                Some(b'(') if matches!(name, "q" | "qq") => return after + 1,
                Some(b'(') if lists(name).has(Lists::WRAPPERS) => {
                    after += 1;
                    let digits = leading(&bytes[after..], 8, |byte| byte.is_ascii_digit());
                    if digits > 0 && bytes.get(after + digits) == Some(&b')') {
                        after += digits + 1;
                    }
                }
                Some(b' ') if is_one_of(name, &["binary", "convertto-securestring", "str"]) => after += 1,
                Some(b' ') if is_one_of(name, &["just", "some"]) && bytes.get(after + 1) == Some(&b'"') => after += 1,
                Some(b'&') if length == 0 => {
                    let anchor = leading(&bytes[after + 1..], 24, |byte| byte.is_ascii_alphanumeric() || *byte == b'_');
                    if anchor == 0 || bytes.get(after + 1 + anchor) != Some(&b' ') {
                        break;
                    }
                    after += anchor + 2;
                }
                Some(b'"' | b'\'') if matches!(name, "b" | "u" | "r" | "f" | "B" | "N" | "br" | "rb" | "E") => {
                    return after;
                }
                Some(b'@' | b'#') if length == 0 && bytes.get(after + 1) == Some(&b'"') => return after + 1,
                _ => break,
            }
            while let Some(own) = unit(bytes, after)
                && matches!(own.byte, b' ' | b'\n' | b'\t')
            {
                after += own.length;
            }
            // The wrapper must contain a quoted string or another wrapper.
            let inner = bytes.get(after).copied().unwrap_or(0);
            let word = self.text[after..].split([')', ' ', ',']).next().unwrap_or("");
            let is_within = matches!(inner, b'"' | b'\'' | b'\\' | b'&' | b'%' | b'b' | b'`')
                || inner.is_ascii_uppercase()
                || inner.is_ascii_alphanumeric() && is_opaque(word);
            if !is_within {
                break;
            }
            place = after;
        }
        place
    }

    /// Skips the types before a quoted string in a dump of Go: `(string) (len=20) ".."`, `(*string)("..")`.
    fn past_types(&self, at: usize) -> usize {
        let bytes = self.bytes();
        let mut place = at;
        while let Some(length) = bytes[place..].strip_prefix(b"(").and_then(|own| {
            let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'=' | b'.' | b'[' | b']');
            let length = leading(own, 32, part);
            (length > 0 && own.get(length) == Some(&b')')).then_some(length + 2)
        }) {
            place += length;
            place += usize::from(bytes.get(place) == Some(&b' '));
        }
        match bytes[place..] {
            [b'(', b'"', ..] if place > at => place + 1,
            [b'"', ..] => place,
            _ => at,
        }
    }

    /// Returns whether the quoted string at the given position looks like a secret.
    fn quotes_secret(&self, at: usize) -> bool {
        let bytes = self.bytes();
        matches!(bytes.get(at), Some(b'"' | b'\''))
            && quoted(bytes, at).and_then(|(found, _)| self.text.get(found)).is_some_and(|value| {
                is_opaque(value)
                    && value.bytes().any(|byte| byte.is_ascii_digit())
                    && !is_code(value)
                    && !starts_as_placeholder(value)
            })
    }

    pub(super) fn in_quotes(&self, sign: Sign, at: usize, is_closed: bool) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let (found, next) = quoted(bytes, at)?;
        let value = self.text.get(found.clone())?;
        // `.accessToken("..")` of a builder
        let is_member = || {
            self.strength >= Strength::Usual
                && self.text[..self.start].ends_with('.')
                && value.len() >= 10
                && value.bytes().any(|byte| byte.is_ascii_digit())
                && is_opaque(value)
                && !is_code(value)
        };
        if sign == Sign::Call && !self.can_call() && !is_member() {
            return self.second_argument(next);
        }
        // Without a closing quote, the end of the value is unknown.
        let is_open = found.end == next && !matches!(sign, Sign::Space | Sign::Call);
        let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
        let is_sure = self.strength == Strength::Sure
            || (self.strength == Strength::Usual && (is_closed || matches!(sign, Sign::Equals | Sign::Arrow)));
        let fits = match () {
            () if is_placeholder(value) || is_complaint(value) => false,
            () if is_open && self.strength >= Strength::Usual => {
                value.split(' ').any(|word| is_opaque(word.trim_matches(['"', '\'', '`', ',', ')', '.'])))
            }
            () if sign == Sign::Space => {
                let is_long = value.len() >= if self.is_identifier { 12 } else { 16 };
                let is_setting = self.strength == Strength::Sure && self.is_key();
                (is_opaque(value) && (has_digit || is_long || is_setting) && !is_resource(value) || self.dashes > 0)
                    && !starts_as_placeholder(value)
            }
            () if sign == Sign::Call => !words_only(value),
            () if is_sure => value != self.name(),
            () if self.strength == Strength::Usual => {
                is_opaque(value)
                    || (is_word(value) && !value.contains(' ') && value.len() >= 6 && !value.ends_with(':'))
            }
            () => {
                (is_opaque(value) || is_random(value)) && !is_code(value)
                    || is_number(value) && announces(self.name(), Lists::NUMBERS)
                    || is_phrase(value) && announces(self.name(), Lists::PHRASES)
            }
        };
        if !fits {
            return None;
        }
        // `token = "old" -> "new"`
        if let Some(rest) = self.text.get(next..)
            && let Some(after) = rest.strip_prefix(" -> \"")
            && let Some(end) = after.find('"')
            && !is_placeholder(&after[..end])
        {
            return Some(found.start..next + 5 + end);
        }
        Some(found)
    }

    /// Reads the password of a call that takes a user before: `HTTPBasicAuth('app', '..')`.
    fn second_argument(&self, from: usize) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let ends = ["auth", "credential", "credentials"].iter().any(|end| ends_with(self.name(), end));
        (ends && bytes.get(from) == Some(&b',')).then_some(())?;
        let spaces = leading(&bytes[from + 1..], usize::MAX, |byte| *byte == b' ');
        let at = self.past_wrappers(from + 1 + spaces);
        matches!(bytes.get(at), Some(b'"' | b'\'')).then_some(())?;
        let (found, _) = quoted(bytes, at)?;
        let value = self.text.get(found.clone())?;
        (is_opaque(value) && !is_placeholder(value) && !is_code(value) && !starts_as_placeholder(value))
            .then_some(found)
    }

    /// Returns whether a call with this name takes a secret: `setPassword("..")`.
    pub(super) fn can_call(&self) -> bool {
        let name = self.name().rsplit('.').next().unwrap_or("");
        let starts = |start: &str| name.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
        starts("set")
            || starts("with")
            || is_one_of(
                name,
                &[
                    "password",
                    "passwd",
                    "secret",
                    "apikey",
                    "api_key",
                    "token",
                    "bearer",
                    "passphrase",
                    "bearer_auth",
                    "basic_auth",
                ],
            )
    }
}

/// Returns whether a value is the name of a resource, as Kubernetes forms it: `app-token-x7k2p`.
fn is_resource(value: &str) -> bool {
    value.rsplit_once('-').is_some_and(|(name, suffix)| {
        let is_lower = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        suffix.len() <= 10 && is_lower(suffix) && name.split('-').all(|part| is_lower(part) && is_word(part))
    })
}
