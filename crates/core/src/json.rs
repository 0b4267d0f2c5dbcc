use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::{
    Command, Example, Family, JsonRpcNumber, Param, Record, Related, ReservedRange, Retry, Scenario, Section, System,
    Target,
};

/// Implements `Serialize` as an object with these entries in this order; an entry that is absent is left out.
macro_rules! object {
    ($type:ty, |$value:ident| { $($key:literal: $entry:expr,)* }) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $value = self;
                let mut map = serializer.serialize_map(None)?;
                $($entry.write($key, &mut map)?;)*
                map.end()
            }
        }
    };
}

/// A value that writes its own entry, or none when it is absent.
trait Entry {
    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error>;
}

/// A value that is always there.
struct Always<T>(T);

impl<T: Serialize> Entry for Always<T> {
    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, &self.0)
    }
}

impl<T: Serialize> Entry for Option<T> {
    fn write<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        self.as_ref().map_or(Ok(()), |value| map.serialize_entry(key, value))
    }
}

object!(Record, |record| {
    "code": Always(record.code),
    "system": Always(record.system.name),
    "family": Always(record.family.name),
    "name": Always(record.name),
    "title": Always(record.title),
    "summary": Always(record.summary),
    "context": record.context,
    "causes": Always(record.causes),
    "resolution": Always(record.resolution),
    "hint": Always(record.hint),
    "message": record.message,
    "params": Always(record.params),
    "http_status": Always(record.http_status),
    "severity": Always(record.severity),
    "category": Always(record.category),
    "recoverable": Always(record.recoverable),
    "retry": Always(record.retry),
    "surface": Always(record.surface),
    "json_rpc": Always(record.json_rpc),
    "aliases": Always(record.aliases),
    "shares_with": Always(record.shares_with),
    "superseded_by": record.superseded_by,
    "since": Always(record.since),
    "deprecated_since": record.deprecated_since,
    "reference": Always(record.reference),
    "security_layer": record.security_layer,
    "scenarios": Always(record.scenarios),
    "diagnostics": Always(record.diagnostics),
    "recovery": Always(record.recovery),
    "examples": Always(record.examples),
    "related": Always(record.related),
    "sections": Always(record.sections),
    "stated": Always(record.stated),
});

object!(System, |system| {
    "name": Always(system.name),
    "module": Always(system.module),
    "title": Always(system.title),
    "summary": Always(system.summary),
    "since": Always(system.since),
    "reference": Always(system.reference),
    "sections": Always(system.sections),
    "families": Always(system.families),
});

object!(Family, |family| {
    "name": Always(family.name),
    "title": Always(family.title),
    "summary": Always(family.summary),
    "reserved": Always(family.reserved),
    "diagnostics": Always(family.diagnostics),
    "recovery": Always(family.recovery),
    "sections": Always(family.sections),
});

object!(ReservedRange, |range| {
    "first": Always(range.first),
    "last": Always(range.last),
});

object!(JsonRpcNumber, |entry| {
    "number": Always(entry.number),
    "since": entry.since,
    "until": entry.until,
});

object!(Retry, |retry| {
    "class": Always(retry.class),
    "backoff": retry.backoff,
    "attempts": retry.attempts,
    "initial_ms": retry.initial_ms,
    "max_ms": retry.max_ms,
});

object!(Param, |param| {
    "name": Always(param.name),
    "type": Always(param.ty),
    "description": Always(param.description),
});

object!(Scenario, |scenario| {
    "name": Always(scenario.name),
    "title": Always(scenario.title),
    "summary": scenario.summary,
    "message": scenario.message,
    "params": Always(scenario.params),
    "causes": Always(scenario.causes),
    "resolution": Always(scenario.resolution),
    "prevention": Always(scenario.prevention),
    "notes": Always(scenario.notes),
});

object!(Command, |command| {
    "command": Always(command.command),
    "description": Always(command.description),
});

object!(Example, |example| {
    "type": Always(example.ty),
    "description": Always(example.description),
    "text": Always(example.text),
});

object!(Related, |related| {
    "code": match related.target { Target::Code(code) => Some(code), Target::Document(_) => None },
    "document": match related.target { Target::Document(document) => Some(document), Target::Code(_) => None },
    "description": Always(related.description),
});

object!(Section, |section| {
    "title": Always(section.title),
    "text": section.text,
    "items": present(section.items),
    "columns": present(section.columns),
    "rows": present(section.rows),
    "code": section.code,
});

/// An empty part of a section is absent.
fn present<T>(list: &[T]) -> Option<&[T]> {
    (!list.is_empty()).then_some(list)
}
