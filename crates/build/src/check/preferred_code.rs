//! A kind has at most one preferred code, which exists in the registry, is not deprecated, and is one that servers send.

use std::collections::BTreeMap;

use mcp_error_codes_core::Record;

use crate::order::is_named;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "preferred-code", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    let mut kinds = BTreeMap::new();
    for entry in scope.full_entries().filter(|entry| entry.record.preferred) {
        let (kind, place) = (entry.record.kind, entry.fields.place_of("preferred"));
        if let Some(problem) = problem_of(&entry.record, entry.record.code) {
            report.at(place, problem);
        }
        report.twice(&mut kinds, kind, place, || format!("kind {kind} has two preferred codes"));
    }
    for (kind, code, place) in &scope.registry.preferred {
        let named: Vec<_> = scope.entries().filter(|entry| is_named(&entry.record, code)).collect();
        match named.as_slice() {
            // The code may be missing because of another mistake.
            [] if scope.may_have_more_codes() => {}
            [] => report.at(*place, format!("preferred code {code:?} is not a code of this registry")),
            [entry] => {
                if let Some(problem) = problem_of(&entry.record, code) {
                    report.at(*place, problem);
                }
            }
            _ => {
                report.at(*place, format!("preferred code {code:?} is a code of two systems; expected \"system:code\""))
            }
        }
        report.twice(&mut kinds, *kind, *place, || format!("kind {kind} has two preferred codes"));
    }
}

/// Returns why a code, as the registry writes it, cannot be preferred. `setup` rejects a code that is never sent too.
fn problem_of(record: &Record, code: &str) -> Option<String> {
    if record.is_deprecated() {
        return Some(format!("code {code:?} is deprecated; expected an active code"));
    }
    let expected = "expected a code whose surface is \"tool\" or \"protocol\"";
    (!record.is_sent()).then(|| format!("code {code:?} is never sent; {expected}"))
}
