//! The name of a code is a valid Rust constant name.

use crate::name;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "constant-name", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.entries().filter(|entry| !entry.record.name.is_empty()) {
        let name = entry.record.name;
        if !name::is_identifier(name) {
            let expected = name::IDENTIFIER;
            let place = entry.fields.place_of("name");
            report.at(place, format!("name {name:?} cannot name a Rust constant; expected {expected}"));
        }
    }
}
