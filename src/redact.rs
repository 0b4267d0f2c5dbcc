//! Keeps secrets, payloads and stack traces out of what an error shows.

use std::borrow::Cow;

use serde_json::Value;

/// What stands in the place of a secret.
const REDACTED: &str = "[redacted]";

/// A text is cut behind this many characters.
const LONGEST_TEXT: usize = 1_000;

/// A value nested deeper than this is left out.
const DEEPEST: usize = 64;

/// The words whose presence in a key makes its value a secret. A word that is written as several counts too: `api_key`.
const SECRET_WORDS: [&[&str]; 13] = [
    &["password"],
    &["passwords"],
    &["passwd"],
    &["passphrase"],
    &["secret"],
    &["secrets"],
    &["token"],
    &["authorization"],
    &["apikey"],
    &["api", "key"],
    &["cookie"],
    &["private", "key"],
    &["privatekey"],
];

/// Words behind `token` that make it a count or a name, and no secret.
const HARMLESS_AFTER_TOKEN: [&str; 6] = ["count", "limit", "type", "usage", "budget", "index"];

/// How a text or a value is made fit to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keys {
    /// The value of a key that names a secret is a secret.
    Judged,
    /// Only the value itself is looked at.
    Trusted,
}

/// Makes a value fit to be shown under a key.
pub(crate) fn value(key: &str, mut value: Value, keys: Keys) -> Value {
    if keys == Keys::Judged && names_secret(key) && !value.is_null() {
        return Value::String(REDACTED.to_owned());
    }
    clean(&mut value, keys, 0);
    value
}

fn clean(value: &mut Value, keys: Keys, depth: usize) {
    if depth > DEEPEST {
        *value = Value::String("[nested too deep]".to_owned());
        return;
    }
    match value {
        Value::String(own) => {
            if let Cow::Owned(cleaned) = text(own) {
                *own = cleaned;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| clean(item, keys, depth + 1)),
        Value::Object(map) => {
            let unsafe_keys: Vec<String> =
                map.keys().filter(|key| matches!(text(key), Cow::Owned(_))).cloned().collect();
            for key in unsafe_keys {
                if let Some(item) = map.remove(&key) {
                    map.insert(text(&key).into_owned(), item);
                }
            }
            for (key, item) in map.iter_mut() {
                match keys == Keys::Judged && names_secret(key) && !item.is_null() {
                    true => *item = Value::String(REDACTED.to_owned()),
                    false => clean(item, keys, depth + 1),
                }
            }
        }
        _ => {}
    }
}

/// Takes the stack traces out of the values within a value.
pub(crate) fn drop_stack_traces(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_stack_traces),
        Value::Object(map) => {
            map.retain(|key, _| !names_stack_trace(key));
            map.values_mut().for_each(drop_stack_traces);
        }
        _ => {}
    }
}

/// Tells whether a key names a stack trace.
pub(crate) fn names_stack_trace(key: &str) -> bool {
    let is = |name: &[&str]| begins_with(words(key), name) && words(key).count() == name.len();
    is(&["stack"]) || STACK_TRACES.iter().any(|name| ends_with(key, name))
}

/// The words with which the name of a stack trace ends.
const STACK_TRACES: [&[&str]; 5] =
    [&["stacktrace"], &["stack", "trace"], &["backtrace"], &["back", "trace"], &["traceback"]];

/// Tells whether a key, split at case and separators, names a secret.
pub(crate) fn names_secret(key: &str) -> bool {
    let mut rest = words(key);
    loop {
        let here = rest.clone();
        let Some(word) = rest.next() else { return false };
        let is_harmless = word.eq_ignore_ascii_case("token")
            && HARMLESS_AFTER_TOKEN.iter().any(|next| begins_with(rest.clone(), &[next]));
        if !is_harmless && SECRET_WORDS.iter().any(|secret| begins_with(here.clone(), secret)) {
            return true;
        }
    }
}

/// Tells whether words begin with other words, whatever their case.
fn begins_with<'a>(mut words: impl Iterator<Item = &'a str>, wanted: &[&str]) -> bool {
    wanted.iter().all(|own| words.next().is_some_and(|word| word.eq_ignore_ascii_case(own)))
}

