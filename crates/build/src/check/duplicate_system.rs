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
            let what = || {
                format!("system {name:?} is defined twice; other files of the system have only its name in [system]")
            };
            report.twice(&mut names, name, head.place_of("name"), what);
        }
        // A different module would not help a system that is defined twice.
        if !module.is_empty()
            && !scope
                .systems()
                .iter()
                .take_while(|other| !std::ptr::eq(*other, file))
                .any(|other| other.system.name == name)
        {
            report.twice(&mut modules, module, head.place_of("module"), || format!("module {module:?} is used twice"));
        }
    }
}
