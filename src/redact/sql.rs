//! Secrets in SQL statements and in database messages, and in other records whose values have no names next to them.

use std::ops::Range;

use super::ending::{group, quoted};
use super::name::{Names, strength};
use super::opaque::is_opaque;
use super::plain::{REDACTED, is_placeholder};
use super::run::leading;
use mcp_error_codes_core::secret_name::Strength;
use mcp_error_codes_core::secret_name::is_one_of;

/// The number of bytes that are searched for the other half of a pattern.
const MAX_REACH: usize = 3_072;

/// Finds the quoted value before ` for key 'NAME'` and ` for column 'NAME'`, given the position of its closing quote.
pub(super) fn before_name(names: &Names, text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let after = rest.strip_prefix("' for ")?;
    let name = after.strip_prefix("key ").or_else(|| after.strip_prefix("column "))?;
    let name = name.trim_start_matches(['\'', '"', '`']);
    let length = leading(name.as_bytes(), 64, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
    strength(names, &name[..length])?;
    let open = text
        .get(floor.max(at.saturating_sub(MAX_REACH))..at)
        .and_then(|before| before.rfind('\'').map(|open| at - before.len() + open + 1))?;
    (open < at && !is_placeholder(&text[open..at])).then_some(open..at)
}

/// Finds the quoted value before a comment that names a secret, ` -- token`, given the position of the comment.
pub(super) fn before_remark(names: &Names, text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let name = text.get(at..)?.strip_prefix(" -- ")?;
    let length = leading(name.as_bytes(), 64, |byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    strength(names, &name[..length])?;
    let from = (floor.max(at.saturating_sub(MAX_REACH))..=at).find(|place| text.is_char_boundary(*place))?;
    let before = &text[from..at];
    let line = before.rfind('\n').unwrap_or(0);
    let close = before.rfind('\'').filter(|close| *close > line)?;
    let open = before[line..close].rfind('\'').map(|open| line + open + 1)?;
    (!is_placeholder(&before[open..close])).then_some(from + open..from + close)
}

/// Returns whether a string starts with a record whose parts may be far apart.
pub(super) fn is_record(text: &str) -> bool {
    if !matches!(text.as_bytes().first(), Some(b'i' | b'I' | b'k' | b'K')) {
        return false;
    }
    let starts = |start: &str| text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    starts("insert into ") || starts("kind: secret") || starts("kind\": \"secret") || starts("kind\":\"secret")
}

/// Finds the values of secret columns in `INSERT INTO t (..) VALUES (..)`, which starts at the given position.
pub(super) fn insert(names: &Names, text: &str, at: usize) -> Option<Range<usize>> {
    let own = text.get(at..)?;
    own.get(..12).filter(|own| own.eq_ignore_ascii_case("insert into "))?;
    let head = own.bytes().take(MAX_REACH).collect::<Vec<_>>();
    let values = head.windows(6).position(|word| word.eq_ignore_ascii_case(b"values"))?;
    let open = at + values + head[values..].iter().position(|byte| *byte == b'(')?;
    let end = group(text.as_bytes(), open)?;
    let before_values = own.get(..values)?;
    let columns: Vec<bool> = match before_values.split_once('(').and_then(|(_, list)| list.split_once(')')) {
        Some((list, _)) => list
            .split(',')
            .map(|name| {
                strength(names, name.trim_matches([' ', '"', '`', '[', ']'])).is_some_and(|own| own >= Strength::Likely)
            })
            .collect(),
        None => Vec::new(),
    };
    secrets_of(text, open + 1..end - 1, &columns)
}

/// Finds the values in the brackets that follow: bound parameters, and rows that a database rejected.
pub(super) fn row(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let rest = text.get(at..)?;
    let open = at + rest.bytes().take(24).position(|byte| matches!(byte, b'(' | b'{' | b'['))?;
    let end = group(bytes, open)?;
    let is_row = text[at..open].contains("contains");
    match is_row {
        true => (!is_placeholder(&text[open + 1..end - 1])).then_some(open + 1..end - 1),
        false => secrets_of(text, open + 1..end - 1, &[]),
    }
}

/// Returns the range from the first to the last secret in a list of values.
fn secrets_of(text: &str, inner: Range<usize>, columns: &[bool]) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut at, mut column) = (inner.start, 0);
    let mut found: Option<Range<usize>> = None;
    while at < inner.end {
        let byte = bytes[at];
        if byte == b'\'' || byte == b'"' {
            let (value, next) = quoted(bytes, at)?;
            let own = text.get(value.clone())?;
            let is_key = bytes.get(next) == Some(&b':');
            let is_secret = match columns.is_empty() {
                true => {
                    is_opaque(own)
                        && own.len() >= 10
                        && own.bytes().any(|byte| byte.is_ascii_digit())
                        && !own.contains(['@', ' '])
                }
                false => columns.get(column).copied().unwrap_or(false),
            };
            if is_secret && !is_key && !is_placeholder(own) {
                found = Some(found.map_or(value.start, |found| found.start)..value.end);
            }
            at = next;
            continue;
        }
        column += usize::from(byte == b',');
        at += 1;
    }
    found
}

