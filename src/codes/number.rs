use mcp_error_codes_core::{NumberRange, Record};

use crate::codes::find::{extended, registries};
use crate::{Code, REGISTRY, mcp};

/// Returns every record that claims a JSON-RPC number in some protocol version, the preferred one first.
///
/// The specification's active meaning comes first, then other active codes, then retired and former ones. Installed
/// registries are asked too. The number alone does not say which one a peer means: see [`classify`].
///
/// ```
/// use mcp_error_codes::by_number;
///
/// let names: Vec<_> = by_number(-32_002).map(|record| record.name).collect();
/// assert_eq!(names, ["TOOL_NOT_FOUND", "RESOURCE_NOT_FOUND"]);
/// assert_eq!(by_number(i64::MIN).count(), 0);
/// ```
#[inline]
pub fn by_number(number: i64) -> impl Iterator<Item = &'static Record> {
    registries().flat_map(move |registry| registry.by_number(number)).map(extended)
}

/// Returns the record of one system that claims a JSON-RPC number, the preferred one if there are several.
///
/// ```
/// use mcp_error_codes::by_number_in;
///
/// assert_eq!(by_number_in("mcp", -32_002).map(|record| record.name), Some("RESOURCE_NOT_FOUND"));
/// assert_eq!(by_number_in("super-mcp", -33_001).map(|record| record.name), Some("PACKAGE_NOT_FOUND"));
/// assert_eq!(by_number_in("filesystem", -32_002), None);
/// ```
#[must_use]
pub fn by_number_in(system: &str, number: i64) -> Option<&'static Record> {
    by_number(number).find(|record| record.system.name == system)
}

/// What JSON-RPC 2.0 and the newest MCP specification say of a number; see [`classify`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NumberClass {
    /// One of JSON-RPC's own numbers.
    Standard(Code),
    /// A number that the MCP specification assigns.
    Mcp(Code),
    /// A number that the MCP specification assigned once. A receiver still accepts it; nobody may use it for anything else.
    Retired(Code),
    /// A number that JSON-RPC or the MCP specification keeps for itself and has not assigned: it must not be emitted.
    Reserved,
    /// -32019 to -32000: closed to new codes, and without a meaning that a receiver may assume.
    LegacyBlock,
    /// A number that applications may use.
    Free,
}

/// Returns what JSON-RPC 2.0 and the newest MCP specification say of a number.
///
/// ```
/// use mcp_error_codes::{NumberClass, classify, mcp};
///
/// assert_eq!(classify(-32_602), NumberClass::Standard(mcp::INVALID_PARAMS));
/// assert_eq!(classify(-32_022), NumberClass::Mcp(mcp::UNSUPPORTED_PROTOCOL_VERSION));
/// assert_eq!(classify(-32_001), NumberClass::LegacyBlock);
/// assert_eq!(classify(-32_050), NumberClass::Reserved);
/// assert_eq!(classify(33_001), NumberClass::Free);
/// ```
#[must_use]
pub fn classify(number: i64) -> NumberClass {
    use crate::ErrorCode;

    let system = mcp::INVALID_PARAMS.record().system.name;
    let own = REGISTRY.by_number(number).find(|record| record.system.name == system);
    if let Some((record, code)) = own.and_then(|record| Some((record, Code::from_record(record)?))) {
        let is_json_rpc = record.family.name == mcp::INVALID_PARAMS.record().family.name;
        return match (record.is_deprecated(), is_json_rpc) {
            (true, _) => NumberClass::Retired(code),
            (false, true) => NumberClass::Standard(code),
            (false, false) => NumberClass::Mcp(code),
        };
    }
    match NumberRange::of(number) {
        NumberRange::Legacy => NumberClass::LegacyBlock,
        NumberRange::Mcp | NumberRange::JsonRpc => NumberClass::Reserved,
        _ => NumberClass::Free,
    }
}
