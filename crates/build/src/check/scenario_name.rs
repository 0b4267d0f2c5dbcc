//! A scenario has a name in upper snake case.

use crate::name;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "scenario-name", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        for (case, fields) in entry.record.scenarios.iter().zip(entry.fields.items("scenarios")) {
            let name = case.name;
            let is_upper = name::is_identifier(name) && name::constant(name) == name;
            if !name.is_empty() && !is_upper {
                report.at(fields.place_of("name"), format!("scenario {name:?} is not in upper snake case"));
            }
        }
    }
}
