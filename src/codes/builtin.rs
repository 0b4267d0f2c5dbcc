//! The registry of this crate, generated from `registry/*.toml`.

#[cfg(feature = "std")]
use mcp_error_codes_core::Record;

include!(concat!(env!("OUT_DIR"), "/registry.rs"));

/// Finds the preferred record of a spelling, in a table that the compiler knows.
#[inline]
pub(crate) fn spelt(spelling: &[u8]) -> Option<&'static crate::Record> {
    let position = *__data::spellings_0::INDEX.find(spelling)?.first()?;
    __data::RECORDS.get(usize::from(position))
}

/// Returns the record of a code for its brief one, and any other record unchanged.
#[cfg(feature = "std")]
pub(crate) const fn whole(record: &'static Record) -> &'static Record {
    if record.__is_brief() { Code(record.__index()).record() } else { record }
}

/// Returns the brief record of this crate's code, and any other record unchanged. One that another registry extends is another.
#[cfg(feature = "std")]
pub(crate) fn brief(record: &'static Record) -> &'static Record {
    if record.__is_brief() || record.extends().is_some() {
        return record;
    }
    Code::from_record(record).map_or(record, Code::__brief)
}

/// # Examples
/// A code is found by its text or number, and works in constants and patterns:
///
/// ```
/// use mcp_error_codes::{Code, filesystem, mcp, super_mcp};
///
/// const MISSING: Option<Code> = Code::lookup("FS-001");
/// assert_eq!(MISSING, Some(filesystem::FILE_NOT_FOUND));
/// assert_eq!(filesystem::FILE_NOT_FOUND.record().http_status, 404);
/// assert_eq!(filesystem::FILE_NOT_FOUND.to_string(), "FS-001");
/// assert_eq!(filesystem::FILE_NOT_FOUND.as_str(), "FS-001");
///
/// assert_eq!(Code::lookup("-32602"), Some(mcp::INVALID_PARAMS));
/// assert_eq!(Code::lookup("super-mcp:-32602"), Some(super_mcp::INVALID_PARAMS));
/// assert_eq!(Code::lookup("-32002"), Some(super_mcp::TOOL_NOT_FOUND));
/// assert_eq!(Code::lookup("fs-001"), None);
///
/// const CODE: Option<Code> = Code::by_number(33_001);
/// assert_eq!(CODE, Some(filesystem::FILE_NOT_FOUND));
/// assert_eq!(Code::by_number(0), None);
/// ```
///
/// Conversion to and from records:
///
/// ```
/// # #![allow(deprecated)]
/// use mcp_error_codes::{Code, filesystem, find, hyper_bun};
///
/// assert_eq!(Code::from_record(find("file not found")?), Some(filesystem::FILE_NOT_FOUND));
/// assert_eq!(hyper_bun::LEGACY_800.current(), hyper_bun::TOOL_EXECUTION_FAILED);
/// assert_eq!(hyper_bun::TOOL_NOT_FOUND.current(), hyper_bun::TOOL_NOT_FOUND);
/// # Ok::<(), mcp_error_codes::UnknownCode>(())
/// ```
///
/// Lists of codes:
///
/// ```
/// use mcp_error_codes::{Code, REGISTRY, filesystem};
///
/// assert!(Code::all().all(|code| Code::lookup(&code.to_string()) == Some(code)));
/// assert!(Code::in_system("filesystem").any(|code| code == filesystem::FILE_NOT_FOUND));
/// assert!(Code::in_family("filesystem", "SEC").all(|code| code.as_str().starts_with("SEC-")));
/// assert_eq!(Code::in_system("no such system").count(), 0);
/// assert!(REGISTRY.records().len() > 100);
/// ```
///
/// Codes by kind, the preferred one and all of them:
///
/// ```
/// use mcp_error_codes::{Code, Kind, common, filesystem, super_mcp};
///
/// assert_eq!(Code::of_kind(Kind::InvalidArgument), Some(filesystem::INVALID_PARAMETER_VALUE));
/// assert_eq!(Code::of_kind(Kind::Conflict), Some(common::CONFLICT));
///
/// let codes: Vec<_> = Code::all_of_kind(Kind::NotFound).collect();
/// assert!(codes.contains(&filesystem::FILE_NOT_FOUND) && codes.contains(&super_mcp::TOOL_NOT_FOUND));
/// ```
impl Code {}
