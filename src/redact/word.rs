//! Words in prose and in programs.

use super::run::leading;

/// Returns whether a short lower-case word, followed by a space or the end of the text, starts at the given position.
pub(super) fn begins_word(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at.min(bytes.len())..];
    let length = leading(rest, 16, |byte| byte.is_ascii_lowercase());
    (1..16).contains(&length) && matches!(rest.get(length), None | Some(b' ' | b'\n'))
}

/// Returns whether a string consists of words separated by spaces.
pub(super) fn words_only(text: &str) -> bool {
    !text.is_empty() && text.split([' ', '\t']).all(|word| word.is_empty() || is_word(word))
}

/// Returns whether a string is a word, or several words joined as programs join them: `db-creds`, `net/http`,
/// `hashedPassword`, `can't`.
pub(super) fn is_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| {
        matches!(
            c,
            ',' | '.' | ';' | ':' | '!' | '?' | '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}'
        )
    });
    if word.is_empty() || word.len() > 64 {
        return word.is_empty();
    }
    let mut parts = word.split(['-', '_', '/', '.', '\'', ':', '|', '+', '\\', ',', '=', '&']);
    parts.all(|part| {
        part.is_empty()
            || is_single_word(part)
            || (word.len() > part.len() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    })
}

/// Returns whether a string is a single word: its letters have one case, or a capital at the start of each part.
fn is_single_word(part: &str) -> bool {
    if !part.is_ascii() {
        return part.chars().all(char::is_alphabetic);
    }
    let bytes = part.as_bytes();
    if !bytes.iter().all(u8::is_ascii_alphabetic) {
        return false;
    }
    let lower = bytes.iter().filter(|byte| byte.is_ascii_lowercase()).count();
    let upper = bytes.len() - lower;
    if upper == 0 {
        return true;
    }
    if lower == 0 || (lower == 1 && bytes.ends_with(b"s")) {
        return true;
    }
    // The words have at least 2.6 letters on average, and all but the first start with a capital.
    let starts =
        bytes.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count() + 1;
    let capital_runs =
        bytes.windows(2).filter(|pair| pair[0].is_ascii_uppercase() && pair[1].is_ascii_uppercase()).count();
    (capital_runs <= 3 && 10 * bytes.len() >= 26 * starts && starts <= 8 && capital_runs <= starts) || bytes.len() <= 3
}
