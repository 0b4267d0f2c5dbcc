//! Values that are not secrets: placeholders, states, code, words.

use super::opaque::is_opaque;
use super::run::leading;
use super::word::{is_word, words_only};
use mcp_error_codes_core::secret_name::{Lists, is_one_of, lists};

/// The text that replaces a secret.
pub const REDACTED: &str = "[redacted]";

/// Returns whether a value is a placeholder for a secret: `***`, `<password>`, `${TOKEN}`, `YOUR_API_KEY`.
pub(super) fn is_placeholder(value: &str) -> bool {
    if value.len() > MAX_PLACEHOLDER {
        return value.bytes().all(|byte| !byte.is_ascii_alphanumeric()) && value.chars().all(is_mask);
    }
    if is_masked(value.trim().trim_matches(['"', '\'', '`'])) {
        return true;
    }
    let value = value.trim().trim_end_matches([',', ';', '.', ')', '"', '\'', '`']);
    let value = value.trim_start_matches(['"', '\'', '`']);
    if value.is_empty() || value == REDACTED || value == "[redacted" {
        return true;
    }
    if lists(value).has(Lists::STATES)
        || lists(value.trim_matches(['&', '[', ']', '(', ')', '<', '>', '{', '}', '*', '_', '#', '-', '~', '?', '!']))
            .has(Lists::STATES)
    {
        return true;
    }
    if !value.chars().any(char::is_alphanumeric) || is_masked(value) {
        return true;
    }
    starts_as_placeholder(value)
        || (value.starts_with('[') && value.ends_with(']') && words_only(&value[1..value.len() - 1]))
        || (value.starts_with('(') && words_only(value[1..].trim_end_matches(')')))
        || (value.starts_with('{') && !value.contains(['"', '\'', ':']) && words_only(value[1..].trim_end_matches('}')))
        || is_example(value)
}

/// The maximum length of a placeholder, unless it consists only of mask characters.
const MAX_PLACEHOLDER: usize = 256;

fn is_mask(c: char) -> bool {
    matches!(c, '*' | '•' | '●' | '·' | '…' | '∙' | '█')
}

/// Returns whether a value is a mask with at most a few visible characters, or is cut short: `sk-...`.
fn is_masked(value: &str) -> bool {
    if !value.bytes().any(|byte| matches!(byte, b'*' | b'x' | b'X' | b'0' | b'.') || !byte.is_ascii()) {
        return false;
    }
    let masks = value.chars().filter(|c| is_mask(*c)).count();
    let xs = value.bytes().filter(|byte| matches!(byte, b'x' | b'X')).count();
    let zeros = value.bytes().filter(|byte| *byte == b'0').count();
    let length = value.chars().count();
    (masks >= 3 && length - masks <= 8)
        || (xs >= 3 && length - xs <= 1)
        || (zeros >= 3 && length == zeros)
        || (length <= 8 && (value.ends_with("...") || value.ends_with('…')))
        || (length <= 8 && value.ends_with(".."))
        // `sk-...abcd`
        || (length <= 24
            && (masks > 0 || value.contains(".."))
            && ["...", "…", "***"].iter().any(|mark| {
                value.split_once(mark).is_some_and(|(before, after)| {
                    before.len() + after.trim_start_matches(['.', '*']).len() <= 12 && (before.is_empty() || before.len() <= 8)
                })
            }))
}

