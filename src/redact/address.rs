//! Credentials within addresses: `scheme://user:password@host`, signed URLs, entries of password files.

use std::ops::Range;

use super::escape::unit;
use super::opaque::is_opaque;
use super::plain::{is_placeholder, starts_as_placeholder};
use super::run::{leading, trailing};
use mcp_error_codes_core::secret_name::is_one_of;

/// The maximum length of the credentials in an address.
const MAX_CREDENTIALS: usize = 2_048;

/// Returns whether a byte separates an address from other text.
fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b'|' | b'\\' | b'{' | b'}' | b'(' | b')')
}

/// Finds the password before the `@` of an address whose `://` is at the given position.
pub(super) fn user_info(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start = match bytes[at] {
        b'%' => return encoded_user_info(text, at),
        _ if bytes[at + 1] == b'\\' => at + 5,
        _ => at + 3,
    };
    let own = bytes.get(start..)?;
    let length = leading(own, MAX_CREDENTIALS, |byte| !is_delimiter(*byte));
    let own = &own[..length];
    let authority = own.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(length);
    // A password may contain any character. It ends at the last `@` before a host.
    let is_host = |at: usize| {
        own.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'[' | b'_' | b'%' | b'('))
    };
    let within = own[..authority].iter().rposition(|byte| *byte == b'@').filter(|at| is_host(*at));
    let colon = own.iter().position(|byte| *byte == b':');
    let Some(colon) =
        colon.filter(|colon| own[..*colon].iter().all(|byte| !matches!(byte, b'/' | b'?' | b'#' | b'@' | b'[')))
    else {
        return token(text, at, start, within?);
    };
    let end = match within {
        Some(end) if end > colon => end,
        _ => {
            let end = own.iter().rposition(|byte| *byte == b'@').filter(|end| *end > colon && is_host(*end))?;
            // `host:8080/path/@scope`
            let port = leading(&own[colon + 1..], usize::MAX, |byte| byte.is_ascii_digit());
            let after = own[colon + 1 + port];
            if matches!(after, b'/' | b'?' | b'#') {
                return None;
            }
            end
        }
    };
    let found = start + colon + 1..start + end;
    let password = text.get(found.clone())?;
    // Some services take a token as the user, and any password.
    if is_one_of(password, &["", "x", "x-oauth-basic", "api_token", "unused"])
        && let Some(found) = token(text, at, start, colon)
    {
        return Some(found);
    }
    let is_shown = is_placeholder(password)
        || starts_as_placeholder(password)
        || password.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_') && password.len() <= 16;
    (!is_shown && !is_one_of(password, &["pass", "password", "passwd", "pwd", "secret", "pw"])).then_some(found)
}

/// Finds the password in a URL-encoded address, `%3A%2F%2Fuser%3Apassword%40host`.
fn encoded_user_info(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + "%3A%2F%2F".len();
    let length = leading(text.as_bytes().get(start..)?, MAX_CREDENTIALS, |byte| !is_delimiter(*byte));
    let own = text.get(start..start + length)?.to_ascii_uppercase();
    let authority = own.find("%2F").unwrap_or(own.len());
    let colon = own[..authority].find("%3A")?;
    let end = own[..authority].rfind("%40").filter(|end| *end > colon + 3)?;
    let found = start + colon + 3..start + end;
    (!is_placeholder(text.get(found.clone())?)).then_some(found)
}

/// Finds a token in place of the user name.
fn token(text: &str, at: usize, start: usize, end: usize) -> Option<Range<usize>> {
    let user = text.get(start..start + end)?;
    let scheme = text[..at].rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '+').next().unwrap_or("");
    let is_web =
        ["http", "https", "wss", "ws", "git+https", "nats", "tls", "mqtt", "mqtts", "redis", "rediss", "amqp", "amqps"]
            .iter()
            .any(|own| scheme.eq_ignore_ascii_case(own));
    let has_digit = user.bytes().any(|byte| byte.is_ascii_digit());
    (is_web && user.len() >= 10 && has_digit && is_opaque(user) && !starts_as_placeholder(user))
        .then_some(start..start + end)
}

