use crate::{JsonRpcNumber, ProtocolVersion};

/// The range of JSON-RPC numbers that an integer is in, as JSON-RPC 2.0 and MCP 2026-07-28 divide them.
///
/// `Display` prints what comes after "is in": `the legacy block, -32019 to -32000, which has no set meaning`.
///
/// ```
/// use mcp_error_codes_core::NumberRange;
///
/// assert_eq!(NumberRange::of(-32_001), NumberRange::Legacy);
/// assert_eq!(NumberRange::of(-32_050), NumberRange::Mcp);
/// assert_eq!(NumberRange::of(-32_700), NumberRange::JsonRpc);
/// assert_eq!(NumberRange::of(33_001), NumberRange::Free);
/// assert_eq!(NumberRange::Mcp.to_string(), "-32099 to -32020, which the MCP specification reserves for itself");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NumberRange {
    /// -32768 to -32100: reserved by JSON-RPC 2.0 for itself.
    JsonRpc,
    /// -32099 to -32020: reserved by MCP for its own specification.
    Mcp,
    /// -32019 to -32000: closed. Servers were once free to use it, so a receiver must not assume a meaning, and no new code
    /// may be allocated in it.
    Legacy,
    /// Everything else: free for applications.
    Free,
}

impl NumberRange {
    /// Every range, from the lowest numbers to the highest, then the free numbers.
    pub const ALL: &'static [Self] = &[Self::JsonRpc, Self::Mcp, Self::Legacy, Self::Free];

    /// Returns the range that contains the number.
    #[must_use]
    pub const fn of(number: i64) -> Self {
        match number {
            -32_768..=-32_100 => Self::JsonRpc,
            -32_099..=-32_020 => Self::Mcp,
            -32_019..=-32_000 => Self::Legacy,
            _ => Self::Free,
        }
    }
}

impl core::fmt::Display for NumberRange {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::JsonRpc => "-32768 to -32100, which JSON-RPC 2.0 reserves for itself",
            Self::Mcp => "-32099 to -32020, which the MCP specification reserves for itself",
            Self::Legacy => "the legacy block, -32019 to -32000, which has no set meaning",
            Self::Free => "the numbers that applications are free to use",
        })
    }
}

impl JsonRpcNumber {
    /// Returns whether the integer is valid in a protocol version.
    #[must_use]
    pub fn holds_in(self, version: ProtocolVersion) -> bool {
        self.since.is_none_or(|since| since <= version) && self.until.is_none_or(|until| version <= until)
    }

    /// Returns whether the number only documents what was sent before 2026-07-28, when servers were free to use -32099 to -32000.
    #[must_use]
    pub fn is_past(self) -> bool {
        let was_free = matches!(NumberRange::of(self.number), NumberRange::Legacy | NumberRange::Mcp);
        was_free && self.until.is_some_and(|until| until < ProtocolVersion::V2026_07_28)
    }

    /// Returns whether both are valid in at least one protocol version.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        ProtocolVersion::ALL.iter().any(|&version| self.holds_in(version) && other.holds_in(version))
    }
}