/// Returns whether a value starts like a variable that a program replaces.
pub(super) fn starts_as_placeholder(value: &str) -> bool {
    if !value.starts_with(['$', '{', '<', '#', '%', '!', 'o', 'v', 'r', 'e', 'a', '@', '_', ':']) {
        return false;
    }
    let after = |start: &str| value.strip_prefix(start);
    if [
        "${",
        "$(",
        "{{",
        "<%",
        "#{",
        "%(",
        "!Ref",
        "!Sub",
        "!GetAtt",
        "!ImportValue",
        "!Secret",
        "!vault",
        "!env",
        "op://",
        "vault:",
        "ref+",
        "ref://",
        "env://",
        "arn:",
        "@@",
        "%env",
        "<%=",
        "$env:",
        "__",
    ]
    .iter()
    .any(|start| value.starts_with(start))
    {
        return true;
    }
    if let Some(name) = after("$") {
        if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()) {
            return true;
        }
        // `$TOKEN`, but not `$2b$12$..`.
        let length = leading(name.as_bytes(), usize::MAX, |byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let end = name.as_bytes().get(length);
        return name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && is_name_like(&name[..length])
            && matches!(
                end,
                None | Some(
                    b'[' | b','
                        | b')'
                        | b';'
                        | b'/'
                        | b'&'
                        | b'-'
                        | b'>'
                        | b'.'
                        | b'"'
                        | b'\''
                        | b':'
                        | b'@'
                        | b'}'
                        | b' '
                )
            );
    }
    if let Some(name) = after("@").or_else(|| after(":")) {
        return is_name_like(name) && !name.is_empty();
    }
    if let Some(name) = after("%") {
        // `%s`, `%TOKEN%`.
        return name.len() <= 2 && name.bytes().all(|byte| byte.is_ascii_alphabetic())
            || name.trim_end_matches('%').bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
                && name.ends_with('%');
    }
    if let Some(inner) = after("<") {
        let inner = inner.split('>').next().unwrap_or(inner);
        return !(inner.starts_with('!') || inner.len() >= 12 && is_opaque(inner));
    }
    false
}

/// Returns whether a string consists of letters and separators, without digits between letters.
fn is_name_like(name: &str) -> bool {
    let capitals = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    capitals || is_word(name) || name.split('_').all(is_word)
}

/// Returns whether a value is marked as an example.
fn is_example(value: &str) -> bool {
    // An example is marked by plain words.
    if value.bytes().any(|byte| !(byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b' '))) {
        return false;
    }
    let starts = |start: &str| value.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    let tail = |skipped: usize| {
        value[skipped..].bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b' '))
    };
    [
        "your",
        "my_",
        "my-",
        "insert",
        "enter",
        "replace",
        "example",
        "dummy",
        "fake",
        "some_",
        "some-",
        "the_",
        "paste",
        "put_",
        "changeme",
        "change_me",
        "test_key",
        "xxx",
    ]
    .iter()
    .any(|start| {
        starts(start) && tail(start.len()) && (value.contains(['_', '-', ' ']) || value.len() <= start.len() + 1)
    })
}

/// Returns whether a value is an expression in a programming language: a call, a dotted path, an index.
pub(super) fn is_code(value: &str) -> bool {
    let value = value.trim_start_matches(['&', '*', '!']).trim_end_matches([';', ',']);
    let ident = |text: &str| {
        let bytes = text.as_bytes();
        bytes.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'@'))
            && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'@' | b'?'))
    };
    // `&[u8]`, `[u8; 32]`
    if let Some(item) = value.strip_prefix('[') {
        let item = item.split([']', ';']).next().unwrap_or(item);
        return is_one_of(item, &["u8", "i8", "u16", "byte", "char", "&str"]);
    }
    let end = value.find(['(', '[', '<', '{']).unwrap_or(value.len());
    let (head, tail) = value.split_at(end);
    let mut parts = head.split(['.', ':']).filter(|part| !part.is_empty()).peekable();
    if parts.peek().is_none() || !parts.clone().all(ident) {
        return false;
    }
    let count = parts.clone().count();
    let names = parts.all(|part| is_name_like(part) || part.split('_').all(is_word));
    match tail.as_bytes().first() {
        Some(b'(') => names || head.len() <= 24 && count > 1,
        Some(b'[') => names,
        Some(b'<') => names,
        Some(_) => false,
        None => count > 1 && names,
    }
}

/// Returns whether a string is a sentence, such as one that says what is wrong with a value: at least three words that do
/// not look like secrets, and one word that seed phrases do not contain. Such a word is short, has an apostrophe, is a
/// number, or ends with a period.
pub(super) fn is_complaint(text: &str) -> bool {
    let words = || text.split([' ', '\t']).filter(|word| !word.is_empty());
    let is_of_sentence = |word: &str| {
        let bare = word.trim_matches(['.', ',', ':', ';', '!', '?', '(', ')', '"', '\'']);
        bare.len() <= 3
            || bare.contains('\'')
            || bare.bytes().all(|byte| byte.is_ascii_digit())
            || word.ends_with(['.', ',', ':', ';', '!', '?'])
    };
    words().count() >= 3 && words().any(is_of_sentence) && !words().any(is_opaque) || text == "is invalid"
}
