//! The grammar of message templates: text with `{placeholders}`. The generator checks templates with it, and the library
//! fills and matches them.

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that is the same in every message. It is never empty.
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

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, Mistake>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(inside) = self.rest.strip_prefix('{') else {
            let (literal, rest) = self.rest.split_at(self.rest.find(['{', '}']).unwrap_or(self.rest.len()));
            if literal.is_empty() {
                return (!core::mem::take(&mut self.rest).is_empty()).then_some(Err(Mistake::Unopened));
            }
            self.rest = rest;
            return Some(Ok(Piece::Literal(literal)));
        };
        self.rest = "";
        Some(match inside.find(['{', '}']).map(|brace| inside.split_at(brace)) {
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

impl core::fmt::Display for Mistake {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::Unopened => "closes a brace that is not open",
            Self::Unclosed => "opens a brace and does not close it",
            Self::Nested => "opens a brace within a brace",
        })
    }
}
