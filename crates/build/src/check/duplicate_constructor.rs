//! The constructors of codes and scenarios have unique names in the module of their system.

use std::collections::BTreeMap;

use crate::name;
use crate::problem::Place;
use crate::read::registry::SystemFile;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "duplicate-constructor", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for file in scope.systems() {
        within_system(file, report);
    }
}

fn within_system(file: &SystemFile<'_>, report: &mut Report<'_>) {
    let mut functions: BTreeMap<String, Place> = BTreeMap::new();
    for entry in file.entries.iter().filter(|entry| !entry.record.name.is_empty()) {
        // Two names with the same constructor have the same spelling, which another check reports.
        functions.entry(name::function(entry.record.name)).or_insert(entry.fields.place_of("name"));
    }
    for entry in file.entries.iter().filter(|entry| !entry.is_former_name) {
        let mut names = BTreeMap::new();
        for (at, scenario) in entry.record.scenarios.iter().enumerate().filter(|(_, case)| !case.name.is_empty()) {
            let (name, place) = (scenario.name, entry.fields.place_of_item("scenarios", at));
            let function = name::function(name);
            if names.contains_key(name) || scenario.message.is_none() {
                report.twice(&mut names, name, place, || format!("scenario {name:?} is defined twice"));
                continue;
            }
            names.insert(name, place);
            let what = format!("constructor {function:?} of scenario {name:?} is defined twice");
            report.twice(&mut functions, function, place, || what);
        }
    }
}
