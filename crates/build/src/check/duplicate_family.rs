//! The families of a system have different names.

use std::collections::BTreeMap;

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "duplicate-family", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for file in scope.systems() {
        let mut names = BTreeMap::new();
        for (family, fields) in file.system.families.iter().zip(&file.families) {
            let (name, place) = (family.name, fields.place_of("name"));
            if !name.is_empty() {
                report.twice(&mut names, name, place, || format!("family {name:?} is defined twice"));
            }
        }
    }
}
