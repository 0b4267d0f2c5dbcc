use mcp_error_codes_core::{Record, Related};

/// The additions of another registry to a code of this library: a table `[[extends]]` in its files.
///
/// It applies once [`setup`](crate::setup()) has added the registry. The record of the code then has these aliases
/// after its own, these steps and links before its own, and this hint instead of its own.
///
/// ```
/// // This crate's own registry extends nothing.
/// assert!(mcp_error_codes::REGISTRY.extensions().is_empty());
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Extension {
    /// The library's record of the code.
    pub record: &'static Record,
    /// Additional spellings that `find` accepts.
    pub aliases: &'static [&'static str],
    /// The sentence for the caller.
    pub hint: Option<&'static str>,
    /// The first steps for an operator.
    pub resolution: &'static [&'static str],
    /// The first links: a runbook, or other codes.
    pub related: &'static [Related],
}

impl Extension {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(
        record: &'static Record,
        aliases: &'static [&'static str],
        hint: Option<&'static str>,
        resolution: &'static [&'static str],
        related: &'static [Related],
    ) -> Self {
        Self { record, aliases, hint, resolution, related }
    }
}
