//! A kind has at most one preferred code, which exists in the registry and is not deprecated.

use std::collections::BTreeMap;

use crate::order::is_named;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "preferred-code", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    let mut kinds = BTreeMap::new();
    for entry in scope.full_entries().filter(|entry| entry.record.preferred) {
        let (kind, place) = (entry.record.kind, entry.fields.place_of("preferred"));
        if entry.record.is_deprecated() {
            report.at(place, format!("code {:?} is deprecated; expected an active code", entry.record.code));
        }
        report.twice(&mut kinds, kind, place, || format!("kind {kind} has two preferred codes"));
    }
    for (kind, code, place) in &scope.registry.preferred {
        let named: Vec<_> = scope.entries().filter(|entry| is_named(&entry.record, code)).collect();
        match named.as_slice() {
            // The code may be missing because of another mistake.
            [] if scope.may_have_more_codes() => {}
            [] => report.at(*place, format!("preferred code {code:?} is not a code of this registry")),
            [entry] if entry.record.is_deprecated() => {
                report.at(*place, format!("code {code:?} is deprecated; expected an active code"));
            }
            [_] => {}
            _ => {
                report.at(*place, format!("preferred code {code:?} is a code of two systems; expected \"system:code\""))
            }
        }
        report.twice(&mut kinds, *kind, *place, || format!("kind {kind} has two preferred codes"));
    }
}
