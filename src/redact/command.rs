//! Secrets in the arguments of commands and in protocol lines.

mod argument;
mod shell;
mod table;

use std::ops::Range;

use super::address::pair;
use super::ending::{end_of_line, quoted};
use super::opaque::is_opaque;
use super::plain::{is_placeholder, starts_as_placeholder};
use super::run::leading;
use super::word::is_word;

use self::argument::argument;
pub(super) use self::shell::here_string;
use self::shell::piped;
pub(super) use self::table::{BARE, literal};
use self::table::{FLAGS, Place, USERS};

/// Finds the secret of a command in the table, given the position of the command.
pub(super) fn bare(text: &str, at: usize, pattern: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let mut parts = pattern.split('*').peekable();
    let mut from = at;
    while let Some(part) = parts.next() {
        let own = text.get(from..from + part.len()).filter(|own| own.eq_ignore_ascii_case(part))?;
        from += own.len();
        if parts.peek().is_some() {
            from += leading(&bytes[from..], usize::MAX, |byte| !byte.is_ascii_whitespace());
        }
    }
    let line = end_of_line(bytes, from);
    // `secret put NAME <<< ..`
    if let Some(here) = text[from..line].find("<<<") {
        from += here + 3;
    }
    (bytes.get(from) == Some(&b' ')).then_some(())?;
    argument(text, from).filter(|found| {
        let value = &text[found.clone()];
        let is_short_word = is_word(value) && value.len() < 16;
        let is_path = value.contains("://") || value.starts_with(['/', '\\', '*']);
        value.len() >= 6 && !is_short_word && !is_path
    })
}

/// Finds the value of a flag that starts at the given position, after a space.
pub(super) fn flag(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let rest = text.get(at..)?;
    let line = bytes[at.saturating_sub(256)..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(at.saturating_sub(256), |end| at.saturating_sub(256) + end + 1);
    let line = (line..at).find(|place| text.is_char_boundary(*place))?;
    // `--value SECRET --type SecureString`
    let whole = if rest.starts_with("--value") { end_of_line(bytes, at).min(at + 256) } else { at };
    let whole = (at..=whole).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(at);
    let commands = text[line..whole]
        .split([' ', '/', '\'', '"', '`', '[', '(', ',', '\\', '=', '$'])
        .filter(|word| word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric))
        .map(|word| word.strip_suffix(".exe").unwrap_or(word));
    FLAGS
        .iter()
        .find_map(|(flag, owners, place)| {
            let after = rest.strip_prefix(flag)?;
            let from = at + flag.len();
            let byte = *after.as_bytes().first()?;
            let fits = match place {
                Place::Glued => !byte.is_ascii_whitespace() && byte != b'-' && byte != b'=',
                Place::Next => matches!(byte, b' ' | b'=' | b':'),
                Place::Pair => matches!(byte, b' ' | b'=' | b'"' | b'\'') || byte.is_ascii_alphanumeric(),
            };
            (fits && commands.clone().any(|command| accepts(owners, command))).then_some(())?;
            match place {
                Place::Glued => argument(text, from),
                // `docker run -p 8080:80` publishes a port.
                Place::Next => argument(text, from + 1).filter(|found| !is_port(&text[found.clone()])),
                Place::Pair => user_and_password(text, from),
            }
        })
        .or_else(|| after_user(text, line, at))
        .or_else(|| any_pair(text, at))
}

/// Finds the password in a user argument of any command: `tool --user app:SECRET`.
fn any_pair(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let flags = [
        "-u",
        "-U",
        "--user",
        "--creds",
        "--auth",
        "--uri",
        "--src-creds",
        "--dest-creds",
        "--proxy-user",
        "--basic",
        "--credentials",
    ];
    let flag =
        flags.iter().find(|flag| rest.strip_prefix(**flag).is_some_and(|after| after.starts_with([' ', '='])))?;
    user_and_password(text, at + flag.len() + 1).filter(|found| {
        let value = &text[found.clone()];
        is_opaque(value) && value.bytes().any(|byte| byte.is_ascii_digit()) && value.len() >= 6 && !value.contains('/')
    })
}

