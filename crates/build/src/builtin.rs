//! The keys of the library's own registry: what another registry may neither repeat nor miss in a link.
//!
//! They travel with the generator as `builtin.toml`, which is drawn from `registry/*.toml`. It is data rather than source so
//! that a stale file never keeps the generator from being compiled, and the library's own registry is not held to it.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter, Write};
use std::sync::LazyLock;

use mcp_error_codes_core::{__spelling, Family, Record, ReservedRange, System};

use crate::entry::numbers;
use crate::fields::Fields;
use crate::problem::{Collector, Place};
use crate::read::read;

/// Systems by name, module and reserved ranges, and records of which only the keys are there.
#[derive(Debug, Default)]
pub(crate) struct Builtin {
    pub(crate) systems: Vec<&'static System>,
    pub(crate) records: Vec<Record>,
    /// The places of the records that have a text, by its spelling.
    texts: BTreeMap<Vec<u8>, Vec<usize>>,
    /// The places of the records that have a number.
    numbers: BTreeMap<i32, Vec<usize>>,
}

/// The keys of the library whose version the generator has.
pub(crate) static BUILTIN: LazyLock<Builtin> = LazyLock::new(|| Builtin::read(TEXT));

const TEXT: &str = include_str!("builtin.toml");

impl Builtin {
    fn new(systems: Vec<&'static System>, records: Vec<Record>) -> Self {
        let (mut texts, mut numbers): (BTreeMap<_, Vec<usize>>, BTreeMap<_, Vec<usize>>) = Default::default();
        for (at, record) in records.iter().enumerate() {
            for text in record.aliases.iter().chain([&record.code]) {
                texts.entry(__spelling(text).collect()).or_default().push(at);
            }
            for own in record.json_rpc {
                numbers.entry(own.number).or_default().push(at);
            }
        }
        Self { systems, records, texts, numbers }
    }

    /// Reads the keys. A mistake leaves out what it concerns; the tests below see it.
    fn read(text: &str) -> Self {
        let (mut systems, mut records) = (Vec::new(), Vec::new());
        let problems = &mut Collector::new(vec!["builtin.toml".to_owned()]);
        let content = read(0, text, problems).unwrap_or_default();
        let mut fields = Fields::new("keys", Place { file: 0, line: 1 }, &content);
        fields.each("systems", problems, |fields, problems| {
            let (name, module) = (fields.text("name", problems), fields.text("module", problems));
            let reserved = fields.tables("reserved", problems, |fields, problems| {
                Some(ReservedRange::__new(fields.text("first", problems), fields.text("last", problems)))
            });
            // Which family reserves a range makes no difference here.
            let families: &'static [Family] = Box::leak(Box::new([Family::__new("", "", "", reserved, &[], &[], &[])]));
            let system = &*Box::leak(Box::new(System::__new(name, module, "", "", "", "", &[], families)));
            systems.push(system);
            records.extend(fields.each("codes", problems, |fields, problems| {
                let (code, name) = (fields.text("code", problems), fields.text("name", problems));
                let record = Record::__new(0, code, system, &families[0], name, "")
                    .__json_rpc(numbers(fields, problems))
                    .__aliases(fields.texts("aliases", problems))
                    .__shares_with(fields.texts("shares_with", problems))
                    .__superseded_by(fields.optional_text("superseded_by", problems))
                    .__deprecated_since(fields.optional_text("deprecated_since", problems));
                Some(record)
            }));
            Some(())
        });
        Self::new(systems, records)
    }

    /// Finds a system by its name.
    pub(crate) fn system(&self, name: &str) -> Option<&'static System> {
        self.systems.iter().copied().find(|system| system.name == name)
    }

    /// Finds the records that have a text as their code or an alias, in any spelling.
    pub(crate) fn with_text(&self, text: &str) -> impl Iterator<Item = &Record> {
        let spelling: Vec<u8> = __spelling(text).collect();
        self.texts.get(&spelling).into_iter().flatten().map(|at| &self.records[*at])
    }

    /// Finds the records that have a number.
    pub(crate) fn with_number(&self, number: i32) -> impl Iterator<Item = &Record> {
        self.numbers.get(&number).into_iter().flatten().map(|at| &self.records[*at])
    }

    /// Finds the range that a system reserves and a text lies in.
    pub(crate) fn reserved(&self, text: &str) -> Option<(&'static System, ReservedRange)> {
        let families =
            self.systems.iter().flat_map(|system| system.families.iter().map(move |family| (*system, family)));
        let mut ranges =
            families.flat_map(|(system, family)| family.reserved.iter().map(move |range| (system, *range)));
        ranges.find(|(_, range)| range.contains(text))
    }
}

/// Prints the file that [`Builtin::read`] takes.
impl Display for Builtin {
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
# The keys of the registry of mcp-error-codes, to which the generator holds every other registry.
# Drawn from registry/*.toml; do not edit. `UPDATE_EXPECT=1 cargo test -p mcp-error-codes-build --lib` writes it.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, Generator};

    /// The keys as the registry has them now.
    fn fresh() -> Result<String, Error> {
        let generator = Generator::new("../../registry").__builtin();
        let keys = |checked: &crate::rules::Checked<'_>| {
            let records = checked.entries.iter().map(|entry| entry.record).collect();
            Builtin::new(checked.systems.clone(), records).to_string()
        };
        Ok(generator.checked(&generator.files()?, keys)?)
    }

    #[test]
    fn the_keys_are_those_of_the_registry() -> Result<(), Box<dyn std::error::Error>> {
        let fresh = fresh()?;
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write("src/builtin.toml", &fresh)?;
            return Ok(());
        }
        let differs = |(held, fresh): &(&str, &str)| held != fresh;
        let first = TEXT.lines().zip(fresh.lines()).find(differs);
        let repair = "UPDATE_EXPECT=1 cargo test -p mcp-error-codes-build --lib rewrites src/builtin.toml";
        assert!(TEXT == fresh, "registry/*.toml has changed, first here: {first:#?}\n{repair}");
        Ok(())
    }

    #[test]
    fn what_is_read_is_what_was_written() -> Result<(), Error> {
        let fresh = fresh()?;
        assert_eq!(Builtin::read(&fresh).to_string(), fresh);
        Ok(())
    }
}
