//! The addresses of the resources: `mcp-errors://catalogue`, `mcp-errors://filesystem`, `mcp-errors://filesystem/FS-001`.

use mcp_error_codes::{Record, System};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::catalogue;

/// What an address points to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    Catalogue,
    System(&'static System),
    Code(&'static Record),
}

pub(crate) const CATALOGUE: &str = "mcp-errors://catalogue";
pub(crate) const SYSTEM_TEMPLATE: &str = "mcp-errors://{system}";
pub(crate) const CODE_TEMPLATE: &str = "mcp-errors://{system}/{code}";

pub(crate) fn of_system(system: &System) -> String {
    format!("mcp-errors://{}", system.name)
}

/// Returns the address of a code. Characters that addresses do not allow are percent-encoded.
pub(crate) fn of_code(record: &Record) -> String {
    format!("mcp-errors://{}/{}", record.system, utf8_percent_encode(record.code, NOT_PLAIN))
}

/// Everything but letters, digits and `-._~`.
const NOT_PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Finds what an address points to. Its parts may be percent-encoded, and a slash after a system is ignored, because clients that
/// normalise addresses add one.
pub(crate) fn place(uri: &str) -> Option<Place> {
    if uri == CATALOGUE {
        return Some(Place::Catalogue);
    }
    let path = uri.strip_prefix("mcp-errors://")?;
    let (system, code) = path.split_once('/').unwrap_or((path, ""));
    let decoded = |part| percent_decode_str(part).decode_utf8().ok();
    let system = decoded(system)?;
    let system = catalogue::registries().find_map(|registry| registry.system(&system))?;
    if code.is_empty() {
        return Some(Place::System(system));
    }
    catalogue::lookup(system.name, &decoded(code)?).map(Place::Code)
}