fn ends_with(key: &str, wanted: &[&str]) -> bool {
    let before = words(key).count().checked_sub(wanted.len());
    before.is_some_and(|before| begins_with(words(key).skip(before), wanted))
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

/// Makes a text fit to be shown: secrets are taken out, and what is too long is cut.
///
/// A text that needs nothing comes back as it is, and so does one that was made fit before. What is read behind the cut
/// is no more than it takes to see where a secret ends.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    let (body, left_out) = without_mark(text);
    let mut cleaned = String::new();
    // How far the body is in `cleaned`, how far it was read, and how many characters it shows so far.
    let (mut taken, mut at, mut length) = (0, 0, 0);
    let cut = loop {
        let Some(c) = body[at..].chars().next() else { break None };
        // Every secret begins at a word, at a colon or where another one ended.
        let begins = at == taken || c == ':' || !body[..at].ends_with(is_name);
        if begins && let Some((start, end)) = secret_at(&body[at..]) {
            let (start, end) = (at + start, at + end);
            let before = body[at..start].chars().count();
            if length + before + REDACTED.len() > LONGEST_TEXT {
                let room = (LONGEST_TEXT - length).min(before);
                break Some(at + body[at..].chars().take(room).map(char::len_utf8).sum::<usize>());
            }
            cleaned.push_str(&body[taken..start]);
            cleaned.push_str(REDACTED);
            length += before + REDACTED.len();
            (taken, at) = (end, end);
        } else if length == LONGEST_TEXT {
            break Some(at);
        } else {
            length += 1;
            at += c.len_utf8();
        }
    };
    if cut.is_none() && cleaned.is_empty() {
        return Cow::Borrowed(text);
    }
    cleaned.push_str(&body[taken..cut.unwrap_or(body.len())]);
    match cut {
        Some(cut) => {
            let more = body[cut..].chars().count().saturating_add(left_out.unwrap_or(0));
            cleaned.push_str(&format!("… [{more} more]"));
        }
        // The mark that the text had.
        None => cleaned.push_str(&text[body.len()..]),
    }
    Cow::Owned(cleaned)
}

/// Splits a text that was cut before from the mark that says how much was left out.
fn without_mark(text: &str) -> (&str, Option<usize>) {
    let marked = text.strip_suffix(" more]").and_then(|text| text.rsplit_once("… ["));
    match marked.and_then(|(body, count)| Some((body, count.parse().ok()?))) {
        Some((body, left_out)) => (body, Some(left_out)),
        None => (text, None),
    }
}

/// A secret that is known by how it begins.
struct Shape {
    prefix: &'static str,
    /// How many characters follow at the least.
    shortest: usize,
    /// Which characters it is made of.
    is_part: fn(char) -> bool,
}

const fn shape(prefix: &'static str, shortest: usize, is_part: fn(char) -> bool) -> Shape {
    Shape { prefix, shortest, is_part }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

fn is_upper(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit()
}

fn is_token(c: char) -> bool {
    is_word(c) || matches!(c, '.' | '+' | '/' | '=' | '~')
}

/// The secrets that are known by how they begin: keys of clouds, forges and model providers, tokens, bearer headers.
const SHAPES: [Shape; 27] = [
    shape("AKIA", 16, is_upper),
    shape("ASIA", 16, is_upper),
    shape("AIza", 30, is_word),
    shape("ya29.", 20, is_token),
    shape("ghp_", 30, is_word),
    shape("gho_", 30, is_word),
    shape("ghu_", 30, is_word),
    shape("ghs_", 30, is_word),
    shape("ghr_", 30, is_word),
    shape("github_pat_", 20, is_word),
    shape("glpat-", 16, is_word),
    shape("xoxb-", 10, is_word),
    shape("xoxp-", 10, is_word),
    shape("xoxa-", 10, is_word),
    shape("xoxs-", 10, is_word),
    shape("xapp-", 10, is_word),
    shape("sk-", 18, is_word),
    shape("sk_live_", 12, is_word),
    shape("rk_live_", 12, is_word),
    shape("sk_test_", 12, is_word),
    shape("whsec_", 16, is_word),
    shape("npm_", 30, is_word),
    shape("pypi-", 30, is_word),
    shape("hf_", 24, is_word),
    shape("SG.", 30, is_token),
    shape("dop_v1_", 30, is_word),
    shape("eyJ", 30, is_token),
];

/// The words behind which, with a space between, a secret follows in a header.
const SCHEMES: [&str; 2] = ["bearer ", "basic "];

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Finds the secret that the beginning of a text announces: where it begins and ends.
fn secret_at(rest: &str) -> Option<(usize, usize)> {
    for shape in &SHAPES {
        if let Some(body) = rest.strip_prefix(shape.prefix) {
            let length = body.find(|c| !(shape.is_part)(c)).unwrap_or(body.len());
            if length >= shape.shortest {
                return Some((0, shape.prefix.len() + length));
            }
        }
    }
    let found = pem_block(rest).or_else(|| scheme(rest)).or_else(|| user_info(rest)).or_else(|| assignment(rest));
    found.filter(|(start, end)| start < end)
}

/// `-----BEGIN … PRIVATE KEY-----` up to its end, or the end of the text.
fn pem_block(rest: &str) -> Option<(usize, usize)> {
    let head = rest.strip_prefix("-----BEGIN ")?;
    let label = &head[..head.find("-----")?];
    if !label.ends_with("PRIVATE KEY") {
        return None;
    }
    let closing = "-----END ";
    let end = rest.find(closing).map_or(rest.len(), |end| {
        let tail = &rest[end + closing.len()..];
        tail.find("-----").map_or(rest.len(), |close| end + closing.len() + close + "-----".len())
    });
    Some((0, end))
}

/// What follows `Bearer ` or `Basic `, where it is long enough to be no word of prose.
fn scheme(rest: &str) -> Option<(usize, usize)> {
    for word in SCHEMES {
        if rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)) {
            let body = &rest[word.len()..];
            let length = body.find(|c| !is_token(c)).unwrap_or(body.len());
            let is_secret = length >= 16 || (length >= 8 && body[..length].contains(|c: char| c.is_ascii_digit()));
            return is_secret.then_some((word.len(), word.len() + length));
        }
    }
    None
}

