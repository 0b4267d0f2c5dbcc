//! An alias is neither the number nor the full name of another code.

use std::collections::BTreeMap;

use mcp_error_codes_core::{__spelling, Record};

use crate::check::system_name::UNKNOWN;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "alias-text", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    let taken = taken(scope);
    for entry in scope.entries().filter(|entry| scope.library_system(entry).is_none()) {
        let record = &entry.record;
        for (at, alias) in record.aliases.iter().enumerate() {
            let place = entry.fields.place_of_item("aliases", at);
            let owners = taken.get(&spelling(alias)).map_or(&[] as &[_], Vec::as_slice);
            let others = || owners.iter().filter(|(_, owner)| owner.full_name() != record.full_name());
            // Several codes may have the number; the one that is written like it comes first.
            let written = others().find(|(_, owner)| owner.code == *alias);
            if let Some((what, owner)) = written.or_else(|| others().next()) {
                let owner = owner.full_name();
                report.at(place, format!("alias {alias:?} is the {what} of {owner}; expected a different text"));
            } else if let Some(system) = other_system(scope, record, alias) {
                let form = format!("alias {alias:?} has the form of a full name of the system {system:?}");
                report.at(place, format!("{form}; expected a different text"));
            }
        }
    }
}

/// What a spelling is (a number or a full name), and the codes that have it.
type Taken<'r> = BTreeMap<Vec<u8>, Vec<(&'static str, &'r Record)>>;

/// Returns the numbers and full names of all known codes, by their spellings.
fn taken<'r>(scope: &Scope<'r, '_>) -> Taken<'r> {
    let mut taken = Taken::new();
    for record in scope.records().filter(|record| !record.code.is_empty()) {
        let system = record.system.name;
        let mut add = |what, text: &str| taken.entry(spelling(text)).or_default().push((what, record));
        add("full name", &record.full_name().to_string());
        if !record.name.is_empty() {
            add("full name", &format!("{system}:{}", record.name));
        }
        for own in record.json_rpc {
            add("number", &own.number.to_string());
            add("number", &format!("{system}:{}", own.number));
        }
    }
    taken
}

/// Returns the system that an alias names before a colon, unless it is the record's own system.
pub(crate) fn other_system<'t>(scope: &Scope<'_, '_>, record: &Record, text: &'t str) -> Option<&'t str> {
    let (system, _) = text.split_once(':')?;
    let is_spelt = |name: &str| spelling(name) == spelling(system);
    (!is_spelt(record.system.name) && (scope.has_system(is_spelt) || is_spelt(UNKNOWN))).then_some(system)
}

fn spelling(text: &str) -> Vec<u8> {
    __spelling(text).collect()
}
