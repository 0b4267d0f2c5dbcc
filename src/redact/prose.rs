//! What stands behind a secret's name in prose and in code, and is no secret.

use super::REDACTED;
use super::name::{ends_alike, is_name, is_one_of, names_password, names_secret};

/// The words with which prose goes on: `password: must be longer`, and those that a type or a state is called by.
#[rustfmt::skip]
const PROSE: &[&str] = &[
    // Small words.
    "a", "about", "after", "all", "already", "also", "an", "and", "any", "are", "as", "at", "be", "because", "been",
    "before", "but", "by", "can", "cannot", "could", "did", "do", "does", "during", "each", "either", "every", "for",
    "from", "had", "has", "have", "how", "if", "in", "is", "it", "its", "last", "later", "less", "may", "more",
    "must", "no", "not", "of", "on", "one", "only", "or", "our", "please", "same", "shall", "should", "some", "such",
    "than", "that", "the", "their", "there", "these", "this", "those", "to", "too", "two", "use", "was", "we",
    "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "without", "would", "you", "your",
    // What is wrong, and what was wanted.
    "absent", "accepted", "allowed", "bad", "denied", "disabled", "empty", "enabled", "expected", "expired",
    "failed", "forbidden", "found", "got", "hidden", "incorrect", "invalid", "least", "length", "malformed", "maximum",
    "minimum", "mismatch", "missing", "optional", "present", "redacted", "refused", "rejected", "required", "revoked",
    "try", "unauthorized", "unknown", "unset", "valid", "value", "wrong",
    // What to type, and what is typed.
    "argument", "field", "flag", "option", "parameter",
    // Types.
    "array", "bool", "boolean", "buffer", "bytes", "int", "integer", "number", "object", "str", "string",
    "void",
];

/// What stands for nothing. It is no secret in quotes either.
const NOTHING: [&str; 8] = ["false", "n/a", "nil", "none", "null", "redacted", "true", "undefined"];

/// What stands in brackets in the place of a secret that another program took out.
const TAKEN_OUT: [&str; 5] = ["filtered", "hidden", "masked", "redacted", "removed"];

/// The types that hold another.
const GENERIC: [&str; 18] = [
    "Arc",
    "Array",
    "Box",
    "Cow",
    "HashMap",
    "HashSet",
    "List",
    "Map",
    "Option",
    "Partial",
    "Promise",
    "Rc",
    "Record",
    "Result",
    "Secret",
    "SecretBox",
    "Set",
    "Vec",
];

/// A placeholder is no longer than this.
const LONGEST: usize = 64;

/// Tells whether the first word of a text is one with which prose goes on, or stands for nothing.
pub(super) fn is_prose(text: &str) -> bool {
    // `[u8; 32]` and `*const str` are types too.
    let text = text.trim_start_matches(['[', '(', '*']);
    let word = &text[..text.find(|c| !is_name(c) && !"-/".contains(c)).unwrap_or(text.len())];
    let after = text[word.len()..].trim_start_matches(['.', ':', '!', '?', '[', '|']);
    let ends_quote = after.starts_with(['"', '\'', '`']) && !after[1..].starts_with(is_name);
    let ends = after.is_empty() || ends_quote || after.starts_with(|c: char| c.is_whitespace() || ",;)]}".contains(c));
    ends && (is_one_of(word, PROSE) || is_one_of(word, &NOTHING) || is_number_type(word))
}

/// Tells whether a text begins with two words in small letters: `permission denied`.
pub(super) fn is_sentence(text: &str) -> bool {
    let word = |text: &str| text.bytes().take(LONGEST).take_while(u8::is_ascii_lowercase).count();
    let first = word(text);
    let Some(rest) = text[first..].strip_prefix(' ') else { return false };
    let after = &rest[word(rest)..];
    let ends = after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || ".,;!?)".contains(c));
    first > 0 && after.len() < rest.len() && ends
}

