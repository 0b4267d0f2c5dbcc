//! The addresses of the resources: `mcp-errors://catalogue`, `mcp-errors://filesystem`, `mcp-errors://filesystem/FS-001`.

use mcp_error_codes::{REGISTRY, Record, System};
use percent_encoding::percent_decode_str;

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

/// Returns the address of a code. Codes contain only characters that are allowed in addresses.
pub(crate) fn of_code(record: &Record) -> String {
    format!("mcp-errors://{}/{}", record.system, record.code)
}

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
    let system = REGISTRY.systems().iter().find(|known| known.name == system)?;
    if code.is_empty() {
        return Some(Place::System(system));
    }
    REGISTRY.lookup(&format!("{system}:{}", decoded(code)?)).map(Place::Code)
}
