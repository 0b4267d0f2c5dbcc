//! The error within a message that wraps another one: `MCP error -32603: Error calling tool 'read': FS-001: File not found: a.txt`.

use crate::Certainty;
use crate::matching::label::last_number;
use crate::matching::rank::{CodePlace, Parts};
use crate::wire::read::{Identified, best};

/// The maximum number of colons after which an inner message is looked for.
const MAX_LAYERS: usize = 16;

/// Finds the root of a message that wraps another one, if its code is certain or likely.
///
/// The inner message may follow the number that an SDK puts before it, or any other label that ends with a colon. The
/// root is the one with the most evidence, or the innermost of several equal ones.
pub(crate) fn root(parts: &Parts<'_>) -> Option<Identified> {
    let message = parts.message?;
    let numbered = last_number(message).and_then(|found| {
        let inner = Some(&message[found.message..]).filter(|inner| !inner.is_empty());
        best(&Parts { number: Some(found.number), message: inner, code: None, data: None, ..parts.clone() })
    });
    let starts = message.match_indices(": ").map(|(at, colon)| at + colon.len()).take(MAX_LAYERS);
    let labelled = starts.filter_map(|start| of_suffix(parts, &message[start..]));
    let found = numbered.into_iter().chain(labelled).filter(|found| found.certainty > Certainty::Possible);
    found.max_by_key(|found| found.certainty)
}

/// Finds the code in the text after a label: `CODE: message`, or only a message.
fn of_suffix(parts: &Parts<'_>, suffix: &str) -> Option<Identified> {
    let first_line = suffix.lines().next().unwrap_or_default();
    let coded = first_line.split_once(": ").filter(|(code, _)| is_code(code)).and_then(|(code, message)| {
        let place = if code.contains(':') { CodePlace::FullName } else { CodePlace::Label };
        best(&Parts { code: Some((code, place)), message: Some(message), number: None, data: None, ..parts.clone() })
    });
    let is_of_code = |found: &Identified| found.certainty > Certainty::Possible;
    coded
        .filter(is_of_code)
        .or_else(|| best(&Parts { message: Some(suffix), code: None, number: None, data: None, ..parts.clone() }))
}

/// Returns whether a word looks like a code.
fn is_code(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        && word.bytes().any(|byte| byte.is_ascii_digit() || byte == b'_' || byte == b'-')
}
