//! The name of a system is in lower case, and its module is a valid Rust module name.

use crate::name;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "system-name", run };

/// The names of the library and of other crates that generated code uses.
const RESERVED: [&str; 6] = ["alloc", "core", "mcp_error_codes", "proc_macro", "std", "test"];

/// The system of the codes that a decoded error has and no registry knows.
pub(crate) const UNKNOWN: &str = "unknown";

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for file in scope.systems() {
        let Some(head) = &file.head else { continue };
        let (name, module) = (file.system.name, file.system.module);
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !name.chars().all(is_plain) {
            let message =
                format!("system {name:?} contains characters other than lower-case letters, digits and hyphens");
            report.at(head.place_of("name"), message);
        }
        if name == UNKNOWN {
            report
                .at(head.place_of("name"), format!("system {name:?} is that of every unknown code; expected another"));
        }
        // The module is named after the system, unless the file says otherwise.
        let (place, remedy) = match head.has("module") {
            true => (head.place_of("module"), String::new()),
            false => (head.place_of("name"), format!(": add module = \"{module}_errors\"")),
        };
        if RESERVED.contains(&module) {
            let what = format!("module {module:?} has the name of a crate that generated code uses");
            report.at(place, format!("{what}; expected a different name{remedy}"));
        }
        let is_lower = !module.contains(|c: char| c.is_ascii_uppercase());
        if !module.is_empty() && (!name::is_identifier(module) || name::is_keyword(module) || !is_lower) {
            // With another name of the system, the module has another name, too.
            let remedy = if name::is_keyword(module) { remedy } else { String::new() };
            let message = format!("module {module:?} cannot name a Rust module; expected lower snake case{remedy}");
            report.at(place, message);
        }
    }
}
