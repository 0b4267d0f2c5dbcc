//! A name in a text, with the separator between it and its value.

use mcp_error_codes_core::secret_name::Strength;

use crate::redact::escape::Unit;

/// The separator between a name and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Colon,
    Equals,
    /// `=>`, `->`
    Arrow,
    /// The end of a tag.
    Tag,
    /// A comma between quoted strings.
    Comma,
    /// A space, or the edge of a table cell.
    Space,
    /// `name(`
    Call,
}

/// A name, and the text around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) strength: Strength,
    /// The number of dashes before the name.
    pub(super) dashes: usize,
    /// The quote directly before the name.
    pub(super) quote: Option<Unit>,
    pub(super) is_header: bool,
    /// Whether the name consists of several words, as identifiers do.
    pub(super) is_identifier: bool,
}

impl<'t> Label<'t> {
    pub(super) fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    pub(super) fn name(&self) -> &'t str {
        &self.text[self.start..self.end]
    }
}

pub(super) fn ends_with(name: &str, ending: &str) -> bool {
    name.len() >= ending.len() && name.as_bytes()[name.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}
