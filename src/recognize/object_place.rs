use std::ops::Range;

use crate::recognize::value::Node;

/// Where an object starts.
pub(crate) struct ObjectPlace {
    /// Where the object or its name starts.
    pub(crate) start: usize,
    pub(crate) bracket: usize,
}

/// Finds the next position where an object, a call or a list of objects may start.
pub(crate) fn next_object(text: &str, from: usize, end: usize) -> Option<ObjectPlace> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < end {
        let bracket = at + memchr::memchr3(b'{', b'(', b'[', &bytes[at..end])?;
        at = bracket + 1;
        let mut name = bracket;
        if bytes[bracket] == b'{' && name > from && bytes[name - 1] == b' ' {
            name -= 1;
        }
        let name_end = name;
        while name > from && (bytes[name - 1].is_ascii_alphanumeric() || matches!(bytes[name - 1], b'_' | b'.' | b':'))
        {
            name -= 1;
        }
        while name < name_end && matches!(bytes[name], b':' | b'.') {
            name += 1;
        }
        let has_name = name < name_end && bytes[name..name_end].iter().any(u8::is_ascii_uppercase);
        let next = bytes[at..end].iter().copied().find(|byte| !byte.is_ascii_whitespace());
        let starts_key = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'"' | b'\'' | b':' | b'&');
        let is_object = match bytes[bracket] {
            b'{' => next.is_some_and(|next| starts_key(next) || next == b'}'),
            b'(' => has_name && next.is_some_and(|next| starts_key(next) || matches!(next, b'{' | b'[')),
            _ if has_name => next.is_some_and(starts_key),
            _ => matches!(next, Some(b'{' | b'[')),
        };
        if is_object {
            return Some(ObjectPlace { start: if has_name { name } else { bracket }, bracket });
        }
    }
    None
}

/// Returns whether a value is a list or an object that a signature may describe, rather than a word in braces.
pub(crate) fn is_shape(node: &Node) -> bool {
    match node.as_array() {
        Some(values) => values.first().is_some_and(|first| first.as_object().is_some()),
        None => false,
    }
}

/// Returns the lines before an object, without those that only introduce it, such as `Error POSTing to endpoint:`.
pub(crate) fn announced(text: &str, range: Range<usize>) -> Range<usize> {
    let mut end = range.end;
    loop {
        let before = text[range.start..end].trim_end();
        if !before.ends_with(':') {
            return range.start..end;
        }
        let line = before.rfind('\n').map_or(0, |found| found + 1);
        end = range.start + line;
    }
}
