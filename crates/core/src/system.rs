use crate::{__spelling, Command, Section};

/// Who defined a set of codes.
///
/// `Display` prints the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct System {
    /// The word for it: `filesystem`.
    pub name: &'static str,
    /// The Rust module of its constants.
    pub module: &'static str,
    /// What its makers call it.
    pub title: &'static str,
    /// What kind of server defines these codes.
    pub summary: &'static str,
    /// The version of the registry that first had it.
    pub since: &'static str,
    /// The document that the facts come from.
    pub reference: &'static str,
    /// What the document says of all codes at once.
    pub sections: &'static [Section],
    /// The families, in the document's order.
    pub families: &'static [Family],
}

/// Codes of one system that share a shape.
///
/// `Display` prints the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Family {
    /// The word for it: `FS`.
    pub name: &'static str,
    /// The heading in the document.
    pub title: &'static str,
    /// What its codes have in common.
    pub summary: &'static str,
    /// Ranges that the document promises and does not define.
    pub reserved: &'static [ReservedRange],
    /// What the document says of the whole family.
    pub sections: &'static [Section],
    /// Commands that help to find the cause of any code of the family. Its records list them too.
    pub diagnostics: &'static [Command],
    /// Commands that help to recover from any code of the family. Its records list them too.
    pub recovery: &'static [Command],
}

/// A range of codes that a document promises and does not define: a prefix with the first and the last number.
///
/// `Display` prints `E009 to E010`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReservedRange {
    /// The first code of the range.
    pub first: &'static str,
    /// The last code of the range.
    pub last: &'static str,
}

impl System {
    #[doc(hidden)]
    #[must_use]
    #[allow(clippy::too_many_arguments)]
    pub const fn __new(
        name: &'static str,
        module: &'static str,
        title: &'static str,
        summary: &'static str,
        since: &'static str,
        reference: &'static str,
        sections: &'static [Section],
        families: &'static [Family],
    ) -> Self {
        Self { name, module, title, summary, since, reference, sections, families }
    }
}

impl Family {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(
        name: &'static str,
        title: &'static str,
        summary: &'static str,
        reserved: &'static [ReservedRange],
        sections: &'static [Section],
        diagnostics: &'static [Command],
        recovery: &'static [Command],
    ) -> Self {
        Self { name, title, summary, reserved, sections, diagnostics, recovery }
    }
}

impl ReservedRange {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(first: &'static str, last: &'static str) -> Self {
        Self { first, last }
    }

    /// Tells whether a code text lies in the range: the same prefix, as many digits, a number between the ends.
    ///
    /// Case and the separators `-`, `_` and space do not count.
    #[must_use]
    pub fn contains(self, text: &str) -> bool {
        let (Some((prefix, first)), Some((_, last))) = (split_number(self.first), split_number(self.last)) else {
            return false;
        };
        let Some((text_prefix, number)) = split_number(text) else {
            return false;
        };
        number.len() == first.len()
            && first <= number
            && number <= last
            && __spelling(prefix).eq(__spelling(text_prefix))
    }
}

/// Splits a text before its trailing digits; none where there are none.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let prefix = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &text[prefix.len()..];
    (!number.is_empty()).then_some((prefix, number))
}

impl core::fmt::Display for System {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.name)
    }
}

impl core::fmt::Display for Family {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.name)
    }
}

impl core::fmt::Display for ReservedRange {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} to {}", self.first, self.last)
    }
}
