//! An extension extends a code of the library, and no two extensions extend the same one.

use std::collections::BTreeMap;

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "extended-code", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    let mut codes = BTreeMap::new();
    for extension in scope.registry.extensions.iter().filter(|extension| !extension.code.is_empty()) {
        let (code, place) = (extension.code, extension.place());
        match scope.library.record(code) {
            Some(_) => report.twice(&mut codes, code, place, || format!("code {code:?} is extended twice")),
            None if scope.record(code).is_some() => {
                report.at(place, format!("extended code {code:?} is a code of this registry; change the code itself"));
            }
            None => {
                let expected = format!("expected \"system:code\"{}", scope.remedy_of(code));
                let not = format!("extended code {code:?} is not a code of mcp-error-codes or of a known registry");
                report.at(place, format!("{not}; {expected}"));
            }
        }
    }
}
