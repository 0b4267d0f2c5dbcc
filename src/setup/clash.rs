//! Checks that several registries do not conflict.

use mcp_error_codes_core::JsonRpcNumber;

use crate::codes::code::is_same_code;
use crate::setup::error::Clash;
use crate::{REGISTRY, Record, Registry};

/// Lists every code and number that two registries have, and every code that two registries extend. Each registry is
/// also compared with this crate's. The registries are in the order of their names, so the order of setup makes no difference.
#[inline]
pub(super) fn clashes(registries: &[&'static Registry]) -> Vec<Clash> {
    let known = [&[&REGISTRY], registries].concat();
    let mut clashes = Vec::new();
    for (at, registry) in known.iter().enumerate() {
        for earlier in &known[..at] {
            compare_systems(earlier, registry, &mut clashes);
            compare_records(earlier, registry, &mut clashes);
            compare_extensions(earlier, registry, &mut clashes);
        }
    }
    clashes.sort();
    clashes
}

#[inline]
fn compare_systems(first: &'static Registry, second: &'static Registry, clashes: &mut Vec<Clash>) {
    for system in second.systems() {
        if first.systems().iter().any(|other| other.name == system.name) {
            clashes.push(Clash::System { system: system.name, first: first.name(), second: second.name() });
        }
    }
}

#[inline]
fn compare_records(first: &'static Registry, second: &'static Registry, clashes: &mut Vec<Clash>) {
    let place = |record: &Record, registry: &Registry| format!("{} ({})", record.full_name(), registry.name());
    for record in second.records() {
        // A system that both have is reported once. A plain word belongs to no registry.
        if first.systems().iter().any(|system| system.name == record.system.name) {
            continue;
        }
        let other = first.lookup(record.code).filter(|other| !record.is_word() && !shares(record, other));
        if let Some(other) = other {
            let (first, second) = (place(other, first), place(record, second));
            clashes.push(Clash::Code { code: record.code, first, second });
        }
        for own in record.json_rpc.iter().filter(|own| !own.is_past()) {
            let overlaps = |other: &&'static Record| {
                let same = |claim: &&JsonRpcNumber| claim.number == own.number && !claim.is_past();
                other.json_rpc.iter().filter(same).any(|claim| claim.overlaps(*own))
            };
            let mut claims = first.by_number(own.number).filter(overlaps);
            if let Some(other) = claims.find(|other| !shares(record, other)) {
                let (first, second) = (place(other, first), place(record, second));
                clashes.push(Clash::Number { number: own.number, first, second });
            }
        }
    }
}

/// Returns whether one of two records declares that it shares its code or number with the other, or both declare the
/// same third one.
#[inline]
fn shares(record: &Record, other: &Record) -> bool {
    let names = |a: &Record, b: &Record| a.shares_with.iter().any(|target| b.full_name() == *target);
    let both = || other.shares_with.iter().any(|target| record.shares_with.contains(target));
    names(record, other) || names(other, record) || both()
}

#[inline]
fn compare_extensions(first: &'static Registry, second: &'static Registry, clashes: &mut Vec<Clash>) {
    for extension in second.extensions() {
        let is_same = |other: &&crate::Extension| is_same_code(other.record, extension.record);
        if first.extensions().iter().any(|other| is_same(&other)) {
            let code = extension.record.full_name().to_string();
            clashes.push(Clash::Extension { code, first: first.name(), second: second.name() });
        }
    }
}