/// Finds the password in the arguments of any command that names its user first: `tool -u app -p SECRET`.
fn after_user(text: &str, line: usize, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let from = ["-p ", "-P ", "-w ", "-p=", "-pw "]
        .iter()
        .find(|flag| rest.starts_with(**flag))
        .map(|flag| at + flag.len())?;
    let found =
        argument(text, from).filter(|found| is_opaque(&text[found.clone()]) && !text[found.clone()].contains('/'))?;
    USERS.iter().any(|flag| text[line..at].contains(flag)).then_some(found)
}

/// Returns whether a list of commands, separated by spaces, contains a command. Case is ignored.
fn accepts(commands: &str, command: &str) -> bool {
    commands.split(' ').any(|own| own.eq_ignore_ascii_case(command))
}

/// Returns whether an argument is a port or a port mapping: `8080`, `127.0.0.1:8080:80/tcp`.
fn is_port(value: &str) -> bool {
    let is_number = |part: &str| part.len() <= 5 && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let value = value.strip_suffix("/tcp").or_else(|| value.strip_suffix("/udp")).unwrap_or(value);
    let mut parts = value.rsplit(':');
    let last = parts.next().is_some_and(is_number);
    let rest: usize = parts.clone().count();
    last && rest > 0
        && parts.all(|part| is_number(part) || part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// Finds the value of a flag that starts at the given position, in a list of quoted arguments.
pub(super) fn quoted_flag(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let from = (at.saturating_sub(256)..=at).find(|place| text.is_char_boundary(*place))?;
    let before = &text[from..at];
    let (found, next) = quoted(bytes, at)?;
    let own = text.get(found.clone())?;
    let words = before.split([' ', '\'', '"', '[', ',', '(', '/']);
    // `"-pSECRET"`
    let glued = FLAGS.iter().find(|(flag, commands, place)| {
        *place == Place::Glued
            && own.len() > flag.len() + 3
            && own.starts_with(flag)
            && words.clone().any(|word| accepts(commands, word))
    });
    if let Some((flag, _, _)) = glued {
        let value = found.start + flag.len()..found.end;
        return (!is_placeholder(&text[value.clone()]) && !text[value.clone()].starts_with(['-', '=']))
            .then_some(value);
    }
    let (_, _, place) =
        FLAGS.iter().find(|(flag, commands, _)| *flag == own && words.clone().any(|word| accepts(commands, word)))?;
    let skipped = leading(&bytes[next..], 8, |byte| matches!(byte, b' ' | b',' | b'\n'));
    let value = next + skipped;
    matches!(bytes.get(value), Some(b'"' | b'\'')).then_some(())?;
    match place {
        Place::Pair => user_and_password(text, value),
        _ => argument(text, value),
    }
}

/// Finds the text that PowerShell converts to a secret: `ConvertTo-SecureString "SECRET"`.
pub(super) fn secure_string(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    rest.get(..12).filter(|own| own.eq_ignore_ascii_case("securestring"))?;
    let after = rest[12..].trim_start_matches([' ', '(']);
    let after = after.strip_prefix("-String ").unwrap_or(after);
    after.starts_with(['"', '\'']).then(|| argument(text, text.len() - after.len())).flatten()
}

/// Reads `user:password` and `user%password`.
fn user_and_password(text: &str, from: usize) -> Option<Range<usize>> {
    let whole = argument(text, from)?;
    let value = &text[whole.clone()];
    let value = value.rsplit_once("://").map_or(value, |(_, value)| value);
    let start = whole.end - value.len();
    let at = value.find([':', '%']).or_else(|| value.find(',').filter(|_| text[..from].ends_with("-u ")))?;
    let end = value
        .rfind('@')
        .filter(|end| {
            *end > at
                && value.len() > end + 1
                && value[..*end].len() > at + 1
                && value.as_bytes()[at] == b':'
                && start > whole.start
        })
        .unwrap_or(value.len());
    let password = &value[at + 1..end];
    (!is_placeholder(password) && !starts_as_placeholder(password) && !password.is_empty())
        .then_some(start + at + 1..start + end)
}

/// Finds the secret in a command or a protocol line that starts at the given position.
pub(super) fn command(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let rest = text.get(at..)?;
    let starts = |start: &str| rest.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    if starts("echo ") || starts("printf ") || starts("print ") {
        return piped(text, at);
    }
    if starts("auth plain ") || starts("auth login ") || starts("auth xoauth2 ") || starts("334 ") {
        let from = rest.find(['\n', ' ']).map(|end| at + end + 1)?;
        let from = if starts("334 ") {
            end_of_line(bytes, at)
        } else {
            from + bytes[from..].iter().take(12).position(|byte| *byte == b' ')? + 1
        };
        let from = from + leading(&bytes[from..], usize::MAX, |byte| byte.is_ascii_whitespace());
        let length = leading(&bytes[from..], usize::MAX, |byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
        });
        return (length >= 8).then_some(from..from + length);
    }
    // `AUTH SECRET` and `AUTH user SECRET` of Redis
    if rest.starts_with("AUTH ") && (at == 0 || bytes[at - 1] == b'\n' || text[..at].ends_with(['"', '\'', '>', ' '])) {
        let line = text[at + 5..end_of_line(bytes, at)].trim_end_matches(['"', '\'']);
        let value = line.rsplit(' ').next()?;
        let from = at + 5 + line.len() - value.len();
        let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
        return (line.split(' ').count() <= 2 && has_digit && is_opaque(value) && !value.contains(':'))
            .then_some(from..from + value.len())
            .or_else(|| pair(text, at + 4));
    }
    // `openssl .. -passin pass:SECRET`
    if starts("pass:") {
        let is_flag = ["-passin ", "-passout ", "-pass ", "-passin=", "-passout=", "-srcpass ", "-kdfopt "]
            .iter()
            .any(|flag| text[..at].ends_with(flag));
        return is_flag.then(|| argument(text, at + 5)).flatten();
    }
    if starts("identified ") {
        return identified(text, at);
    }
    // `SET PASSWORD FOR app = 'SECRET'`
    if starts("set password for ") {
        let equals = rest.bytes().take(160).position(|byte| byte == b'=')?;
        let value = rest[equals + 1..].trim_start();
        let value = value.strip_prefix("PASSWORD(").unwrap_or(value);
        return value.starts_with('\'').then(|| argument(text, text.len() - value.len())).flatten();
    }
    if starts("pass ")
        && (at == 0 || bytes[at - 1] == b'\n' || text[..at].ends_with(": "))
        && rest.is_char_boundary(5)
        && rest.starts_with("PASS")
    {
        return argument(text, at + 5)
            .filter(|found| text[found.end..].starts_with(['\r', '\n']) || found.end == text.len())
            .filter(|found| is_opaque(&text[found.clone()]));
    }
    if starts("expect ") || starts("send ") {
        let inner = rest.find('"').filter(|open| *open <= 12).map(|open| at + open)?;
        let (found, _) = quoted(bytes, inner)?;
        let value = text.get(found.clone())?.trim_end_matches("\\r").trim_end_matches("\\n");
        return (is_opaque(value) && value.bytes().any(|byte| byte.is_ascii_digit()) && !value.contains(' '))
            .then_some(found.start..found.start + value.len());
    }
    if starts("login ")
        || starts("credentials ")
        || starts("auth: ")
        || starts("login: ")
        || starts("proxy=")
        || starts("auth ")
        || starts("user ")
    {
        let word = rest.find([' ', ':', '='])?;
        return pair(text, at + word);
    }
    None
}

/// Finds the secret after `IDENTIFIED BY` and `IDENTIFIED WITH plugin AS`.
fn identified(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let line = end_of_line(bytes, at);
    let own = text.get(at..line)?;
    let lower = own.to_ascii_lowercase();
    let by = lower.find(" by ").map(|by| by + 4).or_else(|| lower.find(" as ").map(|by| by + 4))?;
    let from = at + by + own[by..].len() - own[by..].trim_start().len();
    let from = if text[from..].to_ascii_lowercase().starts_with("password ") { from + 9 } else { from };
    argument(text, from)
}
