//! How an error looks in the field, and who else uses a number.

/// How an error looks in the field, for recognition only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Signature {
    /// The number, which other systems may use too.
    pub number: Option<i64>,
    /// The message, with placeholders.
    pub message: Option<&'static str>,
    /// The shape of `data`.
    pub data: Option<&'static str>,
    /// The HTTP status that it comes with.
    pub http_status: Option<u16>,
    /// Who sends it.
    pub sender: &'static str,
    /// The versions in which it was read.
    pub versions: Option<&'static str>,
    /// Where it was read.
    pub source: &'static str,
    /// Whether a peer sends it, although the record is local.
    pub wire: bool,
}

/// Who else uses a number or a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Claim {
    /// The number.
    pub number: Option<i64>,
    /// The text of the code.
    pub code: Option<&'static str>,
    /// Who uses it.
    pub sender: &'static str,
    /// What it means there.
    pub meaning: &'static str,
    /// The HTTP status that it comes with.
    pub http_status: Option<u16>,
    /// Where it was read.
    pub source: &'static str,
}

impl Signature {
    #[doc(hidden)]
    #[must_use]
    #[allow(clippy::too_many_arguments)]
    pub const fn __new(
        number: Option<i64>,
        message: Option<&'static str>,
        data: Option<&'static str>,
        http_status: Option<u16>,
        sender: &'static str,
        versions: Option<&'static str>,
        source: &'static str,
        wire: bool,
    ) -> Self {
        Self { number, message, data, http_status, sender, versions, source, wire }
    }
}

impl Claim {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(
        number: Option<i64>,
        code: Option<&'static str>,
        sender: &'static str,
        meaning: &'static str,
        http_status: Option<u16>,
        source: &'static str,
    ) -> Self {
        Self { number, code, sender, meaning, http_status, source }
    }
}
