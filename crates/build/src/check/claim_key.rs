//! A claim has either a number or a text, but not both.

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "claim-key", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for (_, fields) in &scope.registry.claims {
        if fields.has("number") == fields.has("code") {
            report.at(fields.place(), "claim has both or neither of number and code; expected exactly one");
        }
    }
}
