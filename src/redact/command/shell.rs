//! Secrets that a shell passes to a command: through a pipe, or as a string.

use std::ops::Range;

use super::super::run::leading;
use super::argument::argument;
use crate::redact::word::is_word;

/// Finds the text that a command pipes into another one that reads a secret:
/// `echo SECRET | docker login --password-stdin`.
pub(super) fn piped(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let line = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end);
    let own = text.get(at..line)?;
    let bar = own.find(" | ").or_else(|| own.find('|'))?;
    let reader = own[bar..].to_ascii_lowercase();
    let reads = [
        "chpasswd",
        "password-stdin",
        "with-token",
        "passwd",
        "sudo -s",
        "login",
        "--stdin",
        "secret",
        "gpg",
        "openssl",
        "kinit",
        "cryptsetup",
        "vault",
        "smbpasswd",
        "htpasswd",
        "base64",
    ];
    if !reads.iter().any(|own| reader.contains(own)) {
        return None;
    }
    let mut from = at + own.find(' ')?;
    loop {
        from += leading(&bytes[from..], usize::MAX, |byte| *byte == b' ');
        let word = text.get(from..at + bar)?.split(' ').next()?;
        match word.starts_with('-') || matches!(word.trim_matches(['"', '\'']), "%s" | "%s\\n") {
            true => from += word.len(),
            false => break,
        }
    }
    let found = argument(text, from).filter(|found| found.end <= at + bar + 1)?;
    let value = &text[found.clone()];
    match value.split_once(':') {
        Some((user, password))
            if reader.contains("chpasswd") && is_word(user)
                || user.len() < 24 && !password.is_empty() && reader.contains("passwd") =>
        {
            Some(found.start + user.len() + 1..found.end)
        }
        _ => (!(is_word(value) && value.len() < 8)).then_some(found),
    }
}

/// Finds the text that a shell passes to a command that reads a secret: `sudo -S <<< SECRET`.
pub(crate) fn here_string(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if !bytes[at..].starts_with(b"<<<") {
        return None;
    }
    let from = at.saturating_sub(128);
    let from = (from..=at).find(|place| text.is_char_boundary(*place))?;
    let before = text[from..at].to_ascii_lowercase();
    let reads = [
        "sudo",
        "login",
        "secret",
        "pass",
        "token",
        "gpg",
        "openssl",
        "kinit",
        "vault",
        "auth",
        "credential",
        "crypt",
        "key",
        "keystore",
    ];
    reads.iter().any(|own| before.contains(own)).then_some(())?;
    let start = at + leading(&bytes[at..], 4, |byte| *byte == b'<');
    argument(text, start)
}