/// The names of parameters that [`parameter`] knows. A stem of `stems.rs` has to lead to each of them.
const PARAMETERS: [&str; 72] = [
    "code",
    "sig",
    "signature",
    "x-amz-signature",
    "x-goog-signature",
    "x-amz-credential",
    "x-amz-security-token",
    "x-oss-signature",
    "oobcode",
    "reset_code",
    "login_code",
    "auth_code",
    "authcode",
    "device_code",
    "user_code",
    "invite_code",
    "verification_code",
    "confirmation_code",
    "code_verifier",
    "id_token_hint",
    "hmac",
    "hash",
    "sign",
    "se_sig",
    "policy",
    "st",
    "jwt",
    "assertion",
    "client_assertion",
    "samlresponse",
    "samlrequest",
    "relaystate",
    "otp",
    "pin",
    "key",
    "ticket",
    "nonce",
    "magic",
    "invite",
    "t",
    "k",
    "s",
    "p",
    "auth",
    "sid",
    "session",
    "password",
    "pass",
    "access",
    "apikey",
    "subscription-key",
    "appid",
    "q-signature",
    "x-tos-signature",
    "x-obs-signature",
    "hdnts",
    "hdnea",
    "verify",
    "md5",
    "wstoken",
    "e_sig",
    "sas",
    "tk",
    "rlkey",
    "resourcekey",
    "passhash",
    "token",
    "pwd",
    "dkey",
    "api_sig",
    "ak",
    "sk",
];

/// Finds the value of a parameter in a signed address, given the position of its name: `sig=`, `code=`,
/// `X-Amz-Signature=`.
pub(super) fn parameter(text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let at = at + usize::from(matches!(bytes[at], b'&' | b'?'));
    let before = trailing(&bytes[floor.min(at)..at], 40, |byte| is_name(byte));
    let start = match (at - before).checked_sub(1).map(|sign| (bytes[sign], sign))? {
        (b'?' | b'&' | b'#' | b';', sign) => sign + 1,
        // `%3F`, `%26`: the name contains the letters of the escape.
        (b'%', sign) => unit(bytes, sign)
            .filter(|own| matches!(own.byte, b'?' | b'&' | b'#') && sign + own.length <= at)
            .map(|own| sign + own.length)?,
        _ => return None,
    };
    let after = leading(&bytes[at..], 40, |byte| is_name(byte));
    let name = text.get(start..at + after)?;
    if !is_one_of(name, &PARAMETERS) {
        return None;
    }
    let equals = at + after;
    let from = match bytes.get(equals)? {
        b'=' => equals + 1,
        b'%' if bytes[equals..].starts_with(b"%3D") => equals + 3,
        _ => return None,
    };
    let length = leading(&bytes[from..], usize::MAX, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'+' | b'/' | b'=' | b'%' | b':')
    });
    let value = text.get(from..from + length)?;
    let value = value.split("%26").next().unwrap_or(value).trim_end_matches('.');
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    (value.len() >= 16 && has_digit && is_opaque(value)).then_some(from..from + value.len())
}

/// Finds the password in an entry of a password file, `host:port:database:user:password`, given the position of its
/// second field.
pub(super) fn entry(text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_part =
        |byte: &u8| !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\'' | b'`' | b',' | b'/' | b'@' | b'=');
    let before = trailing(&bytes[floor.min(at)..at], 128, |byte| is_part(byte));
    let start = at - before;
    let length =
        leading(&bytes[start..], 512, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\'' | b'`'));
    let own = text.get(start..start + length)?;
    let mut fields = own.splitn(5, ':');
    let (host, port, database, user, password) =
        (fields.next()?, fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let is_port = port == "*" || (3..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = |field: &str| {
        !field.is_empty()
            && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'_' | b'-' | b'.'))
    };
    let fits = is_port
        && is_plain(host)
        && is_plain(database)
        && is_plain(user)
        && password.len() >= 4
        && !is_placeholder(password);
    fits.then_some(start + length - password.len()..start + length)
}

