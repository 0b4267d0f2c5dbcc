//! A code belongs to a family of its system.

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "unknown-family", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.entries() {
        let (families, name) = (entry.record.system.families, entry.fields.peek("family").unwrap_or_default());
        let is_unknown = entry.record.family.name.is_empty() && !name.trim().is_empty();
        if is_unknown && !families.is_empty() {
            let names: Vec<_> = families.iter().map(|family| family.name).collect();
            let message = format!("family {name:?} is not one of: {}", names.join(", "));
            report.at(entry.fields.place_of("family"), message);
        }
    }
}
