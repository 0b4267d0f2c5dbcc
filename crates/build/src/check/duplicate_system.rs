//! Systems have different names and different modules.

use std::collections::BTreeMap;

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "duplicate-system", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    let (mut names, mut modules) = (BTreeMap::new(), BTreeMap::new());
    for file in scope.systems() {
        let Some(head) = &file.head else { continue };
        let (name, module) = (file.system.name, file.system.module);
        if !name.is_empty() {
            report.twice(&mut names, name, head.place_of("name"), || format!("system {name:?} is defined twice"));
        }
        if !module.is_empty() {
            report.twice(&mut modules, module, head.place_of("module"), || format!("module {module:?} is used twice"));
        }
    }
}
