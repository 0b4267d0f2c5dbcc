use std::fmt::Write;

use mcp_error_codes::page::markdown;
use mcp_error_codes::record::Family;
use mcp_error_codes::{Record, System};

use super::origin::origin;
use crate::catalogue;

/// Returns a reference of all codes: a table of contents, then every system with its families and their codes.
///
/// The anchor of a code is the one in `ref` of its errors: `fs-001`.
pub(crate) fn reference() -> String {
    let mut out = format!("<!-- {} -->\n\n# {}\n", origin("markdown"), catalogue::get().title);
    contents(&mut out);
    for system in catalogue::systems() {
        part(&mut out, system.name, markdown(system.page()).below(1));
        for family in system.families {
            part(&mut out, &family_anchor(system, family), markdown(family.page()).below(2));
            for record in records(system, family) {
                part(&mut out, &anchor(record), markdown(record.page()).below(3));
            }
        }
    }
    out
}

/// Writes the systems, their families and their codes as nested lists of links.
fn contents(out: &mut String) {
    for system in catalogue::systems() {
        let _ = write!(out, "\n- [{}](#{})\n", system.title, system.name);
        for family in system.families {
            let _ = writeln!(out, "  - [{}](#{})", family.title, family_anchor(system, family));
            for record in records(system, family) {
                let _ = writeln!(out, "    - [`{}`](#{}) {}", record.code, anchor(record), record.title);
            }
        }
    }
}

fn part(out: &mut String, anchor: &str, page: impl std::fmt::Display) {
    let _ = write!(out, "\n<a id=\"{anchor}\"></a>\n\n{page}");
}

fn records(system: &System, family: &Family) -> impl Iterator<Item = &'static Record> {
    catalogue::records().filter(|record| record.system.name == system.name && record.family.name == family.name)
}

fn anchor(record: &Record) -> String {
    record.code_text().to_string().to_lowercase()
}

fn family_anchor(system: &System, family: &Family) -> String {
    format!("{}-{}", system.name, family.name.to_lowercase())
}
