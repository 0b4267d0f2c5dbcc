//! A registry has no more codes and numbers than its tables can index.

use std::collections::BTreeSet;

use crate::read::extension::Extension;
use crate::read::registry::Entry;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "registry-size", run };

const MAX: u16 = u16::MAX;

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    let extensions = &scope.registry.extensions;
    let mut places = scope.entries().map(Entry::place).chain(extensions.iter().map(Extension::place));
    if let Some(place) = places.nth(usize::from(MAX)) {
        let count = scope.entries().count() + extensions.len();
        let has = format!("this one has {count}, including the codes that it extends");
        report.at(place, format!("a registry can have at most {MAX} codes; {has}"));
    }
    let mut numbers = BTreeSet::new();
    for entry in scope.full_entries().filter(|entry| !entry.record.system.name.is_empty()) {
        for (at, own) in entry.record.json_rpc.iter().enumerate() {
            let number = own.number;
            if numbers.insert(number) && numbers.len() == usize::from(MAX) + 1 {
                let place = entry.fields.place_of_item("json_rpc", at);
                report.at(place, format!("a registry can have at most {MAX} numbers; {number} is one too many"));
            }
        }
    }
}
