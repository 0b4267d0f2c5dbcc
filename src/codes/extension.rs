use mcp_error_codes_core::{Record, Related};

/// What a registry of another author adds to a code of this library: a table `[[extends]]` of its files.
///
/// It applies once [`setup`](crate::setup()) has made the registry known. The record of the code then has the aliases after its own,
/// the steps and the links before its own, and the hint instead of its own.
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
    /// Further spellings that `find` accepts.
    pub aliases: &'static [&'static str],
    /// The sentence for the caller.
    pub hint: Option<&'static str>,
    /// The first steps for an operator.
    pub resolution: &'static [&'static str],
    /// Further reading that comes first: a runbook, or other codes.
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
