//! A code is superseded by another code of its system or of the library, which is not superseded itself.

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "succession", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.entries() {
        let Some(successor) = entry.record.superseded_by else { continue };
        let place = entry.fields.place_of("superseded_by");
        if !entry.fields.has("deprecated_since") {
            report.at(place, "code with superseded_by has no field \"deprecated_since\", which is required");
        }
        let is_elsewhere = successor.split_once(':').is_some_and(|(system, _)| scope.library.system(system).is_some());
        let system = entry.record.system;
        let target = if is_elsewhere { scope.link_target(system, successor) } else { format!("{system}:{successor}") };
        let last = scope.record(&target).and_then(|other| other.superseded_by);
        if entry.record.full_name() == *target || !scope.may_exist(&target) {
            let expected = if is_elsewhere { "a code of that registry" } else { "another code of the same system" };
            report.at(place, format!("superseded_by {successor:?} is not {expected}"));
        } else if let Some(last) = last {
            let expected = "expected the code to use instead";
            report.at(place, format!("superseded_by {successor:?} is itself superseded by {last:?}; {expected}"));
        }
    }
}
