//! A family has at least one code.

use std::collections::BTreeSet;

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "unused-family", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for file in scope.systems() {
        let used: BTreeSet<_> = file.entries.iter().map(|entry| entry.record.family.name).collect();
        // A code with an unknown family may belong to any of them.
        if used.is_empty() || used.contains("") {
            continue;
        }
        for (family, fields) in file.system.families.iter().zip(&file.families) {
            let name = family.name;
            if !name.is_empty() && !used.contains(name) {
                report.at(fields.place_of("name"), format!("family {name:?} has no codes"));
            }
        }
    }
}
