//! An entry shares a text or a number only with existing codes that have it.

use mcp_error_codes_core::Record;

use crate::scope::{Check, Report, Scope};
use crate::sharing::repeats;

pub(crate) const CHECK: Check = Check { id: "shares-with", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        let record = &entry.record;
        for (at, target) in record.shares_with.iter().enumerate() {
            let place = entry.fields.place_of_item("shares_with", at);
            if record.full_name() == *target {
                report.at(place, format!("shares_with {target:?} is the code itself"));
            } else if !target.contains(':') || !scope.may_exist(target) {
                let by_name = scope.records().find(|record| is_name(record, target)).map(Record::full_name);
                let meant = by_name.map(|name| format!("; did you mean \"{name}\"?"));
                let meant = meant.unwrap_or_else(|| scope.remedy_of(target));
                report.at(place, format!("shares_with {target:?} does not exist; expected \"system:code\"{meant}"));
            } else if scope.record(target).is_some_and(|other| !repeats(record, other)) {
                report.at(place, format!("shares_with {target:?} has neither the text nor a number of this code"));
            }
        }
    }
}

/// Returns whether a link names the constant of a code rather than its text.
fn is_name(record: &Record, link: &str) -> bool {
    link.split_once(':').is_some_and(|(system, name)| system == record.system.name && name == record.name)
}
