use mcp_error_codes_core::Record;

use crate::codes::code::RegistryCode;
use crate::codes::registries::{extended, registries};
use crate::{Code, REGISTRY, mcp};

/// Returns every record that claims a JSON-RPC number in some protocol version, the preferred one first.
///
/// The specification's active meaning comes first, then other active codes, then retired and former ones. The
/// registries that [`setup`](crate::setup()) added are searched too. The number alone does not identify the code that a
/// peer means: [`specification_code`] returns what the specification says, and [`NumberRange`](crate::NumberRange) says
/// who may use the number.
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

/// Returns the code to which JSON-RPC 2.0 or the MCP specification assigns a number, or `None` if neither does.
///
/// A retired code is returned too, as long as receivers must accept its number: its record
/// [is deprecated](Record::is_deprecated).
///
/// ```
/// use mcp_error_codes::{NumberRange, mcp, specification_code};
///
/// assert_eq!(specification_code(-32_602), Some(mcp::INVALID_PARAMS));
/// assert_eq!(specification_code(-32_022), Some(mcp::UNSUPPORTED_PROTOCOL_VERSION));
/// assert_eq!(specification_code(-32_001), None);
///
/// // Reserved, and not assigned.
/// assert_eq!((NumberRange::of(-32_050), specification_code(-32_050)), (NumberRange::Mcp, None));
/// ```
#[must_use]
pub fn specification_code(number: i64) -> Option<Code> {
    RegistryCode::from_record(specified(number)?)
}

/// Returns the record of a [`specification_code`].
pub(crate) fn specified(number: i64) -> Option<&'static Record> {
    let system = mcp::INVALID_PARAMS.__brief().system.name;
    REGISTRY.by_number(number).find(|record| record.system.name == system)
}
