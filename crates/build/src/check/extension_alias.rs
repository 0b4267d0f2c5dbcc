//! An alias of an extension is a text that `find` does not find yet.

use std::collections::BTreeMap;

use mcp_error_codes_core::{__spelling, Record};

use crate::problem::Place;
use crate::read::registry::Entry;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "extension-alias", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    let extensions = &scope.registry.extensions;
    let mut taken = if extensions.is_empty() { Taken::default() } else { Taken::new(scope) };
    for extension in extensions {
        let Some(record) = scope.library.record(extension.code) else { continue };
        for (at, alias) in extension.aliases.iter().enumerate() {
            let place = extension.fields.place_of_item("aliases", at);
            if __spelling(alias).next().is_none() {
                report.at(place, format!("alias {alias:?} consists of separators only"));
                continue;
            }
            if let Some((system, range)) = scope.library.reserved(alias) {
                let lies = format!("alias {alias:?} is in the range {range}");
                let package = scope.library.package(system.name);
                report.at(place, format!("{lies}, which {system} of {package} reserves"));
            }
            match taken.owner(alias, record) {
                Some(Owner::Library(owner)) => {
                    let taken = format!("alias {alias:?} is taken by {owner}");
                    report.at(place, format!("{taken}; expected another text"));
                }
                Some(Owner::Place(first)) => {
                    let first = report.name(*first);
                    report.at(place, format!("alias {alias:?} is defined twice; first at {first}"));
                }
                None => taken.add(alias, record, || Owner::Place(place)),
            }
        }
    }
}

/// Returns every text that `find` finds, by its spelling, with its owner.
#[derive(Default)]
struct Taken(BTreeMap<Vec<u8>, Owner>);

enum Owner {
    Library(String),
    Place(Place),
}

impl Taken {
    fn new(scope: &Scope<'_, '_>) -> Self {
        let mut taken = Self::default();
        for field in FIELDS {
            for record in &scope.library.records {
                for text in texts(record, field) {
                    taken.add(&text, record, || {
                        Owner::Library(format!(
                            "{} of {}",
                            record.full_name(),
                            scope.library.package(record.system.name)
                        ))
                    });
                }
            }
            for Entry { record, fields, .. } in scope.entries() {
                for (at, text) in texts(record, field).iter().enumerate() {
                    taken.add(text, record, || Owner::Place(fields.place_of_item(field, at)));
                }
            }
        }
        taken
    }

    fn add(&mut self, text: &str, record: &Record, owner: impl Fn() -> Owner) {
        for spelling in spellings(text, record) {
            self.0.entry(spelling).or_insert_with(&owner);
        }
    }

    fn owner(&self, alias: &str, record: &Record) -> Option<&Owner> {
        spellings(alias, record).into_iter().find_map(|spelling| self.0.get(&spelling))
    }
}

/// The fields that `find` searches, the most likely first.
const FIELDS: [&str; 4] = ["code", "name", "aliases", "json_rpc"];

fn texts(record: &Record, field: &str) -> Vec<String> {
    let of = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    match field {
        "code" => of(record.code).into_iter().collect(),
        "name" => of(record.name).into_iter().collect(),
        "aliases" => record.aliases.iter().map(ToString::to_string).collect(),
        _ => record.json_rpc.iter().map(|own| own.number.to_string()).collect(),
    }
}

/// Returns the two spellings of a text: with and without its system.
fn spellings(text: &str, record: &Record) -> [Vec<u8>; 2] {
    [__spelling(text).collect(), __spelling(&format!("{}:{text}", record.system.name)).collect()]
}
