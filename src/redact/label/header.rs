//! Values of headers and cookies.

use std::ops::Range;

use mcp_error_codes_core::secret_name::{Lists, is_one_of, lists};

use super::super::run::leading;
use super::parts::{Label, Sign};
use crate::redact::ending::{end_of_line, open_quote, quoted};
use crate::redact::escape::unit;
use crate::redact::opaque::is_opaque;
use crate::redact::plain::{is_code, is_complaint, is_placeholder, starts_as_placeholder};
use crate::redact::word::{is_word, words_only};

impl Label<'_> {
    /// Reads the value of a header, up to the end of its line or its quote.
    pub(super) fn header(&self, at: usize, is_closed: bool, sign: Sign) -> Option<Range<usize>> {
        let bytes = self.bytes();
        let own = unit(bytes, at)?;
        let found = match own.byte {
            b'"' | b'\'' | b'`' => quoted(bytes, at)?.0,
            _ if is_closed => return None,
            _ => {
                let line = end_of_line(bytes, at);
                let quote = open_quote(bytes, self.start);
                let end = (at..line).find(|place| {
                    let byte = bytes[*place];
                    Some(byte) == quote
                        || byte == b'&' && sign == Sign::Equals
                        || byte == b'%' && bytes[*place..].starts_with(b"%0")
                        || byte == b'%' && sign == Sign::Equals && bytes[*place..].starts_with(b"%26")
                        || quote.is_none()
                            && (byte == b'}' && !bytes[at..*place].contains(&b'{')
                                || byte == b']' && !bytes[at..*place].contains(&b'['))
                            && *place + 1 == line
                });
                at..end.unwrap_or(line)
            }
        };
        let value = self.text.get(found.clone())?.trim_end();
        let found = found.start..found.start + value.len();
        let name = self.name();
        if has_cookie(name) {
            return cookie_has_secret(value).then_some(found);
        }
        let (scheme, credentials) = scheme(value);
        if scheme.is_empty() {
            // A key without a scheme is a single word that is not natural language.
            let (first, rest) = value.split_once(' ').unwrap_or(("", value));
            // An unknown scheme, with credentials or pairs of them.
            let is_scheme = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let has_credentials = rest.len() >= 8 && !rest.contains(' ') && is_opaque(rest) || rest.contains("=\"");
            if is_scheme
                && has_credentials
                && !is_placeholder(rest)
                && !starts_as_placeholder(rest)
                && !is_complaint(value)
            {
                return Some(found);
            }
            let is_own = name.contains('-') && is_word(value) && !value.contains(' ') && !is_placeholder(value);
            return (is_own || !value.contains(' ') && is_opaque(value) && !is_code(value) && !is_placeholder(value))
                .then_some(found);
        }
        let credentials = credentials.trim_matches(['"', '\'', '`']);
        let is_real = !is_about_credentials(credentials)
            && !is_placeholder(credentials)
            && !credentials.is_empty()
            && !starts_as_placeholder(credentials)
            && !is_complaint(credentials)
            && (!words_only(credentials) || !credentials.contains(' '));
        is_real.then_some(found)
    }
}

/// Returns whether the word after a scheme is about credentials without being one: `Bearer header`.
pub(super) fn is_about_credentials(word: &str) -> bool {
    is_one_of(word, &["header", "scheme", "prefix", "format", "credentials", "realm"])
}

/// Returns whether a name contains the word `cookie`.
pub(super) fn has_cookie(name: &str) -> bool {
    name.as_bytes().windows(6).any(|part| part.eq_ignore_ascii_case(b"cookie"))
}

/// Splits a header's value into a scheme and credentials. The scheme is empty if there is none.
pub(super) fn scheme(value: &str) -> (&str, &str) {
    let length = leading(value.as_bytes(), 32, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let (own, rest) = value.split_at(length);
    let after = rest.trim_start_matches(['%', '+', ' ', '\t', ':', '=']);
    match after.len() < rest.len() && lists(own).has(Lists::SCHEMES) {
        true => (own, after.strip_prefix("20").filter(|_| rest.starts_with('%')).unwrap_or(after)),
        false => ("", value),
    }
}

/// Returns whether the value of a cookie header contains a secret: a pair with a value that is not an attribute.
pub(super) fn cookie_has_secret(value: &str) -> bool {
    const ATTRIBUTES: &[&str] =
        &["path", "domain", "expires", "max-age", "samesite", "version", "priority", "partitioned"];
    let pairs = value.split([';', ',']).filter_map(|pair| pair.split_once('='));
    let mut pairs = pairs.filter(|(name, _)| !name.trim().contains(' ') && !name.trim().is_empty());
    pairs.any(|(name, value)| {
        !is_one_of(name.trim(), ATTRIBUTES)
            && !is_placeholder(value)
            && !is_placeholder(value.trim_end_matches(['"', '\'']))
    })
}
