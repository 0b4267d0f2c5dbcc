//! The second step: what must hold between the entries of a registry.

use std::collections::{BTreeMap, BTreeSet};

use mcp_error_codes_record::{__spelling, NumberRange, Param, ProtocolVersion, System, Target};

use crate::entry::{Entry, SystemFile};
use crate::name;
use crate::problem::{Collector, Place};
use crate::template::{Piece, pieces};

/// A registry that holds what it must: its systems, and its records in the order of their numbers.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) systems: Vec<&'static System>,
    pub(crate) entries: Vec<Entry>,
}

/// The system that may use the numbers JSON-RPC and MCP reserve.
pub(crate) const SPECIFICATION: &str = "mcp";

/// Judges the systems together. What is returned is sound only if no problem was reported.
///
/// Where a file could not be read, `is_whole` is false, and links are not followed: they may lead there.
pub(crate) fn check(files: Vec<SystemFile>, is_whole: bool, problems: &mut Collector) -> Checked {
    systems(&files, problems);
    for file in &files {
        families(file, problems);
        unique_in_system(file, problems);
        constructors(file, problems);
    }
    let systems = files.iter().map(|file| file.system).collect();
    let mut entries: Vec<Entry> = files.into_iter().flat_map(|file| file.entries).collect();
    for entry in &entries {
        text(entry, problems);
        templates(entry, problems);
        numbers(entry, problems);
        retirement(entry, problems);
    }
    if is_whole {
        links(&entries, problems);
    }
    shared(&entries, problems);
    if entries.len() > usize::from(u16::MAX) {
        let place = entries[usize::from(u16::MAX)].place;
        problems.report(place, format!("a registry holds at most {} codes; this one has {}", u16::MAX, entries.len()));
    }
    entries.sort_by_key(|entry| (entry.record.code, entry.record.system.name));
    number_records(&mut entries);
    Checked { systems, entries }
}

/// Numbers the records, and marks those whose text alone means another system's code.
fn number_records(entries: &mut [Entry]) {
    let mut first = 0;
    for at in 0..entries.len() {
        if entries[at].record.code != entries[first].record.code {
            first = at;
        }
        let same =
            first..entries[first..].iter().take_while(|e| e.record.code == entries[at].record.code).count() + first;
        let preferred = same.min_by_key(|index| rank(&entries[*index]));
        let number = u16::try_from(at).unwrap_or(u16::MAX);
        entries[at].record = entries[at].record.__renumbered(number, preferred != Some(at));
    }
}

/// Which entry a text means that several have: the specification's active meaning first, then an active one, then the rest.
pub(crate) fn rank(entry: &Entry) -> u8 {
    match (entry.record.is_deprecated(), entry.record.system.name == SPECIFICATION) {
        (false, true) => 0,
        (false, false) => 1,
        (true, _) => 2,
    }
}

