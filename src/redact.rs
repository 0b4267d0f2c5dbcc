//! Keeps secrets, payloads and stack traces out of what an error shows.

mod label;
mod name;
mod prose;
mod shape;
mod structure;

use std::borrow::Cow;
use std::ops::Range;

use serde_json::{Map, Value};

pub(crate) use name::names_stack_trace;
use name::{is_header, is_name, names_secret};

/// What stands in the place of a secret.
const REDACTED: &str = "[redacted]";

/// A text is cut behind this many characters.
const LONGEST_TEXT: usize = 1_000;

/// A value nested deeper than this is left out.
const DEEPEST: usize = 64;

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
    if keys == Keys::Judged && !value.is_null() && names_secret(key) {
        return redacted();
    }
    clean(&mut value, keys, 0);
    value
}

fn redacted() -> Value {
    Value::String(REDACTED.to_owned())
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
        Value::Array(items) => {
            redact_arguments(items);
            items.iter_mut().for_each(|item| clean(item, keys, depth + 1));
        }
        Value::Object(map) => {
            redact_keys(map);
            if keys == Keys::Judged {
                redact_pair(map);
            }
            for (key, item) in map.iter_mut() {
                match keys == Keys::Judged && !item.is_null() && names_secret(key) {
                    true => *item = redacted(),
                    false => clean(item, keys, depth + 1),
                }
            }
        }
        _ => {}
    }
}

/// Redacts the keys that hold a secret themselves.
fn redact_keys(map: &mut Map<String, Value>) {
    let unsafe_keys: Vec<String> = map.keys().filter(|key| matches!(text(key), Cow::Owned(_))).cloned().collect();
    for key in unsafe_keys {
        if let Some(item) = map.remove(&key) {
            map.insert(text(&key).into_owned(), item);
        }
    }
}

/// Redacts the value of a pair that is written as `{"name": "password", "value": ..}`.
fn redact_pair(map: &mut Map<String, Value>) {
    let names = ["name", "key"].iter().filter_map(|own| map.get(*own)?.as_str());
    if names.into_iter().any(names_secret)
        && let Some(item) = map.get_mut("value").filter(|item| !item.is_null())
    {
        *item = redacted();
    }
}

/// Redacts what follows `--password` in the arguments of a command, and the value of a header that is a list of two.
fn redact_arguments(items: &mut [Value]) {
    if let [Value::String(name), value @ Value::String(_)] = items
        && (is_header(name) || (name.starts_with(['x', 'X']) && name.contains('-') && names_secret(name)))
    {
        *value = redacted();
    }
    let is_flag = |item: &Value| item.as_str().and_then(|text| text.strip_prefix("--")).is_some_and(names_secret);
    for at in 1..items.len() {
        if is_flag(&items[at - 1]) && items[at].as_str().is_some_and(|text| !text.starts_with('-')) {
            items[at] = redacted();
        }
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

/// Makes a text fit to be shown: secrets are taken out, and what is too long is cut.
///
/// A text that needs nothing comes back as it is, and so does one that was made fit before. What is read behind the cut
/// is no more than it takes to see where a secret ends.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    let Some(mut cleaned) = cleaned_once(text) else { return Cow::Borrowed(text) };
    // What was taken out or cut can show the rest in another light.
    for _ in 0..MOST_PASSES {
        let Some(next) = cleaned_once(&cleaned) else { break };
        cleaned = next;
    }
    Cow::Owned(cleaned)
}

/// Makes a text fit to be shown, as [`text`] does, and keeps it.
pub(crate) fn kept_text(own: Cow<'static, str>) -> Cow<'static, str> {
    match own {
        Cow::Borrowed(own) => text(own),
        Cow::Owned(own) => match text(&own) {
            Cow::Owned(cleaned) => Cow::Owned(cleaned),
            Cow::Borrowed(_) => Cow::Owned(own),
        },
    }
}

/// How often a text is looked at again.
const MOST_PASSES: usize = 8;

/// Takes out the secrets of a text and cuts it; none where there is nothing to do.
fn cleaned_once(text: &str) -> Option<String> {
    let (body, left_out) = without_mark(text);
    let mut cleaned = String::new();
    // How far the body is in `cleaned`, and how many characters that shows.
    let (mut taken, mut shown) = (0, 0);
    let cut = loop {
        let room = end_of(&body[taken..], LONGEST_TEXT - shown);
        let Some(secret) = next_secret(&body[taken..], room) else {
            break Some(taken + room).filter(|cut| *cut < body.len());
        };
        let before = &body[taken..taken + secret.start.min(room)];
        let length = shown + before.chars().count() + REDACTED.len();
        if secret.start > room || length > LONGEST_TEXT {
            break Some(taken + before.len());
        }
        cleaned.push_str(before);
        cleaned.push_str(REDACTED);
        taken += secret.end;
        shown = length;
    };
    if cut.is_none() && cleaned.is_empty() {
        return None;
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
    Some(cleaned)
}

/// Where so many characters end, or the text.
fn end_of(text: &str, characters: usize) -> usize {
    match text.len() <= characters {
        true => text.len(),
        false => text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at),
    }
}

/// Finds the first secret that is announced before a place.
fn next_secret(body: &str, room: usize) -> Option<Range<usize>> {
    let bytes = body.as_bytes();
    // The last byte alone announces nothing.
    let watched = &bytes[..bytes.len().min(room + 1)];
    let mut from = 0;
    // Most texts announce nothing, so that the search for what may does little else.
    while let Some(found) = shape::first_watched(&watched[from..]) {
        let at = from + found;
        let secret = match bytes[at] {
            b':' | b'=' | b'>' => label::secret_behind(&body[..at], &body[at..]),
            b'%' => label::encoded(&body[..at], &body[at..]),
            b'-' => structure::private_key(&body[at..]).or_else(|| label::flag(&body[at..])),
            _ if begins(&body[..at]) => shape::secret(&body[at..]).or_else(|| structure::credentials(&body[at..])),
            _ => None,
        };
        let secret = secret.map(|secret| at + secret.start..at + secret.end);
        if let Some(secret) = secret.filter(|secret| !secret.is_empty() && &body[secret.clone()] != REDACTED) {
            return Some(secret);
        }
        from = at + 1;
    }
    None
}

/// Tells whether a word begins behind this text. It does behind `\n` and `%20` too, as JSON and URLs write them.
fn begins(before: &str) -> bool {
    let escaped = |run: &[u8]| {
        matches!(run, [.., b'\\', b'n' | b'r' | b't'])
            || matches!(run, [.., b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
    };
    !before.as_bytes().last().is_some_and(|byte| is_name(char::from(*byte))) || escaped(before.as_bytes())
}

/// Splits a text that was cut before from the mark that says how much was left out.
fn without_mark(text: &str) -> (&str, Option<usize>) {
    let marked = text.strip_suffix(" more]").and_then(|text| text.rsplit_once("… ["));
    match marked.and_then(|(body, count)| Some((body, count.parse().ok()?))) {
        Some((body, left_out)) => (body, Some(left_out)),
        None => (text, None),
    }
}
