use crate::{JsonRpcNumber, ProtocolVersion};

/// The part of the JSON-RPC number line that an integer lies in, as JSON-RPC 2.0 and MCP 2026-07-28 divide it.
///
/// ```
/// use mcp_error_codes_core::NumberRange;
///
/// assert_eq!(NumberRange::of(-32_001), NumberRange::Legacy);
/// assert_eq!(NumberRange::of(-32_050), NumberRange::Mcp);
/// assert_eq!(NumberRange::of(-32_700), NumberRange::JsonRpc);
/// assert_eq!(NumberRange::of(33_001), NumberRange::Free);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NumberRange {
    /// -32768 to -32100: reserved by JSON-RPC 2.0 for itself.
    JsonRpc,
    /// -32099 to -32020: reserved by MCP for its own specification.
    Mcp,
    /// -32019 to -32000: closed. It was free for servers once, so a receiver must not assume a meaning; no new code may
    /// be allocated there.
    Legacy,
    /// Everything else: free for applications.
    Free,
}

impl NumberRange {
    /// Returns the range that holds the number.
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

impl JsonRpcNumber {
    /// Returns whether the code has the number in a protocol version.
    #[must_use]
    pub fn holds_in(self, version: ProtocolVersion) -> bool {
        self.since.is_none_or(|since| since <= version) && self.until.is_none_or(|until| version <= until)
    }

    /// Returns whether there is a protocol version in which both numbers are valid.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        ProtocolVersion::ALL.iter().any(|&version| self.holds_in(version) && other.holds_in(version))
    }
}
