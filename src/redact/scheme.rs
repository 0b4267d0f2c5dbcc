//! Credentials after the name of their scheme: `Bearer ..`, `Basic ..`.

use std::ops::Range;

use mcp_error_codes_core::secret_name::is_one_of;

use super::escape::{UNSEEN, begins, unit};
use super::opaque::is_opaque;
use super::run::leading;
use super::token::is_basic;
use super::word::begins_word;

/// Finds the text after the name of a scheme: `Bearer ..`, `Basic ..`, `SSWS ..`.
pub(super) fn credentials(text: &str, at: usize) -> Option<Range<usize>> {
    const OWN: &[&str] = &[
        "bearer",
        "basic",
        "negotiate",
        "ntlm",
        "ssws",
        "dpop",
        "apikey",
        "token",
        "genieky",
        "geniekey",
        "splunk",
        "digest",
        "api-key",
        "private-token",
        "jwt",
        "kerberos",
        "hawk",
        "bot",
    ];
    let bytes = text.as_bytes();
    let length = leading(&bytes[at..], 16, |byte| byte.is_ascii_alphabetic() || *byte == b'-');
    let scheme = text.get(at..at + length)?;
    if bytes.get(at + length..).is_none_or(|rest| rest.len() <= 8) {
        return None;
    }
    if !begins(bytes, at) {
        return None;
    }
    let mut from = at + length;
    let mut seen = 0;
    while let Some(own) = unit(bytes, from)
        && matches!(
            own.byte,
            b' ' | b'\t' | b'\n' | b'\r' | b'+' | b':' | b'=' | b'"' | b'\'' | b',' | b'[' | b'<' | b'`' | UNSEEN
        )
        && seen < 6
    {
        from += own.length;
        seen += 1;
    }
    if seen == 0 || begins_word(bytes, from) {
        return None;
    }
    let count = leading(&bytes[from..], usize::MAX, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=')
    });
    let value = text.get(from..from + count)?.trim_end_matches('.');
    if value.len() < 8 || !is_one_of(scheme, OWN) {
        return None;
    }
    let is_bearer = is_one_of(scheme, &["bearer"]);
    let letters = |upper: bool| {
        value.bytes().skip(1).any(|byte| if upper { byte.is_ascii_uppercase() } else { byte.is_ascii_lowercase() })
    };
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    let fits = match () {
        () if is_one_of(scheme, &["basic"]) => is_basic(value) || value.len() >= 16 && has_digit && is_opaque(value),
        () if is_bearer => {
            is_opaque(value) && (has_digit || value.len() >= 16 && letters(true) && letters(false))
                || value.len() >= 24 && is_opaque(value)
        }
        () if is_one_of(scheme, &["negotiate", "ntlm", "dpop", "ssws", "kerberos", "splunk", "hawk"]) => {
            value.len() >= 12 && is_opaque(value) && has_digit
        }
        () => {
            value.len() >= 20
                && has_digit
                && letters(true)
                && is_opaque(value)
                && text.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase)
        }
    };
    // `token_type=bearer expires_in=3600`
    let is_pair = value
        .split_once('=')
        .is_some_and(|(name, after)| name.len() <= 16 && !after.trim_start_matches('=').is_empty());
    (fits && !is_pair).then_some(from..from + value.len())
}
