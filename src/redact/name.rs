//! What the name of a value says of it.

use super::LONGEST_TEXT;

/// The words whose presence in a key makes its value a secret. A word that is written as several counts too: `api_key`.
const SECRET_WORDS: [&[&str]; 17] = [
    &["password"],
    &["passwd"],
    &["passphrase"],
    &["secret"],
    &["token"],
    &["authorization"],
    &["cookie"],
    &["apikey"],
    &["api", "key"],
    &["privatekey"],
    &["private", "key"],
    // Several tokens are a count, save for those that grant something.
    &["access", "tokens"],
    &["api", "tokens"],
    &["auth", "tokens"],
    &["bearer", "tokens"],
    &["refresh", "tokens"],
    &["session", "tokens"],
];

/// The words that are secret too where they end a word that is written as one: `PGPASSWORD`, `authtoken`.
const SECRET_ENDINGS: [&str; 8] =
    ["password", "passwd", "passphrase", "secret", "token", "cookie", "apikey", "privatekey"];

/// Words behind a secret's word that make it something about the secret, and no secret: `tokenCount`, `cookieDomain`.
#[rustfmt::skip]
const HARMLESS_AFTER: [&str; 40] = [
    "age", "budget", "consent", "count", "dir", "directory", "domain", "endpoint", "expired", "expires", "expiry",
    "expiration", "field", "file", "filename", "format", "index", "length", "lifetime", "limit", "max", "min", "name",
    "path", "policy", "prompt", "required", "requirements", "rotation", "rules", "server", "status", "stdin",
    "strength", "ttl", "type", "uri", "url", "usage", "version",
];

/// Words before `token` that make it a part of a grammar, the place in a list, or the mark of a progress.
#[rustfmt::skip]
const HARMLESS_BEFORE_TOKEN: [&str; 12] = [
    "continuation", "expected", "illegal", "lexer", "next", "page", "progress", "stray", "syntax", "unexpected",
    "unknown", "unrecognized",
];

/// Words at the beginning of a key that make it a question: `hasPassword`.
const QUESTIONS: [&str; 5] = ["has", "is", "needs", "no", "requires"];

/// The words with which the name of a stack trace ends.
const STACK_TRACES: [&[&str]; 5] =
    [&["stacktrace"], &["stack", "trace"], &["backtrace"], &["back", "trace"], &["traceback"]];

/// Tells whether a key, split at case and separators, names a secret.
pub(super) fn names_secret(key: &str) -> bool {
    if !has_secret_letters(key) {
        return false;
    }
    let is_question = words(key).next().is_some_and(|word| is_one_of(word, &QUESTIONS));
    !is_question && holds_secret_word(key)
}

/// Tells whether a key has the letters that each of the words has one of, so that most keys need no closer look.
fn has_secret_letters(key: &str) -> bool {
    let mut before = 0;
    key.bytes().any(|byte| {
        let byte = byte.to_ascii_lowercase();
        let is_pair = matches!((before, byte), (b's', b's') | (b'c', b'r'));
        before = byte;
        is_pair || matches!(byte, b'k' | b'z')
    })
}

/// Tells whether one of the words of a name is a secret's, and its neighbours do not make it harmless.
fn holds_secret_word(name: &str) -> bool {
    let mut rest = words(name);
    let mut before = "";
    loop {
        let mut after = rest.clone();
        let Some(word) = rest.next() else { return false };
        if let Some(length) = secret_words(after.clone()) {
            let next = after.nth(length).unwrap_or_default();
            let is_harmless = is_one_of(next, &HARMLESS_AFTER)
                || (word.eq_ignore_ascii_case("token") && makes_token_harmless(before));
            if !is_harmless {
                return true;
            }
        }
        before = word;
    }
}

/// Tells whether a word before `token` makes it no secret.
pub(super) fn makes_token_harmless(word: &str) -> bool {
    is_one_of(word, &HARMLESS_BEFORE_TOKEN)
}