/// The password in `://user:password@host`.
fn user_info(rest: &str) -> Option<(usize, usize)> {
    let after = rest.strip_prefix("://")?;
    let authority =
        &after[..after.find(|c: char| c == '/' || c == '?' || c == '#' || c.is_whitespace()).unwrap_or(after.len())];
    let info = &authority[..authority.rfind('@')?];
    let password = info.find(':')? + 1;
    Some(("://".len() + password, "://".len() + info.len()))
}

/// The value in `password=value`, `"password": "value"`, `Cookie: value`.
fn assignment(rest: &str) -> Option<(usize, usize)> {
    let name_end =
        rest.bytes().take(LONGEST_NAME + 1).take_while(|b| b.is_ascii_alphanumeric() || b"_-".contains(b)).count();
    let name = &rest[..name_end];
    if name.is_empty() || name.len() > LONGEST_NAME {
        return None;
    }
    let after = rest[name_end..].trim_start_matches(['"', '\'', ' ', '\\']);
    let is_header = after.starts_with(':');
    let value = after.strip_prefix(['=', ':'])?;
    if !names_secret(name) {
        return None;
    }
    let value = value.trim_start_matches([' ', '\t']);
    let start = rest.len() - value.len();
    let value_end = match value.trim_start_matches('\\').chars().next()? {
        quote @ ('"' | '\'') => {
            let backslashes = value.find(quote)?;
            let inner = backslashes + 1;
            let close = closing_quote(&value[inner..], quote, backslashes).unwrap_or(value.len() - inner);
            return (close > 0).then_some((start + inner, start + inner + close));
        }
        _ if is_header && is_header_name(name) => value.find(['\n', '\r']).unwrap_or(value.len()),
        _ => value
            .find(|c: char| c.is_whitespace() || matches!(c, '&' | ',' | ';' | '"' | '\'' | ')' | '}' | ']'))
            .unwrap_or(value.len()),
    };
    let is_placeholder = value.starts_with(REDACTED) || value.starts_with(['{', '<', '$']);
    // `token: expected` is prose; what follows a colon without quotes is a secret only where it looks like one.
    let looks_secret = !is_header
        || is_header_name(name)
        || value[..value_end].contains(|c: char| c.is_ascii_digit())
        || names_password(name);
    (value_end > 0 && !is_placeholder && looks_secret).then_some((start, start + value_end))
}

/// A longer name before `=` or `:` is none.
const LONGEST_NAME: usize = 64;

/// Finds the quote that ends a quoted text. One behind more backslashes than the opening one had is part of the text.
fn closing_quote(inner: &str, quote: char, backslashes: usize) -> Option<usize> {
    let mut run = 0;
    for (at, c) in inner.char_indices() {
        match c {
            '\\' => run += 1,
            c if c == quote && (run <= backslashes || run % 2 == 0) => return Some(at - run.min(backslashes)),
            _ => run = 0,
        }
    }
    None
}

fn is_header_name(name: &str) -> bool {
    ["authorization", "cookie", "set-cookie", "proxy-authorization"]
        .iter()
        .any(|header| name.eq_ignore_ascii_case(header))
}

fn names_password(name: &str) -> bool {
    words(name).any(|word| ["password", "passwd", "passphrase"].iter().any(|own| word.eq_ignore_ascii_case(own)))
}
