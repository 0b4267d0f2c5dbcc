//! The second step: what must hold between the entries of a registry.
//!
//! A text that a mistake left empty has been reported already, and is passed over here.

use std::collections::{BTreeMap, BTreeSet};

use mcp_error_codes_core::{__spelling, Record, Related, ReservedRange, System, Target};

use crate::builtin::Builtin;
use crate::entry::{Entry, SystemFile, full_name};
use crate::extension::{self, Extension};
use crate::fields::Fields;
use crate::name;
use crate::problem::{Collector, Place};
use crate::sharing::{numbers, repeats, shared, texts};

/// A registry that holds what it must: its systems, and its records in the order of their numbers.
#[derive(Debug)]
pub(crate) struct Checked<'a> {
    pub(crate) systems: Vec<&'static System>,
    pub(crate) entries: Vec<Entry<'a>>,
    /// What is added to codes of the library, in the order of their systems and codes.
    pub(crate) extensions: Vec<Extension<'a>>,
}

/// The records that a link may lead to, by their full names.
pub(crate) type Known<'e> = BTreeMap<String, &'e Record>;

/// The system that may use the numbers JSON-RPC and MCP reserve.
pub(crate) const SPECIFICATION: &str = "mcp";

/// Judges the systems together, beside those that the library has. What is returned is sound only if no problem was
/// reported.
///
/// Where a file could not be read, `is_whole` is false, and a link to an unknown system is let pass: it may be there.
pub(crate) fn check<'a>(
    files: Vec<SystemFile<'a>>,
    mut extensions: Vec<Extension<'a>>,
    builtin: &Builtin,
    is_whole: bool,
    problems: &mut Collector,
) -> Checked<'a> {
    systems(&files, builtin, problems);
    for file in &files {
        families(file, problems);
        reserved(file, problems);
        unique_in_system(file, problems);
        constructors(file, problems);
    }
    let is_whole = is_whole && files.iter().all(SystemFile::is_whole);
    let own_systems = files.iter().filter(|file| file.is_whole()).map(|file| file.system.name);
    let whole_systems: BTreeSet<_> = own_systems.chain(builtin.systems.iter().map(|system| system.name)).collect();
    let systems = files.iter().map(|file| file.system).collect();
    let mut entries: Vec<Entry<'a>> = files.into_iter().flat_map(|file| file.entries).collect();
    let records = builtin.records.iter().chain(entries.iter().map(|entry| &entry.record));
    let known: Known<'_> = records.map(|record| (full_name(record), record)).collect();
    let may_exist = |target: &str| {
        let system = target.split_once(':').map_or("", |(system, _)| system);
        known.contains_key(target) || !is_whole && !whole_systems.contains(system)
    };
    for entry in &entries {
        text(entry, problems);
        texts(entry, builtin, &known, problems);
        numbers(entry, builtin, &known, problems);
        succession(entry, builtin, &known, may_exist, problems);
        links(entry, &known, may_exist, problems);
    }
    shared(&entries, &known, problems);
    extension::check(&mut extensions, &entries, builtin, &known, may_exist, problems);
    let (most, count) = (u16::MAX, entries.len() + extensions.len());
    let mut places = entries.iter().map(Entry::place).chain(extensions.iter().map(Extension::place));
    if let Some(place) = places.nth(usize::from(most)) {
        let has = format!("this one has {count}, with those that it extends");
        problems.report(place, format!("a registry holds at most {most} codes; {has}"));
    }
    entries.sort_by_key(|entry| (entry.record.code, entry.record.system.name));
    number_records(&mut entries, builtin);
    extensions.sort_by_key(|extension| extension.record.map(|record| (record.system.name, record.code)));
    Checked { systems, entries, extensions }
}

