//! A system is named in lower case, and its module can name a Rust module.

use crate::name;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "system-name", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for file in scope.systems() {
        let Some(head) = &file.head else { continue };
        let (name, module) = (file.system.name, file.system.module);
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !name.chars().all(is_plain) {
            let message = format!("system {name:?} has characters other than lower-case letters, digits and hyphens");
            report.at(head.place_of("name"), message);
        }
        let is_lower = !module.contains(|c: char| c.is_ascii_uppercase());
        if !module.is_empty() && (!name::is_identifier(module) || name::is_keyword(module) || !is_lower) {
            let message = format!("module {module:?} cannot name a Rust module; expected lower snake case");
            report.at(head.place_of("module"), message);
        }
    }
}
