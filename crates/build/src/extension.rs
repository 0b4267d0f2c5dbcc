//! What a registry adds to codes of the library: the tables `[[extends]]`, each judged by itself and then beside everything
//! that `find` knows.

use std::collections::BTreeMap;

use mcp_error_codes_core::{__spelling, Record, Related};

use crate::builtin::Builtin;
use crate::entry::{Entry, full_name, related};
use crate::fields::Fields;
use crate::problem::{Collector, Place};
use crate::rules::{Known, related_codes, twice};
use crate::spelling::{spelling, spelling_in};

/// One `[[extends]]` table, and where its fields stand.
#[derive(Debug, Clone)]
pub(crate) struct Extension<'a> {
    /// The keys of the library's record. The check finds them.
    pub(crate) record: Option<Record>,
    pub(crate) aliases: &'static [&'static str],
    pub(crate) hint: Option<&'static str>,
    pub(crate) resolution: &'static [&'static str],
    pub(crate) related: &'static [Related],
    /// The code as it is written: `system:code`.
    code: &'static str,
    fields: Fields<'a>,
}

impl Extension<'_> {
    /// The line of `code = ..`.
    pub(crate) fn place(&self) -> Place {
        self.fields.own_place()
    }
}

/// Takes the fields of a table.
pub(crate) fn extension<'a>(fields: &mut Fields<'a>, problems: &mut Collector) -> Extension<'a> {
    let extension = Extension {
        record: None,
        code: fields.text("code", problems),
        aliases: fields.texts("aliases", problems),
        hint: fields.optional_text("hint", problems),
        resolution: fields.texts("resolution", problems),
        related: fields.tables("related", problems, related),
        fields: fields.clone(),
    };
    if !["aliases", "hint", "resolution", "related"].into_iter().any(|name| fields.has_items(name)) {
        problems.report(
            fields.own_place(),
            "extension adds nothing to the code; expected aliases, hint, resolution or related",
        );
    }
    extension
}

/// An extension is of a code of the library, the only one of it, and adds no spelling and no link that is wrong.
pub(crate) fn check(
    extensions: &mut [Extension<'_>],
    entries: &[Entry<'_>],
    builtin: &Builtin,
    known: &Known<'_>,
    may_exist: impl Fn(&str) -> bool,
    problems: &mut Collector,
) {
    let mut taken = if extensions.is_empty() { Taken::default() } else { Taken::new(entries, builtin) };
    let mut codes = BTreeMap::new();
    for extension in extensions.iter_mut().filter(|extension| !extension.code.is_empty()) {
        let (code, place) = (extension.code, extension.place());
        let is_builtin = |record: &&&Record| builtin.system(record.system.name).is_some();
        let Some(record) = known.get(code).filter(is_builtin) else {
            let what = format!("extended code {code:?} is none of mcp-error-codes; expected \"system:code\"");
            problems.report(place, what);
            continue;
        };
        twice(&mut codes, code, place, problems, || format!("code {code:?} is extended twice"));
        for (at, alias) in extension.aliases.iter().enumerate() {
            taken.alias(alias, record, extension.fields.place_of_item("aliases", at), builtin, problems);
        }
        related_codes(record, extension.related, &extension.fields, &may_exist, problems);
        extension.record = Some(**record);
    }
}

/// Every text that `find` knows, by its spelling, with the one that has it.
#[derive(Default)]
struct Taken(BTreeMap<String, Owner>);

enum Owner {
    Library(String),
    Place(Place),
}

impl Taken {
    fn new(entries: &[Entry<'_>], builtin: &Builtin) -> Self {
        let mut taken = Self::default();
        for field in FIELDS {
            for record in &builtin.records {
                for text in texts(record, field) {
                    taken.add(&text, record, || Owner::Library(full_name(record)));
                }
            }
            for Entry { record, fields, .. } in entries {
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

    /// Adds an alias, unless it is none or another has it.
    fn alias(&mut self, alias: &str, record: &Record, place: Place, builtin: &Builtin, problems: &mut Collector) {
        if __spelling(alias).next().is_none() {
            problems.report(place, format!("alias {alias:?} consists of separators only"));
            return;
        }
        if let Some((system, range)) = builtin.reserved(alias) {
            let lies = format!("alias {alias:?} lies in the range {range}");
            problems.report(place, format!("{lies}, which {system} of mcp-error-codes reserves"));
        }
        match spellings(alias, record).into_iter().find_map(|spelling| self.0.get(&spelling)) {
            Some(Owner::Library(owner)) => {
                let taken = format!("alias {alias:?} is taken by {owner} of mcp-error-codes");
                problems.report(place, format!("{taken}; expected another text"));
            }
            Some(Owner::Place(first)) => {
                let first = problems.name(*first);
                problems.report(place, format!("alias {alias:?} is defined twice; first at {first}"));
            }
            None => self.add(alias, record, || Owner::Place(place)),
        }
    }
}

/// The fields by whose texts `find` knows a code, the likeliest first.
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

/// The two spellings of a text: alone, and behind the system.
fn spellings(text: &str, record: &Record) -> [String; 2] {
    [spelling(text), spelling_in(record.system.name, text)]
}