/// Finds a part of a private key in JSON, `"d":"..."`, at the given position.
pub(super) fn key_part(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let (name, next) = quoted(bytes, at)?;
    is_one_of(text.get(name)?, &["d", "p", "q", "dp", "dq", "qi", "k"]).then_some(())?;
    let colon = bytes[next..].iter().take(3).position(|byte| *byte == b':')?;
    let from = next + colon + 1;
    let from = from + leading(&bytes[from..], 3, |byte| *byte == b' ');
    (bytes.get(from) == Some(&b'"')).then_some(())?;
    let value = quoted(bytes, from)?.0;
    let start = (at.saturating_sub(MAX_REACH)..=at).find(|place| text.is_char_boundary(*place))?;
    let is_key = text[start..at].contains("\"kty\"")
        || text[value.end..].get(..200).unwrap_or(&text[value.end..]).contains("\"kty\"");
    (is_key && value.len() >= 20 && !text[value.clone()].contains(' ')).then_some(value)
}

/// Finds the third field of an entry in a secrets file, `"user" * "SECRET" *`, given the end of its first field.
pub(super) fn chap(text: &str, at: usize) -> Option<Range<usize>> {
    if let Some(after) = text.get(at..)?.strip_prefix(" * ") {
        let value = after.strip_suffix('\n').unwrap_or(after).split('\n').next()?.strip_suffix(" *")?;
        let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
        return (is_opaque(value) && has_digit && value.len() >= 6).then_some(at + 3..at + 3 + value.len());
    }
    let after = text.get(at..)?.strip_prefix("\" * \"")?;
    let end = after.find('"').filter(|end| *end >= 4)?;
    (!is_placeholder(&after[..end])).then_some(at + 5..at + 5 + end)
}

/// Finds the data of a Kubernetes secret, after `kind: Secret` at the given position.
pub(super) fn kubernetes(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let after = text
        .get(at + 4..)?
        .trim_start_matches(['"', '\\', ' '])
        .strip_prefix(':')?
        .trim_start_matches(['"', '\\', ' ']);
    let after = after.strip_prefix("Secret").filter(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))?;
    let start = text.len() - after.len();
    let reach = (start..=(start + MAX_REACH).min(text.len())).rev().find(|place| text.is_char_boundary(*place))?;
    let window = &text[start..reach];
    let data = ["\ndata:", "\nstringData:", "\"data\":", "\"stringData\":", "\\\"data\\\":"]
        .iter()
        .filter_map(|own| window.find(own).map(|at| at + own.len()))
        .min()?;
    let from = start + data;
    let from = from + leading(&bytes[from..], usize::MAX, |byte| byte.is_ascii_whitespace());
    if bytes.get(from) == Some(&b'{') {
        let end = group(bytes, from)?;
        return (text.get(from + 1..end - 1)?.trim() != REDACTED).then_some(from + 1..end - 1);
    }
    // The indented lines.
    let mut end = from;
    while end < bytes.len() {
        let next = bytes[end..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |next| end + next);
        if end > from && !matches!(bytes[end], b' ' | b'\t') {
            break;
        }
        end = (next + 1).min(bytes.len());
    }
    let value = text.get(from..end)?.trim_end();
    (!value.is_empty()).then_some(from..from + value.len())
}

/// Finds the password of a Redis rule, `user default on >SECRET`, after `on ` at the given position.
pub(super) fn redis_rule(text: &str, at: usize) -> Option<Range<usize>> {
    let after = text.get(at..)?.strip_prefix("on >")?;
    let length =
        leading(after.as_bytes(), usize::MAX, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\''));
    (length >= 4 && !is_placeholder(&after[..length])).then_some(at + 4..at + 4 + length)
}
