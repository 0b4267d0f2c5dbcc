use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Range;

use mcp_error_codes_core::template::{Piece, Pieces};
use smallvec::SmallVec;

/// A message template, split into its literal text and its placeholders.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    /// The whole template, as written in the registry.
    pub(crate) text: &'static str,
    /// The literal text before the first placeholder. It may be empty.
    first: &'static str,
    /// Each placeholder with the literal text after it, which may be empty.
    rest: Vec<(&'static str, &'static str)>,
}

/// The names of the placeholders in a message and the ranges of their values, in the order of the template.
pub(crate) type Params = SmallVec<[(&'static str, Range<usize>); 3]>;

/// Placeholders whose value may be a message that contains labels.
const NESTED: [&str; 9] = ["error", "reason", "details", "body", "result", "message", "context", "text", "lastResult"];

impl Template {
    /// Splits a template up to the first mistake. The generator rejects templates with mistakes.
    #[inline]
    pub(crate) fn new(text: &'static str) -> Self {
        let mut pieces = Pieces::new(text);
        let mut template = Self { text, first: kept(pieces.literal()), rest: Vec::new() };
        while let Some(Ok(Piece::Placeholder(name))) = pieces.next() {
            template.rest.push((name, kept(pieces.literal())));
        }
        template
    }

    /// Returns the literal text before the first placeholder, which may be empty.
    #[inline]
    pub(crate) fn first(&self) -> &'static str {
        self.first
    }

    /// Returns whether the template has placeholders.
    #[inline]
    pub(crate) fn takes_values(&self) -> bool {
        !self.rest.is_empty()
    }

    /// Returns the pieces of literal text. The first may be empty, and so may the last.
    #[inline]
    pub(crate) fn literals(&self) -> impl Iterator<Item = &'static str> + '_ {
        core::iter::once(self.first).chain(self.rest.iter().map(|(_, literal)| *literal))
    }

    /// Returns whether all literal text after the first placeholder occurs in a text, in its order. If not, no part of the text fits.
    #[inline]
    pub(crate) fn may_fit(&self, text: &str) -> bool {
        let mut at = 0;
        self.rest.iter().filter(|(_, literal)| !literal.is_empty()).all(|(_, literal)| {
            // A value has at least one byte.
            let found = text.as_bytes().get(at + 1..).and_then(|text| find(text, literal.as_bytes()));
            at += found.map_or(0, |found| 1 + found + literal.len());
            found.is_some()
        })
    }

    /// Counts the words in the literal text.
    #[inline]
    pub(crate) fn words(&self) -> usize {
        let of_letters = |word: &&str| word.contains(char::is_alphabetic);
        let words = |literal: &'static str| {
            literal.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '-' | '_'))).filter(of_letters).count()
        };
        self.literals().map(words).sum()
    }

    /// Counts the bytes of the literal text.
    #[inline]
    pub(crate) fn length(&self) -> usize {
        self.literals().map(str::len).sum()
    }

    /// Matches a whole message, and returns the ranges of its values.
    ///
    /// Case does not matter in the literal text. A value has at least one character and is never longer than a line. `{rest}` at
    /// the end accepts everything that follows: nothing, or further lines. The value of the first placeholder never contains a
    /// label such as `Error: `, and neither does a value in the middle, unless the name of its placeholder says that it contains
    /// another error.
    #[inline]
    pub(crate) fn fit(&self, message: &str) -> Option<Params> {
        if !starts_with(message, self.first) {
            return None;
        }
        let mut params = Params::new();
        let mut at = self.first.len();
        for (place, (name, literal)) in self.rest.iter().enumerate() {
            let rest = &message[at..];
            let is_rest = *name == "rest" && literal.is_empty();
            let length = match (literal.is_empty(), place + 1 == self.rest.len()) {
                (true, _) => rest.len(),
                (false, true) => rest.len().checked_sub(literal.len()).filter(|at| ends_with(rest, *at, literal))?,
                (false, false) => {
                    let first = rest.chars().next()?.len_utf8();
                    first + find(&rest.as_bytes()[first..], literal.as_bytes())?
                }
            };
            let value = &rest[..length];
            let is_last = literal.is_empty();
            // Only quotes can show a blank value.
            let before = message[..at].chars().next_back().filter(|before| matches!(before, '"' | '\''));
            let is_blank =
                value.is_empty() || (value.trim().is_empty() && !before.is_some_and(|q| literal.starts_with(q)));
            if !is_rest && (is_blank || (!is_last && value.contains('\n'))) {
                return None;
            }
            let has_label = value.ends_with(':') || value.as_bytes().windows(2).any(|pair| pair == b": ");
            let may_have_label = is_last || (at > 0 && NESTED.contains(name));
            if has_label && !may_have_label {
                return None;
            }
            params.push((*name, at..at + length));
            at += length + literal.len();
        }
        (at == message.len()).then_some(params)
    }
}

/// Returns the text as `'static`. Only a string with escaped braces allocates, and is leaked.
#[inline]
fn kept(literal: Cow<'static, str>) -> &'static str {
    match literal {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => text.leak(),
    }
}

#[inline]
fn starts_with(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start.as_bytes()))
}

#[inline]
fn ends_with(text: &str, at: usize, end: &str) -> bool {
    text.as_bytes()[at..].eq_ignore_ascii_case(end.as_bytes()) && text.is_char_boundary(at)
}

/// Finds a literal in a string, ignoring case. The work is linear in practice, because a literal starts with a rare byte or a
/// space.
#[inline]
fn find(text: &[u8], literal: &[u8]) -> Option<usize> {
    let first = literal.first()?.to_ascii_lowercase();
    let last = text.len().checked_sub(literal.len())?;
    let starts = text[..=last].iter().enumerate().filter(|(_, byte)| byte.to_ascii_lowercase() == first);
    starts.map(|(at, _)| at).find(|at| text[*at..*at + literal.len()].eq_ignore_ascii_case(literal))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values<'a>(template: &'static str, message: &'a str) -> Option<Vec<&'a str>> {
        Some(Template::new(template).fit(message)?.into_iter().map(|(_, range)| &message[range]).collect())
    }

    #[test]
    fn a_template_accounts_for_the_whole_message() {
        assert_eq!(values("File not found: {path}", "file not found: a.txt"), Some(["a.txt"].into()));
        assert_eq!(values("File not found: {path}", "File not found: "), None);
        assert_eq!(values("Tool {tool} not found", "Tool a b not found"), Some(["a b"].into()));
        assert_eq!(values("Tool {tool} not found", "Tool a not found, sorry"), None);
        assert_eq!(values("Closed{rest}", "Closed"), Some([""].into()));
        assert_eq!(values("Closed{rest}", "Closed\nby you"), Some(["\nby you"].into()));
        assert_eq!(values("no '{token}', {text} here", "no ' ', x here"), Some([" ", "x"].into()));
        assert_eq!(values("no '{token}', {text} here", "no '', x here"), None);
        assert_eq!(values("no {token} here", "no   here"), None);
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
        assert_eq!(Template::new("[Errno {number}] Connection refused").words(), 3);
        assert_eq!(Template::new("Server's version is not supported: {version}").words(), 5);
        assert_eq!(Template::new("HTTP {status}").words(), 1);
        assert_eq!(Template::new("insufficient_scope").words(), 1);
    }
}