/// Numbers the records, and marks those whose text alone means another system's code. A text that the library has means
/// the library's code.
fn number_records(entries: &mut [Entry<'_>], builtin: &Builtin) {
    let mut number = 0u16;
    for same in entries.chunk_by_mut(|a, b| a.record.code == b.record.code) {
        let preferred = (0..same.len()).min_by_key(|at| rank(&same[*at]));
        let preferred = preferred.filter(|at| builtin.with_text(same[*at].record.code).next().is_none());
        for (at, entry) in same.iter_mut().enumerate() {
            entry.record = entry.record.__renumbered(number, preferred != Some(at));
            number = number.saturating_add(1);
        }
    }
}

/// Which entry a text means that several have: the specification's active meaning first, then an active one, then the rest.
pub(crate) fn rank(entry: &Entry<'_>) -> u8 {
    match (entry.record.is_deprecated(), entry.record.system.name == SPECIFICATION) {
        (false, true) => 0,
        (false, false) => 1,
        (true, _) => 2,
    }
}

/// Reports the second of two places that hold the same key.
pub(crate) fn twice<K: Ord>(
    seen: &mut BTreeMap<K, Place>,
    key: K,
    place: Place,
    problems: &mut Collector,
    what: impl FnOnce() -> String,
) {
    match seen.get(&key) {
        Some(first) => {
            let first = problems.name(*first);
            problems.report(place, format!("{}; first at {first}", what()));
        }
        None => {
            seen.insert(key, place);
        }
    }
}

fn systems(files: &[SystemFile<'_>], builtin: &Builtin, problems: &mut Collector) {
    let mut names = BTreeMap::new();
    let mut modules = BTreeMap::new();
    for file in files {
        let Some(head) = &file.head else { continue };
        let (name, place) = (file.system.name, head.place_of("name"));
        if !name.is_empty() {
            twice(&mut names, name, place, problems, || format!("system {name:?} is defined twice"));
        }
        if builtin.system(name).is_some() {
            problems.report(
                place,
                format!("system {name:?} is one of mcp-error-codes; it can be extended, not defined again"),
            );
        }
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !name.chars().all(is_plain) {
            problems
                .report(place, format!("system {name:?} has other characters than small letters, digits and hyphens"));
        }
        let (module, place) = (file.system.module, head.place_of("module"));
        if module.is_empty() {
            continue;
        }
        twice(&mut modules, module, place, problems, || format!("module {module:?} is used twice"));
        if let Some(owner) = builtin.systems.iter().find(|system| system.module == module) {
            problems.report(
                place,
                format!(
                    "module {module:?} is that of the system {:?} of mcp-error-codes; expected another",
                    owner.name
                ),
            );
        }
        let is_small = !module.contains(|c: char| c.is_ascii_uppercase());
        if !name::is_identifier(module) || name::is_keyword(module) || !is_small {
            problems.report(place, format!("module {module:?} cannot name a Rust module; expected lower snake case"));
        }
    }
}

fn families(file: &SystemFile<'_>, problems: &mut Collector) {
    let used: BTreeSet<_> = file.entries.iter().map(|entry| entry.record.family.name).collect();
    let mut names = BTreeMap::new();
    for (family, fields) in file.system.families.iter().zip(&file.families) {
        let (name, place) = (family.name, fields.place_of("name"));
        if name.is_empty() {
            continue;
        }
        twice(&mut names, name, place, problems, || format!("family {name:?} is defined twice"));
        // A code whose family is unknown may be meant for this one.
        if !used.is_empty() && !used.contains("") && !used.contains(name) {
            problems.report(place, format!("family {name:?} has no codes"));
        }
    }
}

/// Ranges are ranges, keep out of one another, and have no codes in them.
fn reserved(file: &SystemFile<'_>, problems: &mut Collector) {
    let mut ranges: Vec<(ReservedRange, Place)> = Vec::new();
    for (family, fields) in file.system.families.iter().zip(&file.families) {
        for (at, range) in family.reserved.iter().enumerate() {
            if !range.first.is_empty() && !range.last.is_empty() {
                ranges.push((*range, fields.place_of_item("reserved", at)));
            }
        }
    }
    for (at, &(range, place)) in ranges.iter().enumerate() {
        if !range.contains(range.first) || !range.contains(range.last) {
            let ends = format!("{:?} to {:?}", range.first, range.last);
            problems
                .report(place, format!("{ends} is no range; expected one prefix, as many digits, the lower end first"));
        }
        let overlaps =
            |(other, _): &&(ReservedRange, Place)| range.contains(other.first) || other.contains(range.first);
        if let Some((other, first)) = ranges[..at].iter().find(overlaps) {
            let first = problems.name(*first);
            problems.report(place, format!("range {range} overlaps the range {other}; first at {first}"));
        }
        for entry in file.entries.iter().filter(|entry| range.contains(entry.record.code)) {
            let (code, first) = (entry.record.code, problems.name(place));
            problems.report(
                entry.place(),
                format!("code {code:?} lies in the range {range}, which is reserved at {first}"),
            );
        }
    }
}

/// Codes, names and aliases are unique within a system, however they are spelt.
fn unique_in_system(file: &SystemFile<'_>, problems: &mut Collector) {
    let mut spellings: BTreeMap<Vec<u8>, (usize, Place)> = BTreeMap::new();
    for (at, entry) in file.entries.iter().enumerate() {
        let (record, fields) = (&entry.record, &entry.fields);
        let aliases = record.aliases.iter().enumerate();
        let aliases = aliases.map(|(at, alias)| ("alias", *alias, fields.place_of_item("aliases", at)));
        let own = [("code", record.code, entry.place()), ("name", record.name, fields.place_of("name"))];
        for (what, text, place) in own.into_iter().chain(aliases).filter(|(_, text, _)| !text.is_empty()) {
            let key: Vec<u8> = __spelling(text).collect();
            if key.is_empty() {
                problems.report(place, format!("{what} {text:?} consists of separators only"));
                continue;
            }
            match spellings.get(&key) {
                // A code may be named as it is written, and an alias may be its name in another spelling.
                Some((owner, _)) if *owner == at => {}
                Some((_, first)) => {
                    let first = problems.name(*first);
                    problems.report(place, format!("{what} {text:?} is defined twice; first at {first}"));
                }
                None => {
                    spellings.insert(key, (at, place));
                }
            }
        }
    }
}

/// Constants and constructors need names that Rust takes and that stand once in their module.
fn constructors(file: &SystemFile<'_>, problems: &mut Collector) {
    let mut functions: BTreeMap<String, Place> = BTreeMap::new();
    for entry in file.entries.iter().filter(|entry| !entry.record.name.is_empty()) {
        let (name, place) = (entry.record.name, entry.fields.place_of("name"));
        if !name::is_identifier(name) {
            let expected = name::IDENTIFIER;
            problems.report(place, format!("name {name:?} cannot name a Rust constant; expected {expected}"));
        }
        // Names that make the same constructor differ in their spelling only, which has been reported.
        functions.entry(name::function(name)).or_insert(place);
    }
    for entry in file.entries.iter().filter(|entry| !entry.is_former_name) {
        let mut names = BTreeMap::new();
        for (at, scenario) in entry.record.scenarios.iter().enumerate().filter(|(_, case)| !case.name.is_empty()) {
            let (name, place) = (scenario.name, entry.fields.place_of_item("scenarios", at));
            let function = name::function(name);
            if names.contains_key(name) || scenario.message.is_none() {
                twice(&mut names, name, place, problems, || format!("scenario {name:?} is defined twice"));
                continue;
            }
            names.insert(name, place);
            let what = format!("constructor {function:?} of scenario {name:?} is made twice");
            twice(&mut functions, function, place, problems, || what);
        }
    }
}

fn text(entry: &Entry<'_>, problems: &mut Collector) {
    let code = entry.record.code;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !code.chars().all(is_plain) {
        problems.report(
            entry.place(),
            format!("code {code:?} has other characters than letters, digits, '-', '_' and '.'"),
        );
    }
    if code.len() > MAX_CODE {
        problems.report(entry.place(), format!("code {code:?} is longer than {MAX_CODE} characters"));
    }
}

/// The longest text of a code.
const MAX_CODE: usize = 64;

/// What replaces a code is another code of its system, or one of the library's, which nothing replaces in turn.
fn succession(
    entry: &Entry<'_>,
    builtin: &Builtin,
    known: &Known<'_>,
    may_exist: impl Fn(&str) -> bool,
    problems: &mut Collector,
) {
    let Some(successor) = entry.record.superseded_by else { return };
    let place = entry.fields.place_of("superseded_by");
    if !entry.fields.has("deprecated_since") {
        problems.report(place, "code with superseded_by has no field \"deprecated_since\", which is required");
    }
    let is_builtin = successor.split_once(':').is_some_and(|(system, _)| builtin.system(system).is_some());
    let target = match is_builtin {
        true => successor.to_owned(),
        false => format!("{}:{successor}", entry.record.system.name),
    };
    let last = known.get(&target).and_then(|other| other.superseded_by);
    if target == entry.full_name() || !may_exist(&target) {
        let expected = if is_builtin { "code of mcp-error-codes" } else { "other code of the same system" };
        problems.report(place, format!("superseded_by {successor:?} names no {expected}"));
    } else if let Some(last) = last {
        problems.report(
            place,
            format!("superseded_by {successor:?} is itself superseded by {last:?}; expected the code to use now"),
        );
    }
}

/// Whatever names another code names one that exists.
fn links(entry: &Entry<'_>, known: &Known<'_>, may_exist: impl Fn(&str) -> bool, problems: &mut Collector) {
    if entry.is_former_name {
        return;
    }
    let own = entry.full_name();
    related_codes(&entry.record, entry.record.related, &entry.fields, &may_exist, problems);
    for (at, target) in entry.record.shares_with.iter().enumerate() {
        let place = entry.fields.place_of_item("shares_with", at);
        if *target == own {
            problems.report(place, format!("shares_with {target:?} is the code itself"));
        } else if !target.contains(':') || !may_exist(target) {
            problems.report(place, format!("shares_with {target:?} does not exist; expected \"system:code\""));
        } else if known.get(*target).is_some_and(|other| !repeats(&entry.record, other)) {
            problems.report(place, format!("shares_with {target:?} has neither this text nor a number of this code"));
        }
    }
}

/// The codes that are related to a record, by the record itself or by an extension, are there and others.
pub(crate) fn related_codes(
    record: &Record,
    related: &[Related],
    fields: &Fields<'_>,
    may_exist: impl Fn(&str) -> bool,
    problems: &mut Collector,
) {
    for (at, link) in related.iter().enumerate() {
        let Target::Code(code) = link.target else { continue };
        let place = fields.place_of_item("related", at);
        let target = match code.contains(':') {
            true => code.to_owned(),
            false => format!("{}:{code}", record.system.name),
        };
        if target == full_name(record) {
            problems.report(place, format!("related code {code:?} is the code itself"));
        } else if !may_exist(&target) {
            problems.report(place, format!("related code {code:?} does not exist"));
        }
    }
}