/// Finds the password in a pair such as `login app:secret1 failed` or `HTTP_PROXY=user:secret1@host`.
pub(super) fn pair(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let start = at + leading(&bytes[at..], 8, |byte| matches!(byte, b' ' | b'=' | b':' | b'"' | b'\''));
    if start == at {
        return None;
    }
    let own = text.get(start..)?;
    let length =
        leading(own.as_bytes(), 256, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\'' | b'`' | b','));
    let length = (0..=length).rev().find(|end| own.is_char_boundary(*end))?;
    let own = &own[..length];
    let user = leading(own.as_bytes(), usize::MAX, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'\\')
    });
    let separator = *own.as_bytes().get(user)?;
    let rest = own.get(user + 1..)?;
    let end = rest.rfind('@').filter(|at| rest.len() > at + 1).unwrap_or(rest.len());
    let password = rest[..end].trim_end_matches([';', ')']);
    let has_digit = password.bytes().any(|byte| byte.is_ascii_digit());
    let fits = user > 0
        && matches!(separator, b':' | b'/' | b'%')
        && password.len() >= 6
        && (has_digit || end < rest.len())
        && is_opaque(password)
        && !password.contains('/')
        && !starts_as_placeholder(password)
        && own[..user].bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let from = start + user + 1;
    fits.then_some(from..from + password.len())
}

/// Finds the password of the pair after the word at the given position.
pub(super) fn labelled_pair(text: &str, at: usize) -> Option<Range<usize>> {
    let length = leading(&text.as_bytes()[at..], 16, |byte| byte.is_ascii_alphabetic() || *byte == b'.');
    let word = text.get(at..at + length)?;
    let known = [
        "roxy",
        "login",
        "logon",
        "credentials",
        "creds",
        "auth",
        "user",
        "userpass",
        "account",
        "logged",
        "authenticate",
        "sqlplus",
        "thin",
        "userid",
        "impdp",
        "expdp",
        "sqlldr",
        "r.info",
    ];
    if is_one_of(word, &["logon"]) || is_one_of(word, &["ad"]) {
        let rest = text.get(at..)?;
        let from = rest
            .find(" (")
            .filter(|from| *from <= 16)
            .or_else(|| rest.find("line ").map(|from| from + 3).filter(|from| *from <= 8))?;
        return pair(text, at + from + 1).or_else(|| pair_in_brackets(text, at + from + 2));
    }
    pair(text, at + length).filter(|_| is_one_of(word, &known))
}

/// Finds the password of `(user/password)`.
fn pair_in_brackets(text: &str, from: usize) -> Option<Range<usize>> {
    let own = text.get(from..)?;
    let end = own.bytes().take(256).position(|byte| byte == b')' || byte.is_ascii_whitespace())?;
    let (user, password) = own[..end].split_once(['/', ':'])?;
    let fits = !user.is_empty() && is_opaque(password) && password.len() >= 6;
    fits.then_some(from + user.len() + 1..from + end)
}

/// Finds the password before `@tcp(` at the given position: `user:password@tcp(host)/database`.
pub(super) fn go_address(text: &str, floor: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let length = trailing(&bytes[floor.min(at)..at], 256, |byte| {
        !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\'' | b'`' | b'=')
    });
    let (user, password) = text.get(at - length..at)?.split_once(':')?;
    (!is_placeholder(password) && !starts_as_placeholder(password)).then_some(at - length + user.len() + 1..at)
}

#[cfg(test)]
mod tests {
    use super::PARAMETERS;

    #[test]
    fn every_parameter_is_found_wherever_it_stands_in_the_address() {
        for name in PARAMETERS {
            for (before, after) in
                [("https://api.example/v1?", "&x=1"), ("https://api.example/v1?x=1&", " was refused")]
            {
                let text = format!("{before}{name}=a1B2c3D4e5F6g7H8a1B2{after}");
                assert_eq!(crate::redact::text(&text), format!("{before}{name}=[redacted]{after}"));
            }
        }
    }
}
