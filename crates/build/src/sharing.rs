//! Which codes repeat a text or a number of another code, and whether `shares_with` declares it.

use mcp_error_codes_core::{__is_word, __spelling, JsonRpcNumber, ProtocolVersion, Record};

use crate::scope::{SPECIFICATION, Scope};

/// Returns whether one of two records declares that it shares with the other, or both declare it for a third record that has
/// the shared text or number.
pub(crate) fn agree(scope: &Scope<'_, '_>, a: &Record, b: &Record, has_it: impl Fn(&Record) -> bool) -> bool {
    let mut both = a.shares_with.iter().filter(|target| b.shares_with.contains(target));
    names(a, b) || names(b, a) || both.any(|third| scope.record(third).is_some_and(&has_it))
}

/// Returns whether a record declares that it shares with another.
fn names(a: &Record, b: &Record) -> bool {
    a.shares_with.iter().any(|target| b.full_name() == *target)
}

/// Returns whether two records have a text or a number in common.
pub(crate) fn repeats(a: &Record, b: &Record) -> bool {
    let mut texts = b.aliases.iter().chain([&b.code]);
    texts.any(|text| has_text(a, text)) || a.json_rpc.iter().any(|own| has_number(b, own.number))
}

/// Returns whether a text is the code of a record or one of its aliases, in any spelling.
pub(crate) fn has_text(record: &Record, text: &str) -> bool {
    record.aliases.iter().chain([&record.code]).any(|own| __spelling(own).eq(__spelling(text)))
}

pub(crate) fn has_number(record: &Record, number: i64) -> bool {
    record.json_rpc.iter().any(|own| own.number == number)
}

/// Finds a record of another registry that has the text, although neither record declares that they share it. A plain word belongs
/// to nobody.
pub(crate) fn owner_of_text<'r>(scope: &Scope<'r, '_>, record: &Record, text: &str) -> Option<&'r Record> {
    let is_word = |owner: &Record| {
        let mut own = owner.aliases.iter().chain([&owner.code]).filter(|own| __spelling(own).eq(__spelling(text)));
        __is_word(text) && own.all(|own| __is_word(own))
    };
    let disagrees = |owner: &&Record| !is_word(owner) && !agree(scope, record, owner, |third| has_text(third, text));
    origin(scope.library.with_text(text).filter(disagrees).collect())
}

/// Finds a record of another registry that has the number in the same protocol version, although neither record declares that they
/// share it.
pub(crate) fn owner_of_number<'r>(scope: &Scope<'r, '_>, record: &Record, own: JsonRpcNumber) -> Option<&'r Record> {
    let has_it = |owner: &&Record| owner.json_rpc.iter().any(|other| other.number == own.number && other.overlaps(own));
    let disagrees = |owner: &&Record| !agree(scope, record, owner, |third| has_number(third, own.number));
    origin(scope.library.with_number(own.number).filter(has_it).filter(disagrees).collect())
}

/// Returns the record that the others share with, because one declaration is enough.
fn origin(owners: Vec<&Record>) -> Option<&Record> {
    let is_origin = |one: &&&Record| !owners.iter().any(|other| names(one, other));
    owners.iter().find(is_origin).or(owners.first()).copied()
}

/// Returns whether a record shares a number with the specification or the library in every protocol version in which it has the
/// number.
pub(crate) fn is_shared(scope: &Scope<'_, '_>, record: &Record, own: JsonRpcNumber) -> bool {
    let may_lend = |target: &&&str| {
        let system = target.split_once(':').map_or("", |(system, _)| system);
        system == SPECIFICATION || scope.library.system(system).is_some()
    };
    record.shares_with.iter().filter(may_lend).any(|target| {
        let has_it = |other: &Record, version: ProtocolVersion| {
            other.json_rpc.iter().any(|other| other.number == own.number && other.holds_in(version))
        };
        let mut versions = ProtocolVersion::ALL.iter().filter(|version| own.holds_in(**version));
        // Another check reports an unknown target.
        scope.record(target).is_none_or(|other| versions.all(|version| has_it(other, *version)))
    })
}
