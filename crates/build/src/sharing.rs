//! A part of the second step: a text or a number that another code has, in the same registry or in the library's, recurs only
//! where an entry says that it shares it. Numbers that belong to a specification do not recur otherwise.

use std::collections::BTreeMap;

use mcp_error_codes_core::{__spelling, JsonRpcNumber, NumberRange, ProtocolVersion, Record};

use crate::builtin::Builtin;
use crate::entry::{Entry, full_name};
use crate::problem::Collector;
use crate::rules::{Known, SPECIFICATION};

/// The texts of an entry are not the library's, and lie in none of the ranges that its systems reserve.
pub(crate) fn texts(entry: &Entry<'_>, builtin: &Builtin, known: &Known<'_>, problems: &mut Collector) {
    let record = &entry.record;
    // A system that the library has is reported as a whole.
    if record.system.name.is_empty() || builtin.system(record.system.name).is_some() {
        return;
    }
    let aliases = record.aliases.iter().enumerate();
    let aliases = aliases.map(|(at, alias)| ("alias", *alias, entry.fields.place_of_item("aliases", at)));
    let code = [("code", record.code, entry.place())].into_iter().filter(|(_, code, _)| !code.is_empty());
    for (what, text, place) in code.chain(aliases) {
        let disagrees = |owner: &&Record| !agree(record, owner, known, |third| has_text(third, text));
        if let Some(owner) = origin(builtin.with_text(text).filter(disagrees).collect()) {
            let owner = full_name(owner);
            let taken = format!("{what} {text:?} is taken by {owner} of mcp-error-codes");
            problems.report(place, format!("{taken}; expected another text, or shares_with = [{owner:?}]"));
        }
        if let Some((system, range)) = builtin.reserved(text) {
            let lies = format!("{what} {text:?} lies in the range {range}");
            problems.report(place, format!("{lies}, which {system} of mcp-error-codes reserves"));
        }
    }
}

/// Numbers are not the library's, keep out of the reserved ranges, and hold one at a time in a protocol version.
pub(crate) fn numbers(entry: &Entry<'_>, builtin: &Builtin, known: &Known<'_>, problems: &mut Collector) {
    let record = &entry.record;
    let system = record.system.name;
    if entry.is_former_name || system.is_empty() {
        return;
    }
    for (at, own) in record.json_rpc.iter().enumerate() {
        let number = own.number;
        let place = entry.fields.place_of_item("json_rpc", at);
        if let Some(other) = record.json_rpc[..at].iter().position(|other| other.overlaps(*own)) {
            let first = problems.name(entry.fields.place_of_item("json_rpc", other));
            let other = record.json_rpc[other].number;
            let what = format!("number {number} holds in a protocol version that already has {other}");
            problems.report(place, format!("{what}; first at {first}"));
        }
        if system == SPECIFICATION || builtin.system(system).is_some() {
            continue;
        }
        let range = NumberRange::of(number.into());
        let ended = own.until.is_some_and(|until| until < ProtocolVersion::V2026_07_28);
        // Nobody's leave would open it, so that there is no use in advising to ask.
        let is_closed = range == NumberRange::Legacy && !ended && !is_shared(record, *own, builtin, known);
        let owners = builtin.with_number(number).filter(|owner| claims(owner, *own));
        let disagrees = |owner: &&Record| !agree(record, owner, known, |third| has_number(third, number));
        if !is_closed && let Some(owner) = origin(owners.filter(disagrees).collect()) {
            let owner = full_name(owner);
            let taken = format!("number {number} is taken by {owner} of mcp-error-codes");
            problems.report(place, format!("{taken}; expected another number, or shares_with = [{owner:?}]"));
            continue;
        }
        let range = match range {
            NumberRange::Legacy if is_closed => {
                "-32019 to -32000, which is closed; expected an until before 2026-07-28"
            }
            _ if is_shared(record, *own, builtin, known) => continue,
            NumberRange::Mcp => "-32099 to -32020, which the MCP specification reserves for itself",
            NumberRange::JsonRpc => "-32768 to -32100, which JSON-RPC 2.0 reserves for itself",
            _ => continue,
        };
        problems.report(place, format!("number {number} lies in {range}"));
    }
}

