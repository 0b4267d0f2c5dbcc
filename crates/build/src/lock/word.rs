//! The words in a line of a lock.

/// The word for an absent value.
pub(crate) const NOTHING: &str = "-";

/// Writes a list as one word.
pub(crate) fn word_of(items: impl IntoIterator<Item = String>, separator: &str) -> String {
    let items: Vec<_> = items.into_iter().collect();
    if items.is_empty() { NOTHING.to_owned() } else { items.join(separator) }
}

/// Splits the word of a list.
pub(crate) fn items(word: &str, separator: char) -> impl Iterator<Item = &str> {
    word.split(separator).filter(move |_| word != NOTHING)
}

/// Escapes a text so that it can be part of a word: separators of words and items become `%` and two digits, as in URLs.
pub(crate) fn escaped(text: &str) -> String {
    let mut word = String::new();
    for c in text.chars() {
        let is_separator = c.is_whitespace() || c.is_control() || "%,;():".contains(c);
        match is_separator || text == NOTHING {
            true => c.to_string().bytes().for_each(|byte| word += &format!("%{byte:02X}")),
            false => word.push(c),
        }
    }
    word
}

/// Reverses [`escaped`].
pub(crate) fn unescaped(word: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = word.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}
