//! An entry shares a text or a number only with existing codes that have it.

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
                let meant = scope.remedy_of(target);
                report.at(place, format!("shares_with {target:?} does not exist; expected \"system:code\"{meant}"));
            } else if scope.record(target).is_some_and(|other| !repeats(record, other)) {
                report.at(place, format!("shares_with {target:?} has neither the text nor a number of this code"));
            }
        }
    }
}
