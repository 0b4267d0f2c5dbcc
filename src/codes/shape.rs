use mcp_error_codes_core::Record;

use crate::codes::registries::registries;

/// Returns a code of the family whose shape the text has, or `None` if there is none.
///
/// A family has a shape if its codes are the same text with different numbers at the end: `NX-MCP-001`, `NX-MCP-010`.
/// The text itself need not be a code: if [`lookup`](crate::Code::lookup) does not find it, it is not defined.
///
/// ```
/// use mcp_error_codes::{Code, of_shape};
///
/// assert_eq!(of_shape("NX-MCP-999").map(|record| record.family.name), Some("NX-MCP"));
/// assert_eq!(Code::lookup("NX-MCP-999"), None);
/// assert_eq!(of_shape("NX-MCP-1"), None);
/// assert_eq!(of_shape("UTF-8"), None);
/// ```
#[must_use]
pub fn of_shape(text: &str) -> Option<&'static Record> {
    let wanted = Shape::of(text)?;
    let mut records = registries().flat_map(|registry| registry.records());
    // Most codes differ in their length or their start.
    records.find(|record| {
        record.code.len() == text.len()
            && record.code.starts_with(wanted.prefix)
            && Shape::of(record.code) == Some(wanted)
    })
}

/// The common part of a family's codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape<'a> {
    pub(crate) prefix: &'a str,
    digits: usize,
}

impl<'a> Shape<'a> {
    /// Returns the shape of a code: capital letters, digits and hyphens, with at least two digits at the end.
    pub(crate) fn of(code: &'a str) -> Option<Self> {
        let prefix = code.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = code.len() - prefix.len();
        let is_inside = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
        let fits = prefix.starts_with(|c: char| c.is_ascii_uppercase()) && prefix.bytes().all(is_inside);
        (digits >= 2 && fits).then_some(Self { prefix, digits })
    }
}
