//! The codes, names and aliases of a system are unique in any spelling, and systems share a code only if one of them declares it.

use std::collections::BTreeMap;

use mcp_error_codes_core::__spelling;

use crate::problem::Place;
use crate::read::registry::{Entry, SystemFile};
use crate::scope::{Check, Report, Scope};
use crate::sharing::{agree, has_text};

pub(crate) const CHECK: Check = Check { id: "duplicate-code", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for file in scope.systems() {
        within_system(file, report);
    }
    let mut texts: BTreeMap<&str, Vec<&Entry<'_>>> = BTreeMap::new();
    for entry in scope.entries().filter(|entry| !entry.record.system.name.is_empty()) {
        let record = &entry.record;
        let same = texts.entry(record.code).or_default();
        let agrees = |other: &Entry<'_>| agree(scope, record, &other.record, |third| has_text(third, record.code));
        let clashes = |other: &&&Entry<'_>| other.record.system.name != record.system.name && !agrees(other);
        if let Some(other) = same.iter().find(clashes).filter(|_| !record.code.is_empty()) {
            let (code, first) = (record.code, report.name(other.place()));
            report.at(entry.place(), format!("code {code:?} is defined twice; first at {first}"));
        }
        same.push(entry);
    }
}

fn within_system(file: &SystemFile<'_>, report: &mut Report<'_>) {
    let mut spellings: BTreeMap<Vec<u8>, (usize, &str, Place)> = BTreeMap::new();
    for (at, entry) in file.entries.iter().enumerate() {
        let (record, fields) = (&entry.record, &entry.fields);
        let aliases = record.aliases.iter().enumerate();
        let aliases = aliases.map(|(at, alias)| ("alias", *alias, fields.place_of_item("aliases", at)));
        let own = [("code", record.code, entry.place()), ("name", record.name, fields.place_of("name"))];
        for (what, text, place) in own.into_iter().chain(aliases).filter(|(_, text, _)| !text.is_empty()) {
            let key: Vec<u8> = __spelling(text).collect();
            if key.is_empty() {
                report.at(place, format!("{what} {text:?} consists of separators only"));
                continue;
            }
            match spellings.get(&key) {
                // One entry may have the same text as its code and its name, and an alias that differs from them only in spelling.
                Some((owner, ..)) if *owner == at => {}
                Some((_, same, first)) if *same == text => {
                    let first = report.name(*first);
                    report.at(place, format!("{what} {text:?} is defined twice; first at {first}"));
                }
                Some((_, other, first)) => {
                    let first = report.name(*first);
                    let equal = format!("{what} {text:?} is spelt like {other:?} at {first}");
                    report.at(place, format!("{equal}; case, '-', '_' and spaces are ignored"));
                }
                None => {
                    spellings.insert(key, (at, text, place));
                }
            }
        }
    }
}