/// Tells whether a record shares a number of the specification or of the library for as long as it holds there.
fn is_shared(record: &Record, own: JsonRpcNumber, builtin: &Builtin, known: &Known<'_>) -> bool {
    let may_lend = |target: &&&str| {
        let system = target.split_once(':').map_or("", |(system, _)| system);
        system == SPECIFICATION || builtin.system(system).is_some()
    };
    record.shares_with.iter().filter(may_lend).any(|target| {
        let holds = |other: &Record, version: ProtocolVersion| {
            other.json_rpc.iter().any(|other| other.number == own.number && other.holds_in(version))
        };
        let mut versions = ProtocolVersion::ALL.iter().filter(|version| own.holds_in(**version));
        // A target that is unknown is reported as a link.
        known.get(*target).is_none_or(|other| versions.all(|version| holds(other, *version)))
    })
}

/// A text or a number recurs within a registry only where one entry says that it shares it with the other.
pub(crate) fn shared(entries: &[Entry<'_>], known: &Known<'_>, problems: &mut Collector) {
    let mut texts: BTreeMap<&str, Vec<&Entry<'_>>> = BTreeMap::new();
    let mut numbers: BTreeMap<i32, Vec<(&Entry<'_>, usize)>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.record.system.name.is_empty()) {
        let record = &entry.record;
        let same = texts.entry(record.code).or_default();
        let agrees = |other: &Entry<'_>| agree(record, &other.record, known, |third| has_text(third, record.code));
        let clashes = |other: &&&Entry<'_>| other.record.system.name != record.system.name && !agrees(other);
        if let Some(other) = same.iter().find(clashes).filter(|_| !record.code.is_empty()) {
            let (code, first) = (record.code, problems.name(other.place()));
            problems.report(entry.place(), format!("code {code:?} is defined twice; first at {first}"));
        }
        same.push(entry);
        if entry.is_former_name {
            continue;
        }
        for (at, own) in record.json_rpc.iter().enumerate() {
            let number = own.number;
            if numbers.len() == usize::from(u16::MAX) && !numbers.contains_key(&number) {
                let place = entry.fields.place_of_item("json_rpc", at);
                problems.report(place, format!("a registry holds at most {} numbers; {number} is one more", u16::MAX));
            }
            let same = numbers.entry(number).or_default();
            let agrees = |other: &Entry<'_>| {
                std::ptr::eq(entry, other) || agree(record, &other.record, known, |third| has_number(third, number))
            };
            let clashes =
                |(other, at): &&(&Entry<'_>, usize)| other.record.json_rpc[*at].overlaps(*own) && !agrees(other);
            if let Some((other, other_at)) = same.iter().find(clashes) {
                let first = problems.name(other.fields.place_of_item("json_rpc", *other_at));
                let place = entry.fields.place_of_item("json_rpc", at);
                problems.report(place, format!("number {number} is used twice; first at {first}"));
            }
            same.push((entry, at));
        }
    }
}

/// Tells whether one of two records says that it shares with the other, or both say so of a third that has what they share.
fn agree(a: &Record, b: &Record, known: &Known<'_>, has_it: impl Fn(&Record) -> bool) -> bool {
    let mut both = a.shares_with.iter().filter(|target| b.shares_with.contains(target));
    names(a, b) || names(b, a) || both.any(|third| known.get(*third).is_some_and(|third| has_it(third)))
}

/// Tells whether a record says that it shares with another.
fn names(a: &Record, b: &Record) -> bool {
    a.shares_with.contains(&full_name(b).as_str())
}

/// Finds the record that the others share with, so that to share with it is enough.
fn origin(owners: Vec<&Record>) -> Option<&Record> {
    let is_origin = |one: &&&Record| !owners.iter().any(|other| names(one, other));
    owners.iter().find(is_origin).or(owners.first()).copied()
}

/// Tells whether two records have a text or a number in common.
pub(crate) fn repeats(a: &Record, b: &Record) -> bool {
    let mut texts = b.aliases.iter().chain([&b.code]);
    texts.any(|text| has_text(a, text)) || a.json_rpc.iter().any(|own| has_number(b, own.number))
}

/// Tells whether a text is the code of a record or one of its aliases, in any spelling.
fn has_text(record: &Record, text: &str) -> bool {
    record.aliases.iter().chain([&record.code]).any(|own| __spelling(own).eq(__spelling(text)))
}

fn has_number(record: &Record, number: i32) -> bool {
    record.json_rpc.iter().any(|own| own.number == number)
}

/// Tells whether a record claims a number in a protocol version in which it is meant.
fn claims(record: &Record, own: JsonRpcNumber) -> bool {
    record.json_rpc.iter().any(|other| other.number == own.number && other.overlaps(own))
}
