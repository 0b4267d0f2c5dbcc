//! The keys of other registries, which a registry must not repeat and may link to: the library's own, and those that
//! `Generator::knows` names.
//!
//! The library's are in `library.toml`, which is generated from `registry/*.toml`. It is data rather than source code, so the
//! generator compiles even if the file is out of date. The library's own registry is not checked against it.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter, Write};
use std::sync::LazyLock;

use mcp_error_codes_core::schema::Plain;
use mcp_error_codes_core::{__spelling, Family, Record, RecordBuilder, ReservedRange, System};

use crate::problem::{Collector, Place};
use crate::read::fields::Fields;
use crate::read::toml::parse;
use crate::read::value::{Read, read_record, tables_of};

/// The systems with their reserved ranges, and the records with at least their keys.
#[derive(Debug, Default)]
pub(crate) struct Library {
    pub(crate) systems: Vec<&'static System>,
    pub(crate) records: Vec<Record>,
    /// The registries that are not the library's, by the names of their systems.
    others: BTreeMap<&'static str, Origin>,
    /// The positions of the records, by full name.
    names: BTreeMap<String, usize>,
    /// The positions of the records that have a text, by spelling.
    texts: BTreeMap<Vec<u8>, Vec<usize>>,
    /// The positions of the records that have a number.
    numbers: BTreeMap<i64, Vec<usize>>,
}

/// Another registry.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// The name of the package that contains it.
    pub(crate) package: String,
    /// The path of the module that includes it: `acme_core`.
    pub(crate) path: String,
}

/// The keys of the library that has the generator's version.
pub(crate) static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::read(TEXT));

pub(crate) const TEXT: &str = include_str!("library.toml");

/// The key fields of a record.
const KEYS: &[&str] = &["code", "name", "json_rpc", "aliases", "shares_with", "superseded_by", "deprecated_since"];

impl Library {
    pub(crate) fn new(systems: Vec<&'static System>, records: Vec<Record>) -> Self {
        let mut library = Self { systems, records, ..Self::default() };
        for (at, record) in library.records.iter().enumerate() {
            library.names.insert(record.full_name().to_string(), at);
            for text in record.aliases.iter().chain([&record.code]) {
                library.texts.entry(__spelling(text).collect()).or_default().push(at);
            }
            for own in record.json_rpc {
                library.numbers.entry(own.number).or_default().push(at);
            }
        }
        library
    }

    /// Reads the keys. Entries with mistakes are skipped; the tests of the package find them.
    pub(crate) fn read(text: &str) -> Self {
        let (mut systems, mut records) = (Vec::new(), Vec::new());
        let problems = &mut Collector::new(vec!["library.toml".to_owned()]);
        let content = parse(0, text, problems).unwrap_or_default();
        let mut fields = Fields::new("keys", Place { file: 0, line: 1 }, &content);
        for mut fields in tables_of(&mut fields, "systems", problems) {
            let name = Plain::read(&mut fields, "name", true, problems).unwrap_or_default();
            let module = Plain::read(&mut fields, "module", true, problems).unwrap_or_default();
            let reserved = Plain::read(&mut fields, "reserved", false, problems).unwrap_or_default();
            // Reserved ranges do not depend on the family.
            let families: &'static [Family] = Box::leak(Box::new([Family::__new("", "", "", reserved, &[], &[], &[])]));
            let system = &*Box::leak(Box::new(System::__new(name, module, "", "", "", "", &[], families, None)));
            systems.push(system);
            for mut fields in tables_of(&mut fields, "codes", problems) {
                fields.restrict("code", KEYS);
                let mut record = RecordBuilder::new(0, "", system, &families[0], "", "").build();
                read_record(&mut record, &mut fields, problems);
                records.push(record);
            }
        }
        Self::new(systems, records)
    }