/// Reports the second of two places that hold the same key.
fn twice<K: Ord + Copy>(
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

fn systems(files: &[SystemFile], problems: &mut Collector) {
    let mut names = BTreeMap::new();
    let mut modules = BTreeMap::new();
    for file in files {
        let (system, place) = (file.system, file.place);
        twice(&mut names, system.name, place, problems, || format!("system {:?} is defined twice", system.name));
        twice(&mut modules, system.module, place, problems, || format!("module {:?} is used twice", system.module));
        let module = system.module;
        if !name::is_identifier(module) || name::is_keyword(module) || module.contains(|c: char| c.is_ascii_uppercase())
        {
            problems.report(place, format!("module {module:?} cannot name a Rust module"));
        }
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !system.name.chars().all(is_plain) {
            let name = system.name;
            problems
                .report(place, format!("system {name:?} has other characters than small letters, digits and hyphens"));
        }
    }
}

fn families(file: &SystemFile, problems: &mut Collector) {
    let mut names = BTreeMap::new();
    for (family, place) in file.system.families.iter().zip(&file.family_places) {
        twice(&mut names, family.name, *place, problems, || format!("family {:?} is defined twice", family.name));
        if !file.entries.iter().any(|entry| entry.record.family.name == family.name) {
            problems.report(*place, format!("family {:?} has no codes", family.name));
        }
        for range in family.reserved {
            if !range.contains(range.first) || !range.contains(range.last) {
                problems.report(
                    *place,
                    format!(
                        "{:?} to {:?} is no range: the ends need one prefix and as many digits, the lower first",
                        range.first, range.last
                    ),
                );
            }
            for entry in file.entries.iter().filter(|entry| range.contains(entry.record.code)) {
                let code = entry.record.code;
                problems.report(entry.place, format!("code {code:?} lies in the range {range}, which is reserved"));
            }
        }
    }
}

/// Codes, names and aliases are unique within a system, however they are spelt.
fn unique_in_system(file: &SystemFile, problems: &mut Collector) {
    let mut spellings: BTreeMap<Vec<u8>, (usize, Place)> = BTreeMap::new();
    for (at, entry) in file.entries.iter().enumerate() {
        let record = &entry.record;
        let aliases = record.aliases.iter().map(|alias| ("alias", *alias, entry.place_of("aliases")));
        let own = [("code", record.code, entry.place), ("name", record.name, entry.place_of("name"))];
        for (what, text, place) in own.into_iter().chain(aliases) {
            let key: Vec<u8> = __spelling(text).collect();
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
fn constructors(file: &SystemFile, problems: &mut Collector) {
    let mut functions: BTreeMap<&'static str, Place> = BTreeMap::new();
    for entry in &file.entries {
        let name = entry.record.name;
        let place = entry.place_of("name");
        if !name::is_identifier(name) {
            problems.report(place, format!("name {name:?} cannot name a Rust constant"));
            continue;
        }
        let function: &'static str = name::function(name).leak();
        twice(&mut functions, function, place, problems, || format!("constructor {function:?} is made twice"));
        for scenario in entry.record.scenarios.iter().filter(|_| !entry.is_former_name) {
            let place = entry.place_of("scenarios");
            if !name::is_identifier(scenario.name) || name::constant(scenario.name) != scenario.name {
                problems.report(place, format!("scenario {:?} is not in upper snake case", scenario.name));
            } else if scenario.message.is_some() {
                let function: &'static str = name::function(scenario.name).leak();
                let what = || format!("constructor {function:?} of scenario {:?} is made twice", scenario.name);
                twice(&mut functions, function, place, problems, what);
            }
        }
    }
}

fn text(entry: &Entry, problems: &mut Collector) {
    let code = entry.record.code;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !code.chars().all(is_plain) {
        problems
            .report(entry.place, format!("code {code:?} has other characters than letters, digits, '-', '_' and '.'"));
    }
    if code.len() > MAX_CODE {
        problems.report(entry.place, format!("code {code:?} is longer than {MAX_CODE} characters"));
    }
}

/// The longest text of a code.
const MAX_CODE: usize = 64;

/// Every placeholder has its parameter, and every parameter its placeholder.
fn templates(entry: &Entry, problems: &mut Collector) {
    if entry.is_former_name {
        return;
    }
    let record = &entry.record;
    template(record.message, record.params, entry.place_of("message"), problems);
    for scenario in record.scenarios {
        template(scenario.message, scenario.params, entry.place_of("scenarios"), problems);
    }
}

fn template(message: Option<&str>, params: &[Param], place: Place, problems: &mut Collector) {
    let found = match pieces(message.unwrap_or_default()) {
        Ok(found) => found,
        Err(how) => {
            problems.report(place, format!("message {:?} {how}", message.unwrap_or_default()));
            return;
        }
    };
    let mut placeholders = BTreeSet::new();
    for piece in found {
        let Piece::Placeholder(placeholder) = piece else {
            continue;
        };
        if !placeholders.insert(placeholder) {
            problems.report(place, format!("placeholder {placeholder:?} stands twice in the message"));
        }
        if !params.iter().any(|param| param.name == placeholder) {
            problems.report(place, format!("placeholder {placeholder:?} has no entry in params"));
        }
    }
    let mut names = BTreeSet::new();
    for param in params {
        if !name::is_identifier(param.name) {
            problems.report(place, format!("param {:?} cannot name a Rust argument", param.name));
        }
        if !names.insert(name::function(param.name)) {
            problems.report(place, format!("param {:?} is defined twice", param.name));
        }
        if !placeholders.contains(param.name) {
            problems.report(place, format!("param {:?} is no placeholder of the message", param.name));
        }
    }
}

/// Numbers keep out of the reserved ranges, and a code has one number in a protocol version.
fn numbers(entry: &Entry, problems: &mut Collector) {
    let record = &entry.record;
    let place = entry.place_of("json_rpc");
    for (at, own) in record.json_rpc.iter().enumerate() {
        let number = own.number;
        if record.json_rpc[..at].iter().any(|other| other.overlaps(*own)) {
            problems
                .report(place, format!("number {number} holds in a protocol version that has another number already"));
        }
        let is_specification = record.system.name == SPECIFICATION;
        let is_shared = record.shares_with.iter().any(|other| other.starts_with("mcp:"));
        if is_specification || is_shared {
            continue;
        }
        match NumberRange::of(number.into()) {
            NumberRange::Legacy if own.until.is_some_and(|until| until < ProtocolVersion::LATEST) => {}
            NumberRange::Legacy => problems.report(
                place,
                format!(
                    "number {number} lies in the legacy block -32019 to -32000, which is closed; end it with until"
                ),
            ),
            NumberRange::Mcp => problems.report(
                place,
                format!("number {number} lies in -32099 to -32020, which the MCP specification reserves for itself"),
            ),
            NumberRange::JsonRpc => problems.report(
                place,
                format!("number {number} lies in -32768 to -32100, which JSON-RPC 2.0 reserves for itself"),
            ),
            _ => {}
        }
    }
}

fn retirement(entry: &Entry, problems: &mut Collector) {
    if entry.record.superseded_by.is_some() && entry.record.deprecated_since.is_none() {
        let code = entry.record.code;
        problems.report(entry.place, format!("code {code:?} is superseded and has no field \"deprecated_since\""));
    }
}

/// Whatever names another code names one that exists.
fn links(entries: &[Entry], problems: &mut Collector) {
    let known: BTreeSet<(&str, &str)> =
        entries.iter().map(|entry| (entry.record.system.name, entry.record.code)).collect();
    for entry in entries.iter().filter(|entry| !entry.is_former_name) {
        let own = entry.record.system.name;
        let exists = |target: &str| known.contains(&target.split_once(':').unwrap_or((own, target)));
        for link in entry.record.related {
            if let Target::Code(code) = link.target
                && !exists(code)
            {
                problems.report(entry.place_of("related"), format!("related code {code:?} does not exist"));
            }
        }
        for target in entry.record.shares_with {
            if !target.contains(':') || !exists(target) {
                let place = entry.place_of("shares_with");
                problems.report(place, format!("shares_with {target:?} does not exist; expected \"system:code\""));
            }
        }
        if let Some(code) = entry.record.superseded_by
            && (code.contains(':') || !exists(code) || code == entry.record.code)
        {
            let place = entry.place_of("superseded_by");
            problems.report(place, format!("superseded_by {code:?} names no other code of the same system"));
        }
    }
}

/// A text or a number recurs only where one entry says that it shares it with the other.
fn shared(entries: &[Entry], problems: &mut Collector) {
    let mut texts: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    let mut numbers: BTreeMap<i32, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        let record = &entry.record;
        for earlier in texts.entry(record.code).or_default().iter() {
            if earlier.record.system.name != record.system.name && !agree(entry, earlier) {
                let (code, first) = (record.code, problems.name(earlier.place));
                problems.report(entry.place, format!("code {code:?} is defined twice; first at {first}"));
            }
        }
        texts.entry(record.code).or_default().push(entry);
        for own in record.json_rpc {
            for earlier in numbers.entry(own.number).or_default().iter() {
                let overlaps =
                    earlier.record.json_rpc.iter().any(|other| other.number == own.number && other.overlaps(*own));
                if overlaps && !agree(entry, earlier) {
                    let (number, first) = (own.number, problems.name(earlier.place_of("json_rpc")));
                    problems
                        .report(entry.place_of("json_rpc"), format!("number {number} is used twice; first at {first}"));
                }
            }
            numbers.entry(own.number).or_default().push(entry);
        }
    }
}

/// Tells whether one of two entries says that it shares with the other, or is only its former name.
fn agree(a: &Entry, b: &Entry) -> bool {
    let says = |one: &Entry, other: &Entry| {
        let is_successor = one.is_former_name && one.record.superseded_by == Some(other.record.code);
        is_successor || one.record.shares_with.contains(&other.full_name().as_str())
    };
    says(a, b) || says(b, a)
}
