//! The tables of a registry: its systems, its records and the lookup indexes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use mcp_error_codes_core::{__spelling, Claim};

use crate::emit::index::{NumberTables, TextTables};
use crate::emit::options::Options;
use crate::emit::value::{Source, builder};
use crate::emit::write::Written;
use crate::json::JsonSource;
use crate::name;
use crate::order::{Ordered, rank};
use crate::template::literal_length;

/// Writes the module of the tables.
pub(crate) fn write(out: &mut String, registry: &Ordered<'_>, options: &Options) -> Written {
    out.push_str("#[doc(hidden)]\n#[rustfmt::skip]\n");
    out.push_str("#[allow(dead_code, deprecated, unreachable_pub, clippy::all, clippy::pedantic)]\nmod __data {\n");
    out.push_str("    use ::mcp_error_codes::__private::*;\n");
    systems(out, registry)?;
    records(out, registry, options)?;
    text_index(out, registry)?;
    number_index(out, registry)?;
    spellings(out, registry)?;
    templates(out, registry)?;
    extensions(out, registry)?;
    preferred(out, registry)?;
    claims(out, if options.recognition { &registry.claims } else { &[] })?;
    out.push_str("}\n");
    Ok(())
}

fn systems(out: &mut String, registry: &Ordered<'_>) -> Written {
    writeln!(out, "    pub(super) static SYSTEMS: [System; {}] = [", registry.systems.len())?;
    for system in &registry.systems {
        out.push_str("        ");
        system.write(out)?;
        out.push_str(",\n");
    }
    out.push_str("    ];\n");
    Ok(())
}

fn records(out: &mut String, registry: &Ordered<'_>, options: &Options) -> Written {
    writeln!(out, "    pub(super) static RECORDS: [Record; {}] = [", registry.entries.len())?;
    for entry in &registry.entries {
        let record = &entry.record;
        let system = registry.systems.iter().take_while(|system| system.name != record.system.name).count();
        let family = record.system.families.iter().take_while(|family| family.name != record.family.name).count();
        // Each record is a constant, because the compiler needs twice the memory for one expression with thousands of
        // records.
        out.push_str("        { const RECORD: Record = ");
        builder(record, (system, family), options.recognition, out)?;
        write!(out, ".registry({:?})", options.registry)?;
        if options.constructors {
            write!(out, ".json({})", JsonSource(record))?;
        }
        out.push_str(".build(); RECORD },\n");
    }
    out.push_str("    ];\n");
    Ok(())
}

/// Writes what is added to codes of the library, which are named by their constants.
fn extensions(out: &mut String, registry: &Ordered<'_>) -> Written {
    writeln!(out, "    pub(super) static EXTENSIONS: [Extension; {}] = [", registry.extensions.len())?;
    for (record, extension) in &registry.extensions {
        let constant = format!("::mcp_error_codes::{}::{}", record.system.module, name::constant(record.name));
        write!(out, "        Extension::__new({constant}.record(), ")?;
        extension.aliases.write(out)?;
        out.push_str(", ");
        extension.hint.write(out)?;
        out.push_str(", ");
        extension.resolution.write(out)?;
        out.push_str(", ");
        extension.related.write(out)?;
        out.push_str("),\n");
    }
    out.push_str("    ];\n");
    Ok(())
}

/// Writes the position of the preferred code of each kind that has one.
fn preferred(out: &mut String, registry: &Ordered<'_>) -> Written {
    writeln!(out, "    pub(super) static PREFERRED: [(Kind, u16); {}] = [", registry.preferred.len())?;
    for (kind, position) in &registry.preferred {
        out.push_str("        (");
        kind.write(out)?;
        writeln!(out, ", {position}),")?;
    }
    out.push_str("    ];\n");
    Ok(())
}

/// Writes the claims.
fn claims(out: &mut String, claims: &[Claim]) -> Written {
    writeln!(out, "    pub(super) static CLAIMS_OF_OTHERS: [Claim; {}] = [", claims.len())?;
    for claim in claims {
        out.push_str("        ");
        claim.write(out)?;
        out.push_str(",\n");
    }
    out.push_str("    ];\n");
    Ok(())
}

/// Writes the perfect hash of `lookup`: every code as `system:code`, and the text alone if it means this code.
fn text_index(out: &mut String, registry: &Ordered<'_>) -> Written {
    let records = || registry.entries.iter().map(|entry| &entry.record);
    let full_names: Vec<String> = records().map(|record| record.full_name().to_string()).collect();
    let bare = records().filter(|record| !record.is_ambiguous()).map(|record| (record.code, record.__index()));
    let full = full_names.iter().zip(records()).map(|(name, record)| (name.as_str(), record.__index()));
    let tables = TextTables::new(&bare.chain(full).collect::<Vec<_>>());
    writeln!(out, "    {tables}")?;
    Ok(())
}

