//! No code is in a range that its own system or a system of the library reserves.

use crate::read::registry::SystemFile;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "reserved-code", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for file in scope.systems() {
        by_the_system(file, report);
    }
    for entry in scope.own_entries() {
        for (what, text, place) in entry.texts() {
            if let Some((system, range)) = scope.library.reserved(text) {
                let is_in = format!("{what} {text:?} is in the range {range}");
                let package = scope.library.package(system.name);
                report.at(place, format!("{is_in}, which {system} of {package} reserves"));
            }
        }
    }
}

fn by_the_system(file: &SystemFile<'_>, report: &mut Report<'_>) {
    for (family, fields) in file.system.families.iter().zip(&file.families) {
        for (at, range) in family.reserved.iter().enumerate() {
            for entry in file.entries.iter().filter(|entry| range.contains(entry.record.code)) {
                let (code, first) = (entry.record.code, report.name(fields.place_of_item("reserved", at)));
                let is_in = format!("code {code:?} is in the range {range}");
                report.at(entry.place(), format!("{is_in}, which is reserved at {first}"));
            }
        }
    }
}
