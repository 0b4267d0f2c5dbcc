use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use mcp_error_codes_core::template::{self, Piece};

/// What a template needs of a message, and what it leaves open.
///
/// Case does not count in the literal text. A placeholder takes at least one character and never spans a line. `{rest}` at the end
/// takes everything that follows, also nothing and also further lines. The first placeholder of a template never takes a label such
/// as `Error: `, and neither does one in the middle, unless its name says that it holds an error of its own.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    /// The ranges of the values in the message, in the order of the template.
    pub(crate) params: Vec<(&'static str, Range<usize>)>,
}

/// Placeholders whose value may be a message with its own labels.
const NESTED: [&str; 9] = ["error", "reason", "details", "body", "result", "message", "context", "text", "lastResult"];

/// Matches a whole message against a template.
pub(crate) fn fit(template: &'static str, message: &str) -> Option<Fit> {
    let mut params = Vec::new();
    let mut pieces = Pieces::new(template);
    let first = pieces.literal();
    if !starts_with(message, &first) {
        return None;
    }
    let mut at = first.len();
    while let Some(name) = pieces.placeholder() {
        let literal = pieces.literal();
        let rest = &message[at..];
        let is_rest = name == "rest" && literal.is_empty();
        let length = match (literal.is_empty(), pieces.is_empty()) {
            (true, _) => rest.len(),
            (false, true) => rest.len().checked_sub(literal.len()).filter(|at| ends_with(rest, *at, &literal))?,
            (false, false) => {
                let first = rest.chars().next()?.len_utf8();
                first + find(&rest[first..], &literal)?
            }
        };
        let value = &rest[..length];
        let is_last = literal.is_empty();
        if !is_rest && (value.trim().is_empty() || (value.contains('\n') && !is_last)) {
            return None;
        }
        let swallows_label = value.contains(": ") || value.ends_with(':');
        let is_open = is_last || (NESTED.contains(&name) && at > 0);
        if swallows_label && !is_open {
            return None;
        }
        params.push((name, at..at + length));
        at += length + literal.len();
    }
    (at == message.len()).then_some(Fit { params })
}

/// Counts the words in the literal text of a template.
pub(crate) fn literal_words(template: &str) -> usize {
    let mut pieces = Pieces::new(template);
    let words = |literal: &str| {
        let of_letters = |word: &&str| word.contains(char::is_alphabetic);
        literal.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-' | '_'))).filter(of_letters).count()
    };
    let mut count = words(&pieces.literal());
    while pieces.placeholder().is_some() {
        count += words(&pieces.literal());
    }
    count
}

/// Counts the bytes of the literal text of a template.
pub(crate) fn literal_length(template: &str) -> usize {
    let mut pieces = Pieces::new(template);
    let mut length = pieces.literal().len();
    while pieces.placeholder().is_some() {
        length += pieces.literal().len();
    }
    length
}

fn starts_with(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start.as_bytes()))
}

fn ends_with(text: &str, at: usize, end: &str) -> bool {
    text.as_bytes()[at..].eq_ignore_ascii_case(end.as_bytes()) && text.is_char_boundary(at)
}

/// Finds a literal in a text, ignoring case. The work is linear in practice, because a literal starts with a rare byte or a
/// space.
fn find(text: &str, literal: &str) -> Option<usize> {
    let (text, literal) = (text.as_bytes(), literal.as_bytes());
    let first = literal.first()?.to_ascii_lowercase();
    let last = text.len().checked_sub(literal.len())?;
    (0..=last).find(|at| {
        text[*at].to_ascii_lowercase() == first && text[*at..*at + literal.len()].eq_ignore_ascii_case(literal)
    })
}

/// Splits a template into literal text and placeholders, which alternate. Literal text may be empty.
pub(crate) struct Pieces<'a> {
    pieces: template::Pieces<'a>,
}

impl<'a> Pieces<'a> {
    pub(crate) fn new(template: &'a str) -> Self {
        Self { pieces: template::Pieces::new(template) }
    }

    /// Returns the literal text up to the next placeholder, which may be empty.
    pub(crate) fn literal(&mut self) -> Cow<'a, str> {
        self.pieces.literal()
    }

    /// Returns the next placeholder.
    pub(crate) fn placeholder(&mut self) -> Option<&'a str> {
        match self.pieces.next()?.ok()? {
            Piece::Placeholder(name) => Some(name),
            Piece::Literal(_) => None,
        }
    }

    /// Returns whether all pieces have been returned.
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values<'a>(template: &'static str, message: &'a str) -> Option<Vec<&'a str>> {
        Some(fit(template, message)?.params.into_iter().map(|(_, range)| &message[range]).collect())
    }

    #[test]
    fn a_template_accounts_for_the_whole_message() {
        assert_eq!(values("File not found: {path}", "file not found: a.txt"), Some(["a.txt"].into()));
        assert_eq!(values("File not found: {path}", "File not found: "), None);
        assert_eq!(values("Tool {tool} not found", "Tool a b not found"), Some(["a b"].into()));
        assert_eq!(values("Tool {tool} not found", "Tool a not found, sorry"), None);
        assert_eq!(values("Closed{rest}", "Closed"), Some([""].into()));
        assert_eq!(values("Closed{rest}", "Closed\nby you"), Some(["\nby you"].into()));
        assert_eq!(values("a {x} b {y}", "a 1 b 2 b 3"), Some(["1", "2 b 3"].into()));
    }

    #[test]
    fn a_placeholder_never_swallows_a_label() {
        assert_eq!(values("{resource} not found: {id}", "app: Error: File not found: a.txt"), None);
        assert_eq!(values("{resource} not found: {id}", "Task not found: a: b"), Some(["Task", "a: b"].into()));
        let send = "Send error {error}, when {context}";
        assert_eq!(values(send, "Send error x: y, when z"), Some(["x: y", "z"].into()));
    }

    #[test]
    fn an_escaped_brace_is_literal_text() {
        assert_eq!(values("no {{key}} in {file}", "no {key} in a.txt"), Some(["a.txt"].into()));
        assert_eq!(values("no {{key}} in {file}", "no {{key}} in a.txt"), None);
        assert_eq!(values("{{{key}}} is missing", "{a} is missing"), Some(["a"].into()));
    }

    #[test]
    fn words_are_counted_outside_of_placeholders() {
        assert_eq!(literal_words("[Errno {number}] Connection refused"), 3);
        assert_eq!(literal_words("Server's version is not supported: {version}"), 5);
        assert_eq!(literal_words("HTTP {status}"), 1);
        assert_eq!(literal_words("insufficient_scope"), 1);
    }
}