/// How many words at the beginning are those of a secret. A number and a plural are the same word: `password2`, `cookies`.
fn secret_words<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
    let first = singular(words.clone().next()?);
    let listed = SECRET_WORDS.iter().find(|secret| match secret {
        [one] => first.eq_ignore_ascii_case(one),
        several => begins_with(words.clone().map(singular_key), several),
    });
    let ends = || SECRET_ENDINGS.iter().any(|own| ends_alike(first, own)).then_some(1);
    listed.map(|words| words.len()).or_else(ends)
}

/// Takes the number and the plural from a word. `tokens` stays what it is.
fn singular(word: &str) -> &str {
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    match word.strip_suffix(['s', 'S']) {
        Some(one) if !ends_alike(one, "token") => one,
        _ => word,
    }
}

/// `keys` is `key` where it stands behind `api` and `private`.
fn singular_key(word: &str) -> &str {
    let one = singular(word);
    if one.eq_ignore_ascii_case("key") { one } else { word }
}

/// Tells whether a name says a password, which is a secret whatever stands around it.
pub(super) fn names_password(name: &str) -> bool {
    words(name).map(singular).any(|word| ["password", "passwd", "passphrase"].iter().any(|own| ends_alike(word, own)))
}

/// Tells whether a name is a single word, as it stands in prose.
pub(super) fn is_one_word(name: &str) -> bool {
    words(name).count() == 1
}

/// Tells whether a name is that of a header whose value goes on to the end of the line.
pub(super) fn is_header(name: &str) -> bool {
    is_one_of(name, &["authorization", "cookie", "proxy-authorization", "set-cookie"])
}

/// Tells whether a key names a stack trace.
pub(crate) fn names_stack_trace(key: &str) -> bool {
    let last = key.trim_end_matches(|c: char| !c.is_alphanumeric()).bytes().last();
    if !last.is_some_and(|byte| matches!(byte, b'e' | b'E' | b'k' | b'K')) {
        return false;
    }
    let is = |name: &[&str]| begins_with(words(key), name) && words(key).count() == name.len();
    is(&["stack"]) || STACK_TRACES.iter().any(|name| ends_with(key, name))
}

/// Tells whether a word is listed, whatever its case.
pub(super) fn is_one_of(word: &str, listed: &[&str]) -> bool {
    listed.iter().any(|own| word.eq_ignore_ascii_case(own))
}

/// Tells whether a word ends with another, whatever their case.
pub(super) fn ends_alike(word: &str, end: &str) -> bool {
    let start = word.len().checked_sub(end.len());
    start.and_then(|start| word.get(start..)).is_some_and(|own| own.eq_ignore_ascii_case(end))
}

/// Tells whether words begin with other words, whatever their case.
fn begins_with<'a>(mut words: impl Iterator<Item = &'a str>, wanted: &[&str]) -> bool {
    wanted.iter().all(|own| words.next().is_some_and(|word| word.eq_ignore_ascii_case(own)))
}

fn ends_with(key: &str, wanted: &[&str]) -> bool {
    let before = words(key).count().checked_sub(wanted.len());
    before.is_some_and(|before| begins_with(words(key).skip(before), wanted))
}

/// Tells whether a character is part of a name in most languages.
pub(super) fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Splits a key into words: at separators, and where a small letter or a digit meets a capital one. Several capitals are
/// one word, save for the last before a small letter.
fn words(key: &str) -> impl Iterator<Item = &str> + Clone {
    let end = key.char_indices().nth(LONGEST_TEXT).map_or(key.len(), |(end, _)| end);
    let mut rest = &key[..end];
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut characters = rest.chars();
        let mut previous = characters.next()?;
        let mut end = previous.len_utf8();
        while let Some(c) = characters.next() {
            let next_is_small = characters.clone().next().is_some_and(char::is_lowercase);
            if !c.is_alphanumeric() || (c.is_uppercase() && (!previous.is_uppercase() || next_is_small)) {
                break;
            }
            previous = c;
            end += c.len_utf8();
        }
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}