/// Writes the perfect hash of `by_number`, from a number to its codes, the preferred one first.
fn number_index(out: &mut String, registry: &Ordered<'_>) -> Written {
    let mut claims: BTreeMap<i32, BTreeSet<(bool, u8, u16)>> = BTreeMap::new();
    for record in registry.entries.iter().map(|entry| &entry.record) {
        for (at, own) in record.json_rpc.iter().enumerate() {
            // A deprecated code whose first number is another one comes last.
            let later = at > 0 && record.is_deprecated();
            claims.entry(own.number).or_default().insert((later, rank(record), record.__index()));
        }
    }
    let groups: Vec<Vec<u16>> = claims.values().map(|group| group.iter().map(|claim| claim.2).collect()).collect();
    let numbers: Vec<(i64, u16)> =
        claims.keys().zip(&groups).map(|(number, group)| (i64::from(*number), group[0])).collect();
    out.push_str("    pub(super) static CLAIMS: &[&[u16]] = ");
    groups.write(out)?;
    writeln!(out, ";\n    {}", NumberTables::new(&numbers))?;
    Ok(())
}

/// Writes the map of `find`: from every spelling to the records that it may mean, the preferred one first.
fn spellings(out: &mut String, registry: &Ordered<'_>) -> Written {
    let mut meanings: BTreeMap<String, BTreeSet<(u8, u8, u16)>> = BTreeMap::new();
    let mut means = |text: &str, system: &str, meaning: (u8, u8, u16)| {
        for spelt in [spelling(text), spelling(&format!("{system}:{text}"))] {
            meanings.entry(spelt).or_default().insert(meaning);
        }
    };
    for record in registry.entries.iter().map(|entry| &entry.record) {
        let numbers: Vec<_> = record.json_rpc.iter().map(|own| own.number.to_string()).collect();
        let texts = [(0, record.code), (1, record.name)].into_iter();
        let texts = texts.chain(record.aliases.iter().map(|alias| (2, *alias)));
        for (sort, text) in texts.chain(numbers.iter().map(|number| (3, number.as_str()))) {
            means(text, record.system.name, (sort, rank(record), record.__index()));
        }
    }
    // The positions of extensions follow those of the records.
    for ((record, extension), position) in registry.extensions.iter().zip(registry.entries.len()..) {
        let Ok(position) = u16::try_from(position) else { continue };
        for alias in extension.aliases {
            means(alias, record.system.name, (2, 1, position));
        }
    }
    let mut map = phf_codegen::Map::new();
    map.phf_path("::mcp_error_codes::__private::phf");
    for (spelling, candidates) in &meanings {
        let mut order: Vec<u16> = Vec::new();
        for (_, _, index) in candidates {
            if !order.contains(index) {
                order.push(*index);
            }
        }
        let mut source = String::new();
        order.write(&mut source)?;
        map.entry(spelling.as_str(), source);
    }
    let longest = meanings.keys().map(String::len).max().unwrap_or(0);
    writeln!(out, "    pub(super) const LONGEST_SPELLING: usize = {longest};")?;
    writeln!(out, "    pub(super) static SPELLINGS: phf::Map<&'static str, &'static [u16]> = {};", map.build())?;
    Ok(())
}

/// Returns the normalised spelling of a text. All bytes of a character are kept or dropped together, so it is valid UTF-8.
fn spelling(text: &str) -> String {
    String::from_utf8_lossy(&__spelling(text).collect::<Vec<_>>()).into_owned()
}

/// Writes the order in which messages are matched: the templates with the most literal characters first.
fn templates(out: &mut String, registry: &Ordered<'_>) -> Written {
    let mut order: Vec<(Reverse<usize>, u16, Option<usize>)> = Vec::new();
    for entry in registry.entries.iter().filter(|entry| !entry.is_former_name) {
        let record = &entry.record;
        let own = record.message.unwrap_or(record.title);
        order.push((Reverse(literal_length(own)), record.__index(), None));
        for (at, scenario) in record.scenarios.iter().enumerate() {
            if let Some(message) = scenario.message {
                order.push((Reverse(literal_length(message)), record.__index(), Some(at)));
            }
        }
    }
    order.sort_unstable();
    writeln!(out, "    pub(super) static TEMPLATES: [(u16, Option<u16>); {}] = [", order.len())?;
    for (_, index, scenario) in order {
        writeln!(out, "        ({index}, {scenario:?}),")?;
    }
    out.push_str("    ];\n");
    Ok(())
}
