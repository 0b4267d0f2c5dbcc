//! No code and no alias repeats one of another registry, unless it is shared, or is a plain word, which belongs to nobody.

use crate::scope::{Check, Report, Scope};
use crate::sharing::owner_of_text;

pub(crate) const CHECK: Check = Check { id: "taken-code", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.own_entries() {
        for (what, text, place) in entry.texts() {
            if let Some(owner) = owner_of_text(scope, &entry.record, text) {
                let package = scope.library.package(owner.system.name);
                let owner = owner.full_name();
                let taken = format!("{what} {text:?} is taken by {owner} of {package}");
                report.at(place, format!("{taken}; expected another text, or shares_with = [\"{owner}\"]"));
            }
        }
    }
}
