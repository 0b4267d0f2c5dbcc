//! An extension adds something.

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "empty-extension", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for extension in &scope.registry.extensions {
        let adds = |name: &&str| extension.fields.has_items(name);
        if !["aliases", "hint", "resolution", "related"].iter().any(adds) {
            let expected = "expected aliases, hint, resolution or related";
            report.at(extension.place(), format!("extension adds nothing to the code; {expected}"));
        }
    }
}
