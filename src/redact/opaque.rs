//! Values that look like secrets: opaque text, numeric codes, seed phrases, groups of four.

use mcp_error_codes_core::secret_name::{Lists, lists};

use super::run::leading;
use super::word::is_word;

/// Returns whether a value can only be a secret: it is not a word, a number, a version, a date, a place or an address.
pub(super) fn is_opaque(value: &str) -> bool {
    let value = value.trim_end_matches(['.', ',', ';', ':']);
    let has = |is: fn(&u8) -> bool| value.as_bytes().iter().any(&is);
    if value.len() < 5 || is_word(value) || value.contains([' ', '\n', '\t']) || !has(u8::is_ascii_alphabetic) {
        return false;
    }
    if is_measure(value)
        || value.starts_with(['/', '~'])
        || value.contains("://")
        || value.starts_with("./")
        || value.starts_with("U+")
        // The id of an account of Windows.
        || value.starts_with("S-1-")
        || is_algorithm(value)
        || is_email(value)
        || is_ticket(value)
        || is_key_path(value)
    {
        return false;
    }
    has(u8::is_ascii_digit) || !value.bytes().all(|byte| byte.is_ascii_alphabetic()) || value.len() >= 8
}

/// Returns whether a value is a number with a unit, a date, a version or a time span.
pub(super) fn is_measure(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let starts = value.starts_with(|c: char| c.is_ascii_digit());
    let is_date =
        starts && value.len() >= 10 && value.as_bytes().get(4) == Some(&b'-') && value.as_bytes().get(7) == Some(&b'-');
    // `20260101T000000Z`
    let is_time = value.len() == 16
        && value.ends_with('Z')
        && value
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 8 { byte == b'T' } else { byte.is_ascii_digit() || at == 15 });
    let is_version = value.starts_with('v')
        && value[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && value.len() < 12;
    (starts
        && letters <= 2
        && digits <= 12
        && value.len() <= 14
        && digits + letters + 4 >= value.len()
        && value.bytes().last().is_some_and(|byte| byte.is_ascii_alphabetic())
        && value.as_bytes()[..value.len() - letters].iter().all(|byte| byte.is_ascii_digit() || *byte == b'.'))
        || is_date
        || is_time
        || is_version
        || (letters == 0 && digits > 0)
}

/// Returns whether a value is the name of an algorithm: `SCRAM-SHA-256`.
fn is_algorithm(value: &str) -> bool {
    let mut parts = value.split(['-', '_']);
    let first = parts.next().unwrap_or("");
    value.len() <= 32
        && lists(first).has(Lists::ALGORITHMS)
        && parts.all(|part| part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Returns whether a value is an email address.
fn is_email(value: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+'))
    };
    value.split_once('@').is_some_and(|(user, host)| {
        let domain = host.rsplit_once('.').map_or("", |(_, domain)| domain);
        is_part(user) && is_part(host) && domain.len() >= 2 && domain.bytes().all(|byte| byte.is_ascii_lowercase())
    })
}

/// Returns whether a value is a path of words and numbers, like the key of a cache: `user:341`.
fn is_key_path(value: &str) -> bool {
    let is_number = |part: &str| part.len() <= 10 && part.bytes().all(|byte| byte.is_ascii_digit());
    value.contains(':')
        && value.split(':').all(|part| is_number(part) || is_word(part))
        && value.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Returns whether a value is a ticket number: `ABC-1234`.
fn is_ticket(value: &str) -> bool {
    value.split_once('-').is_some_and(|(project, number)| {
        (2..=6).contains(&project.len())
            && project.bytes().all(|byte| byte.is_ascii_uppercase())
            && (1..=6).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Returns whether a value consists of digits, as many as in a PIN or a second-factor code.
pub(super) fn is_number(value: &str) -> bool {
    (3..=10).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether a value has as many words as a seed phrase.
pub(super) fn is_phrase(value: &str) -> bool {
    let mut words = value.split(' ');
    let count = words.clone().count();
    (12..=24).contains(&count)
        && words.all(|word| (3..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// Returns whether a value is long and contains characters of all kinds, possibly with spaces, like a generated salt.
pub(super) fn is_random(value: &str) -> bool {
    let count = |is: fn(&u8) -> bool| value.bytes().filter(is).count();
    value.len() >= 24
        && count(u8::is_ascii_digit) >= 3
        && count(u8::is_ascii_uppercase) >= 3
        && count(u8::is_ascii_lowercase) >= 3
        && count(u8::is_ascii_punctuation) >= 3
        && value.bytes().filter(|byte| *byte == b' ').count() <= 4
}

/// Returns where a value of groups of four letters or digits ends, such as `abcd efgh ijkl mnop`, given its first
/// group.
pub(super) fn end_of_groups(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut count) = (from, 0);
    loop {
        let length = leading(&bytes[at..], 5, |byte| byte.is_ascii_alphanumeric());
        if length != 4 {
            break;
        }
        (at, count) = (at + 4, count + 1);
        if !matches!(bytes[at..], [b' ', next, ..] if next.is_ascii_alphanumeric()) {
            break;
        }
        at += 1;
    }
    let value = text.get(from..at)?.trim_end();
    let is_mixed =
        value.bytes().any(|byte| byte.is_ascii_digit()) && value.bytes().any(|byte| byte.is_ascii_alphabetic());
    let ends = matches!(bytes.get(at), None | Some(b'\n' | b'"' | b'\'' | b','));
    (count >= 4 && ends && (is_mixed || count == 4)).then_some(from + value.len())
}