fn is_number_type(word: &str) -> bool {
    let bits = word.strip_prefix(['u', 'i', 'f']);
    bits.is_some_and(|bits| is_one_of(bits, &["8", "16", "32", "64", "128", "size"]))
}

/// Tells whether a value is none: nothing, a row of stars, or a placeholder that is to be filled.
pub(super) fn is_placeholder(value: &str) -> bool {
    if value.len() > LONGEST {
        return value.starts_with(REDACTED);
    }
    // What stands around the mark of a redaction was looked at when the mark was set.
    if is_one_of(value, &NOTHING) || value.contains(REDACTED.trim_end_matches(']')) {
        return true;
    }
    let mut characters = value.chars();
    let is_row = characters.next().is_none_or(|first| !first.is_alphanumeric() && characters.all(|c| c == first));
    is_row || is_format(value) || is_variable(value) || bracketed(value) == Some(value.len())
}

/// Tells whether a text begins with a placeholder in brackets.
pub(super) fn starts_with_placeholder(text: &str) -> bool {
    bracketed(text).is_some_and(|end| !text[end..].starts_with(is_name))
}

/// `%s` and the like.
fn is_format(value: &str) -> bool {
    matches!(value, "%s" | "%d" | "%v" | "%q" | "{}" | "{:?}")
}

/// `$PASSWORD`, `:password`, `@password`, `your-token`.
fn is_variable(value: &str) -> bool {
    let is_upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let is_yours = value.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("your"));
    match (value.strip_prefix('$'), value.strip_prefix([':', '@'])) {
        (Some(name), _) => name.chars().all(is_name) && (name.chars().all(is_upper) || names_secret(name)),
        (_, Some(name)) => name.chars().all(is_name) && names_secret(name),
        _ => is_yours && value[4..].starts_with(['_', '-', ' ']) && names_secret(value),
    }
}

/// Where `{password}`, `<your value>`, `${{ secrets.TOKEN }}`, `%TOKEN%` or `[hidden]` ends.
fn bracketed(text: &str) -> Option<usize> {
    let opened = text.trim_start_matches('$').trim_start_matches(['{', '<', '%', '[']);
    let closing = match text[..text.len() - opened.len()].bytes().last()? {
        b'{' => '}',
        b'<' => '>',
        b'[' => ']',
        b'%' => '%',
        _ => return None,
    };
    let is_inner = |c: char| c.is_ascii_alphabetic() || "_ -.|:?".contains(c);
    let closed = opened.trim_start_matches(is_inner);
    let end = closed.trim_start_matches(closing);
    let length = opened.len() - closed.len();
    let is_closed = (1..=LONGEST).contains(&length) && end.len() < closed.len();
    let inner = opened[..length].trim();
    let is_hint = closing == '>'
        || names_secret(inner)
        || is_one_of(inner, &TAKEN_OUT)
        || inner.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    (is_closed && is_hint).then_some(text.len() - end.len())
}

/// Tells whether a value behind a name is code: a call, a path, a type, or the same name again.
pub(super) fn is_code(name: &str, value: &str) -> bool {
    let is_path = |c: char| is_name(c) || c == '.' || c == ':';
    let (path, after) = value.split_at(value.find(|c| !is_path(c)).unwrap_or(value.len()));
    let starts = path.starts_with(|c: char| c.is_ascii_alphabetic());
    if path.len() > LONGEST || !starts || path.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_capital = path.starts_with(|c: char| c.is_ascii_uppercase());
    let ends_alike = ends_alike(path, name);
    let is_type = is_capital
        && (path.contains("::")
            || ["Buf", "Header", "Kind", "String", "Type", "Value"].iter().any(|end| path.ends_with(end))
            || (ends_alike && !names_password(name)));
    let is_whole = after.is_empty() || after == "?";
    let is_same = path.len() == name.len() && ends_alike;
    let is_generic = after.starts_with('<') && (after.ends_with('>') || GENERIC.contains(&path));
    (after.starts_with('(') && !is_capital)
        || (is_capital && is_generic)
        || (is_whole && (is_same || is_type || (path.contains('.') && names_secret(path))))
}
