//! The tables of a registry: its systems, its records and the lookup indexes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use mcp_error_codes_core::{__spelling, Claim};

use crate::emit::brief;
use crate::emit::index::{NumberTables, SpellingTables, TextTables};
use crate::emit::options::Options;
use crate::emit::systems::{place, systems};
use crate::emit::value::{self, Source};
use crate::emit::write::Written;
use crate::json::JsonSource;
use crate::name;
use crate::order::{Ordered, rank};
use crate::template::literal_length;

/// Writes the module of the tables.
pub(crate) fn write(out: &mut String, registry: &Ordered<'_>, options: &Options) -> Written {
    out.push_str("#[doc(hidden)]\n#[rustfmt::skip]\n");
    out.push_str("#[allow(dead_code, deprecated, long_running_const_eval, unreachable_pub, clippy::all, clippy::pedantic)]\nmod __data {\n");
    out.push_str("    use super::__mcp_error_codes::__private::*;\n");
    systems(out, "SYSTEMS", &registry.systems)?;
    // The compiler needs less memory for a constant in each record than for an index.
    for (at, system) in registry.systems.iter().enumerate() {
        writeln!(out, "    const SYSTEMS_{at}: &System = &SYSTEMS[{at}];")?;
        for family in 0..system.families.len() {
            writeln!(out, "    const SYSTEMS_{at}_{family}: &Family = &SYSTEMS[{at}].families[{family}];")?;
        }
    }
    system_names(out, registry)?;
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

fn system_names(out: &mut String, registry: &Ordered<'_>) -> Written {
    let mut names = phf_codegen::Map::new();
    names.phf_path("phf");
    for (at, system) in registry.systems.iter().enumerate() {
        names.entry(system.name, at.to_string());
    }
    writeln!(out, "    pub(super) static SYSTEM_NAMES: phf::Map<&'static str, u16> = {};", names.build())?;
    Ok(())
}

/// A registry with more codes than this has no JSON of bare errors, which is a fifth of the source. The library then writes the
/// JSON at run time.
const MAX_WITH_JSON: usize = 1_000;

/// Writes the records. The library's own are written twice: whole, and brief for the errors that programs make. A program that makes
/// errors and explains none contains the brief ones only.
fn records(out: &mut String, registry: &Ordered<'_>, options: &Options) -> Written {
    let has_json = options.constructors && registry.entries.len() <= MAX_WITH_JSON;
    let is_brief = options.brief && options.constructors;
    record_table(out, registry, options.recognition, has_json && !is_brief)?;
    if is_brief {
        return brief::write(out, registry, &options.registry);
    }
    out.push_str("    pub(super) static BRIEF: Whole = Whole::new(&RECORDS);\n");
    Ok(())
}

/// Writes the table of records, given whether they are for recognition, and whether they have the JSON of bare errors.
fn record_table(out: &mut String, registry: &Ordered<'_>, for_recognition: bool, has_json: bool) -> Written {
    writeln!(out, "    pub(super) static RECORDS: [Record; {}] = [", registry.entries.len())?;
    for record in registry.entries.iter().map(|entry| &entry.record) {
        // Each record is a constant, because the compiler needs twice the memory for one expression with thousands of
        // records.
        out.push_str("        { const R: Record = ");
        let json = JsonSource(record);
        let json = (has_json && record.is_sent()).then_some(&json as &dyn std::fmt::Display);
        let (system, family) = place(&registry.systems, record);
        value::record(record, ("SYSTEMS", system, family), for_recognition, json, out)?;
        out.push_str("; R },\n");
    }
    out.push_str("    ];\n");
    Ok(())
}

/// Writes the extensions of the library's codes. The codes are written as constants.
fn extensions(out: &mut String, registry: &Ordered<'_>) -> Written {
    writeln!(out, "    pub(super) static EXTENSIONS: [Extension; {}] = [", registry.extensions.len())?;
    for (record, extension) in &registry.extensions {
        let root = match &extension.path {
            Some(path) => format!("::{path}"),
            None => "super::__mcp_error_codes".to_owned(),
        };
        let constant = format!("{root}::{}::{}", record.system.module, name::constant(record.name));
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
    let full = full_names.iter().zip(records()).map(|(name, record)| (name.as_str(), record.__index()));
    let mut keys: Vec<(&str, u16)> = Vec::new();
    keys.extend(bare_texts(registry));
    keys.extend(full);
    writeln!(out, "    {}", TextTables::new(&keys).named("TEXTS"))?;
    Ok(())
}

/// Returns the codes that `lookup` finds without their systems.
pub(crate) fn bare_texts(registry: &Ordered<'_>) -> Vec<(&'static str, u16)> {
    let bare = registry.entries.iter().filter(|entry| entry.has_bare_text).map(|entry| &entry.record);
    bare.map(|record| (record.code, record.__index())).collect()
}

/// Writes the perfect hash of `by_number`, from a number to its codes, the preferred one first.
fn number_index(out: &mut String, registry: &Ordered<'_>) -> Written {
    let (numbers, groups) = numbers(registry);
    out.push_str("    pub(super) static CLAIMS: &[&[u16]] = ");
    groups.write(out)?;
    writeln!(out, ";\n    {}", NumberTables::new(&numbers))?;
    Ok(())
}

/// Returns the numbers, each with the position of its preferred code, and the positions of all codes of each.
pub(crate) fn numbers(registry: &Ordered<'_>) -> (Vec<(i64, u16)>, Vec<Vec<u16>>) {
    let mut claims: BTreeMap<i64, BTreeSet<(bool, u8, u16)>> = BTreeMap::new();
    for record in registry.entries.iter().map(|entry| &entry.record) {
        for (at, own) in record.json_rpc.iter().enumerate() {
            // A deprecated code whose first number is a different one comes last.
            let later = at > 0 && record.is_deprecated();
            claims.entry(own.number).or_default().insert((later, rank(record), record.__index()));
        }
    }
    let groups: Vec<Vec<u16>> = claims.values().map(|group| group.iter().map(|claim| claim.2).collect()).collect();
    (claims.keys().zip(&groups).map(|(number, group)| (*number, group[0])).collect(), groups)
}

/// Writes the index of `find`: from every spelling to the records that it may mean, the preferred one first. Numbers are found in
/// their own index, and the system before a colon is compared with that of the record.
fn spellings(out: &mut String, registry: &Ordered<'_>) -> Written {
    let meanings = meanings(registry);
    let shards = SpellingTables::new(&meanings);
    for (at, shard) in shards.iter().enumerate() {
        writeln!(out, "    pub(super) mod spellings_{at} {{\n    use super::*;\n    {shard}\n    }}")?;
    }
    out.push_str("    pub(super) static SPELLINGS: &[SpellingIndex] = &[");
    for at in 0..shards.len() {
        write!(out, "spellings_{at}::INDEX, ")?;
    }
    out.push_str("];\n");
    Ok(())
}

/// Returns every spelling with the positions of the records that it may mean, the preferred one first.
pub(crate) fn meanings(registry: &Ordered<'_>) -> BTreeMap<String, Vec<u16>> {
    let mut meanings: BTreeMap<String, BTreeSet<(u8, u8, u16)>> = BTreeMap::new();
    for record in registry.entries.iter().map(|entry| &entry.record) {
        let texts = [(0, record.code), (1, record.name)].into_iter();
        for (sort, text) in texts.chain(record.aliases.iter().map(|alias| (2, *alias))) {
            meanings.entry(spelling(text)).or_default().insert((sort, rank(record), record.__index()));
        }
    }
    // The positions of extensions follow those of the records.
    for ((_, extension), position) in registry.extensions.iter().zip(registry.entries.len()..) {
        let Ok(position) = u16::try_from(position) else { continue };
        for alias in extension.aliases {
            meanings.entry(spelling(alias)).or_default().insert((2, 1, position));
        }
    }
    let positions = |meanings: BTreeSet<(u8, u8, u16)>| {
        let mut order: Vec<u16> = Vec::new();
        for (_, _, position) in meanings {
            if !order.contains(&position) {
                order.push(position);
            }
        }
        order
    };
    meanings.into_iter().map(|(spelling, found)| (spelling, positions(found))).collect()
}

/// Returns the normalised spelling of a text. The bytes of a character are kept or dropped together, so it is valid UTF-8.
fn spelling(text: &str) -> String {
    String::from_utf8_lossy(&__spelling(text).collect::<Vec<_>>()).into_owned()
}

/// Writes the order in which messages are matched: the templates with the most literal characters first.
fn templates(out: &mut String, registry: &Ordered<'_>) -> Written {
    let order = template_order(registry);
    write!(out, "    pub(super) static TEMPLATES: [(u16, Option<u16>); {}] = [", order.len())?;
    for (index, scenario) in order {
        write!(out, "({index}, {scenario:?}), ")?;
    }
    out.push_str("];\n");
    Ok(())
}

/// Returns the position of each template's record, and of its scenario, in the order in which messages are matched.
pub(crate) fn template_order(registry: &Ordered<'_>) -> Vec<(u16, Option<u16>)> {
    let mut order: Vec<(Reverse<usize>, u16, Option<u16>)> = Vec::new();
    for entry in registry.entries.iter().filter(|entry| !entry.is_former_name) {
        let record = &entry.record;
        let own = record.message.map_or(record.title.chars().count(), literal_length);
        order.push((Reverse(own), record.__index(), None));
        for (scenario, at) in record.scenarios.iter().zip(0..) {
            if let Some(message) = scenario.message {
                order.push((Reverse(literal_length(message)), record.__index(), Some(at)));
            }
        }
    }
    order.sort_unstable();
    order.into_iter().map(|(_, index, scenario)| (index, scenario)).collect()
}
