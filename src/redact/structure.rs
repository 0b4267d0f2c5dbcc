//! Secrets that are known by their parts: tokens of bots, JSON Web Tokens, credentials of a header, private keys. And what a
//! secret is made of.

use std::ops::Range;

/// A JSON Web Token: `eyJ`, which is `{"`, and a second part at the least.
pub(super) fn json_web_token(rest: &str) -> Option<usize> {
    let header = head(rest.strip_prefix("eyJ")?, word);
    let body = rest["eyJ".len() + header.len()..].strip_prefix('.').filter(|_| header.len() >= 10)?;
    let body = run(body, token).trim_end_matches('.');
    (body.len() >= 10).then_some("eyJ".len() + header.len() + ".".len() + body.len())
}

/// The token of a bot of Discord: a number in base64, a time and a signature.
pub(super) fn discord_bot(rest: &str) -> Option<usize> {
    let all = head(rest, dotted).trim_end_matches('.');
    let mut parts = all.split('.');
    let (number, time, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let fits = (23..=28).contains(&number.len()) && (6..=7).contains(&time.len()) && signature.len() >= 27;
    (fits && parts.next().is_none() && decoded(number).all(|byte| byte.is_ascii_digit())).then_some(all.len())
}

/// The token of a bot of Telegram: a number, a colon and a key that begins with `AA`.
pub(super) fn telegram_bot(rest: &str) -> Option<usize> {
    let number = rest.bytes().take(11).take_while(u8::is_ascii_digit).count();
    let key = run(rest[number..].strip_prefix(":AA")?, word);
    ((8..=10).contains(&number) && key.len() >= 30).then_some(number + ":AA".len() + key.len())
}

/// Finds what follows `Bearer ` or `Basic `, where it is no word of prose.
pub(super) fn credentials(rest: &str) -> Option<Range<usize>> {
    let (scheme, is_credentials): (&str, fn(&str) -> bool) = match rest.as_bytes().get(1)? {
        b'e' | b'E' => ("bearer ", is_bearer),
        b'a' | b'A' => ("basic ", is_basic),
        _ => return None,
    };
    rest.get(..scheme.len()).filter(|head| head.eq_ignore_ascii_case(scheme))?;
    let body = rest[scheme.len()..].trim_start_matches(' ');
    let start = rest.len() - body.len();
    let body = run(body, token).trim_end_matches('.');
    is_credentials(body).then_some(start..start + body.len())
}

fn is_bearer(text: &str) -> bool {
    let is_mixed =
        text.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()) && text.bytes().any(|b| b.is_ascii_lowercase());
    match text.len() {
        0..8 => false,
        8..16 => has_digit(text),
        16..24 => has_digit(text) || is_mixed,
        _ => has_digit(text) || is_mixed || run(text, alnum) == text,
    }
}

/// A name and a password in base64, with a colon between.
fn is_basic(text: &str) -> bool {
    let is_pair = decoded(text).all(|byte| matches!(byte, b' '..=b'~')) && decoded(text).any(|byte| byte == b':');
    (text.len() >= 8 && is_pair) || (text.len() >= 16 && has_digit(text))
}

/// Reads base64. Characters that are none of it are passed over.
fn decoded(text: &str) -> impl Iterator<Item = u8> {
    let (mut bits, mut count) = (0_u32, 0);
    text.bytes().filter_map(move |byte| {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xFFFF;
        count += 6;
        if count < 8 {
            return None;
        }
        count -= 8;
        u8::try_from(bits >> count & 0xFF).ok()
    })
}

/// Finds `-----BEGIN … PRIVATE KEY-----` up to its end, or the end of the text.
pub(super) fn private_key(rest: &str) -> Option<Range<usize>> {
    let head = rest.strip_prefix("-----BEGIN ")?;
    let label = run(head, |byte| upper(byte) || byte == b' ').trim_end_matches(" BLOCK");
    let key = head.strip_prefix(label)?;
    let key = key.strip_prefix(" BLOCK").unwrap_or(key).strip_prefix("-----")?;
    // A mark without a key is prose.
    let is_key = label.ends_with("PRIVATE KEY") && key.bytes().take(LONGEST_GAP).any(alnum);
    is_key.then(|| {
        let closing = "-----END ";
        let end = key.find(closing).map(|at| at + closing.len());
        let end = end.and_then(|end| Some(end + key[end..].find("-----")? + "-----".len()));
        0..rest.len() - key.len() + end.unwrap_or(key.len())
    })
}

/// A key begins this soon behind its mark.
const LONGEST_GAP: usize = 16;

pub(super) fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

pub(super) fn alnum(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

pub(super) fn word(byte: u8) -> bool {
    alnum(byte) || matches!(byte, b'_' | b'-')
}

pub(super) fn dotted(byte: u8) -> bool {
    word(byte) || byte == b'.'
}

pub(super) fn base64(byte: u8) -> bool {
    alnum(byte) || matches!(byte, b'+' | b'/' | b'=')
}

pub(super) fn token(byte: u8) -> bool {
    dotted(byte) || base64(byte) || byte == b'~'
}

/// So much is read to tell a secret from what begins alike.
const LONGEST_HEAD: usize = 4_096;

/// As [`run`], of the first bytes.
pub(super) fn head(text: &str, is_part: fn(u8) -> bool) -> &str {
    &text[..text.bytes().take(LONGEST_HEAD).take_while(|byte| is_part(*byte)).count()]
}

/// The beginning of a text that is made of such bytes.
pub(super) fn run(text: &str, is_part: fn(u8) -> bool) -> &str {
    // All of them are ASCII.
    &text[..text.bytes().take_while(|byte| is_part(*byte)).count()]
}

pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}