    /// Adds the keys of other registries.
    pub(crate) fn with(&self, registries: Vec<(Origin, Vec<&'static System>, Vec<Record>)>) -> Self {
        let (mut systems, mut records) = (self.systems.clone(), self.records.clone());
        let mut others = self.others.clone();
        for (origin, own_systems, own_records) in registries {
            others.extend(own_systems.iter().map(|system| (system.name, origin.clone())));
            systems.extend(own_systems);
            records.extend(own_records);
        }
        Self { others, ..Self::new(systems, records) }
    }

    /// Returns the registry that has a system, or `None` if it is the library's.
    pub(crate) fn origin(&self, system: &str) -> Option<&Origin> {
        self.others.get(system)
    }

    /// Returns the name of the package that has a system, for messages.
    pub(crate) fn package(&self, system: &str) -> &str {
        self.origin(system).map_or("mcp-error-codes", |origin| &origin.package)
    }

    /// Finds a system by its name.
    pub(crate) fn system(&self, name: &str) -> Option<&'static System> {
        self.systems.iter().copied().find(|system| system.name == name)
    }

    /// Finds a record by its full name.
    pub(crate) fn record(&self, full_name: &str) -> Option<&Record> {
        self.names.get(full_name).map(|at| &self.records[*at])
    }

    /// Finds the records that have a text as their code or an alias, in any spelling.
    pub(crate) fn with_text(&self, text: &str) -> impl Iterator<Item = &Record> {
        let spelling: Vec<u8> = __spelling(text).collect();
        self.texts.get(&spelling).into_iter().flatten().map(|at| &self.records[*at])
    }

    /// Finds the records that have a number.
    pub(crate) fn with_number(&self, number: i64) -> impl Iterator<Item = &Record> {
        self.numbers.get(&number).into_iter().flatten().map(|at| &self.records[*at])
    }

    /// Returns whether a text means a code here. Another registry's code with the same text is then written with its system.
    pub(crate) fn means(&self, text: &str) -> bool {
        self.with_text(text).next().is_some()
    }

    /// Finds the reserved range that contains a text, with the system that reserves it.
    pub(crate) fn reserved(&self, text: &str) -> Option<(&'static System, ReservedRange)> {
        let families =
            self.systems.iter().flat_map(|system| system.families.iter().map(move |family| (*system, family)));
        let mut ranges =
            families.flat_map(|(system, family)| family.reserved.iter().map(move |range| (system, *range)));
        ranges.find(|(_, range)| range.contains(text))
    }
}

/// Prints the file that [`Library::read`] reads.
impl Display for Library {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(HEADER)?;
        for system in &self.systems {
            write!(f, "\n[[systems]]\nname = {:?}\nmodule = {:?}\nreserved = [", system.name, system.module)?;
            for range in system.families.iter().flat_map(|family| family.reserved) {
                write!(f, "\n  {{ first = {:?}, last = {:?} }},", range.first, range.last)?;
            }
            f.write_str("\n]\ncodes = [\n")?;
            for record in self.records.iter().filter(|record| record.system.name == system.name) {
                write_keys(f, record)?;
            }
            f.write_str("]\n")?;
        }
        Ok(())
    }
}

const HEADER: &str = "\
# The keys of the registry of mcp-error-codes, which every other registry is checked against.
# Drawn from registry/*.toml; do not edit. `cargo xtask bless` writes it.
";

/// Writes the keys of a record in one line.
fn write_keys(f: &mut Formatter<'_>, record: &Record) -> fmt::Result {
    write!(f, "  {{ code = {:?}, name = {:?}, json_rpc = [", record.code, record.name)?;
    for (at, own) in record.json_rpc.iter().enumerate() {
        write!(f, "{}{{ number = {}", if at == 0 { "" } else { ", " }, own.number)?;
        for (key, version) in [("since", own.since), ("until", own.until)] {
            version.map_or(Ok(()), |version| write!(f, ", {key} = \"{version}\""))?;
        }
        f.write_str(" }")?;
    }
    f.write_char(']')?;
    for (key, texts) in [("aliases", record.aliases), ("shares_with", record.shares_with)] {
        if !texts.is_empty() {
            write!(f, ", {key} = {texts:?}")?;
        }
    }
    for (key, text) in [("superseded_by", record.superseded_by), ("deprecated_since", record.deprecated_since)] {
        text.map_or(Ok(()), |text| write!(f, ", {key} = {text:?}"))?;
    }
    f.write_str(" },\n")
}
