//! In a protocol version, a number belongs to one code, unless codes declare that they share it, and a code has one number.

use std::collections::BTreeMap;

use crate::read::registry::Entry;
use crate::scope::{Check, Report, Scope};
use crate::sharing::{agree, has_number};

pub(crate) const CHECK: Check = Check { id: "duplicate-number", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    let mut numbers: BTreeMap<i64, Vec<(&Entry<'_>, usize)>> = BTreeMap::new();
    for entry in scope.full_entries().filter(|entry| !entry.record.system.name.is_empty()) {
        let record = &entry.record;
        for (at, own) in record.json_rpc.iter().enumerate() {
            let (number, place) = (own.number, entry.fields.place_of_item("json_rpc", at));
            if let Some(other) = record.json_rpc[..at].iter().position(|other| other.overlaps(*own)) {
                let first = report.name(entry.fields.place_of_item("json_rpc", other));
                let other = record.json_rpc[other].number;
                let message =
                    format!("number {number} is for a protocol version in which the code already has {other}");
                report.at(place, format!("{message}; first at {first}"));
            }
            let same = numbers.entry(number).or_default();
            let agrees = |other: &Entry<'_>| {
                std::ptr::eq(entry, other) || agree(scope, record, &other.record, |third| has_number(third, number))
            };
            let clashes =
                |(other, at): &&(&Entry<'_>, usize)| other.record.json_rpc[*at].overlaps(*own) && !agrees(other);
            if let Some((other, other_at)) = same.iter().find(clashes) {
                let first = report.name(other.fields.place_of_item("json_rpc", *other_at));
                report.at(place, format!("number {number} is used twice; first at {first}"));
            }
            same.push((entry, at));
        }
    }
}
