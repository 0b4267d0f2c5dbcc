//! The grammar of message templates: text with `{placeholders}`, in which `{{` and `}}` are braces. The generator checks templates
//! with it, and the library fills and matches them.

use alloc::borrow::Cow;
use alloc::string::String;

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that is the same in every message. It is never empty. Another literal follows if it ends in a brace, which was escaped.
    Literal(&'a str),
    /// The name between two braces.
    Placeholder(&'a str),
}

/// A mistake in the braces of a template.
///
/// `Display` prints what the template does: `opens a brace and does not close it`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// A closing brace comes first.
    Unopened,
    /// An opening brace has no closing brace after it.
    Unclosed,
    /// A brace opens before the last one is closed.
    Nested,
}

/// Splits a template into its pieces, from the front. It ends after the first mistake.
#[derive(Debug, Clone)]
pub struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    /// Starts at the beginning of a template.
    #[must_use]
    pub const fn new(template: &'a str) -> Self {
        Self { rest: template }
    }

    /// Returns whether all pieces have been returned.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

impl<'a> Pieces<'a> {
    /// Returns the literal text up to the next placeholder, without escapes. It may be empty.
    pub fn literal(&mut self) -> Cow<'a, str> {
        let mut text = Cow::Borrowed("");
        loop {
            let mut ahead = self.clone();
            let Some(Ok(Piece::Literal(literal))) = ahead.next() else { return text };
            *self = ahead;
            match &mut text {
                Cow::Borrowed("") => text = Cow::Borrowed(literal),
                Cow::Borrowed(start) => text = Cow::Owned(String::from(*start) + literal),
                Cow::Owned(start) => start.push_str(literal),
            }
            if !literal.ends_with(['{', '}']) {
                return text;
            }
        }
    }
}

/// Returns the text of a template without placeholders, if its braces are escaped.
#[must_use]
pub fn unescaped(template: &str) -> Option<String> {
    let mut pieces = Pieces::new(template);
    match pieces.literal() {
        text if pieces.is_empty() && text != template => Some(text.into_owned()),
        _ => None,
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, Mistake>;

    fn next(&mut self) -> Option<Self::Item> {
        let brace = brace_in(self.rest).unwrap_or(self.rest.len());
        let is_escaped = self.rest[brace..].starts_with("{{") || self.rest[brace..].starts_with("}}");
        let (literal, rest) = self.rest.split_at(brace + usize::from(is_escaped));
        if !literal.is_empty() {
            self.rest = &rest[usize::from(is_escaped)..];
            return Some(Ok(Piece::Literal(literal)));
        }
        let Some(inside) = rest.strip_prefix('{') else {
            return (!core::mem::take(&mut self.rest).is_empty()).then_some(Err(Mistake::Unopened));
        };
        self.rest = "";
        Some(match brace_in(inside).map(|brace| inside.split_at(brace)) {
            Some((name, rest)) => match rest.strip_prefix('}') {
                Some(rest) => {
                    self.rest = rest;
                    Ok(Piece::Placeholder(name))
                }
                None => Err(Mistake::Nested),
            },
            None => Err(Mistake::Unclosed),
        })
    }
}

/// Returns the place of the first brace. A search for bytes is several times as fast as one for characters.
fn brace_in(text: &str) -> Option<usize> {
    text.bytes().position(|byte| matches!(byte, b'{' | b'}'))
}

impl core::fmt::Display for Mistake {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::Unopened => "closes a brace that is not open",
            Self::Unclosed => "opens a brace and does not close it",
            Self::Nested => "opens a brace within a brace",
        })
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{Mistake, Piece, Pieces, unescaped};

    fn pieces(template: &str) -> Result<Vec<Piece<'_>>, Mistake> {
        Pieces::new(template).collect()
    }

    #[test]
    fn a_doubled_brace_is_a_brace() {
        use Piece::{Literal, Placeholder};

        assert_eq!(pieces("a {{b}} {c}"), Ok([Literal("a {"), Literal("b}"), Literal(" "), Placeholder("c")].into()));
        assert_eq!(pieces("{{{c}}}"), Ok([Literal("{"), Placeholder("c"), Literal("}")].into()));
        assert_eq!(pieces("{{}}"), Ok([Literal("{"), Literal("}")].into()));
        assert_eq!(pieces("a } b"), Err(Mistake::Unopened));
        assert_eq!(pieces("a {b"), Err(Mistake::Unclosed));
        assert_eq!(pieces("a {b {c}"), Err(Mistake::Nested));
    }

    #[test]
    fn literal_text_is_whole() {
        let mut template = Pieces::new("a {{b}} {c} d");
        assert_eq!(template.literal(), "a {b} ");
        assert_eq!(template.next(), Some(Ok(Piece::Placeholder("c"))));
        assert_eq!((template.literal(), template.is_empty()), (" d".into(), true));
        assert_eq!(template.literal(), "");
    }

    #[test]
    fn only_escaped_text_is_unescaped() {
        assert_eq!(unescaped("a {{b}}").as_deref(), Some("a {b}"));
        assert_eq!(unescaped("a b"), None);
        assert_eq!(unescaped("a {{b}} {c}"), None);
    }
}
