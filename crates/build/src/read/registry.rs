//! Converts the values of the files to systems and codes.

use std::collections::BTreeMap;

use mcp_error_codes_core::schema::Plain;
use mcp_error_codes_core::{Claim, Fact, Family, Kind, Record, RecordBuilder, Related, Retry, System, Target};

use crate::problem::{Collector, Place};
use crate::read::extension::{Extension, extension};
use crate::read::fields::Fields;
use crate::read::toml::{Table, parse};
use crate::read::value::{FromNode, Read, What, read_record, table, tables_of};

/// The contents of a registry's files.
#[derive(Debug)]
pub(crate) struct Registry<'a> {
    pub(crate) systems: Vec<SystemFile<'a>>,
    pub(crate) extensions: Vec<Extension<'a>>,
    /// The claims: documented uses of numbers and texts by others.
    pub(crate) claims: Vec<(Claim, Fields<'a>)>,
    /// The codes that `[preferred]` names for kinds, each with its line.
    pub(crate) preferred: Vec<(Kind, &'static str, Place)>,
    /// Whether every file could be parsed.
    pub(crate) is_whole: bool,
}

/// A system with the fields of its file, and its entries in the order of the file.
#[derive(Debug)]
pub(crate) struct SystemFile<'a> {
    pub(crate) system: &'static System,
    /// The fields of `[system]`, if there is one.
    pub(crate) head: Option<Fields<'a>>,
    /// The fields of each family.
    pub(crate) families: Vec<Fields<'a>>,
    pub(crate) entries: Vec<Entry<'a>>,
}

impl SystemFile<'_> {
    /// Returns whether the names of the system and of each of its codes are known, so that a link can be judged.
    pub(crate) fn is_whole(&self) -> bool {
        let has_code = |entry: &Entry<'_>| !entry.record.code.is_empty();
        !self.system.name.is_empty() && !self.entries.is_empty() && self.entries.iter().all(has_code)
    }
}

/// One `[[codes]]` entry: its record and its fields.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    pub(crate) record: Record,
    pub(crate) fields: Fields<'a>,
    /// Whether the code is only a former name, which takes every fact from its successor.
    pub(crate) is_former_name: bool,
}

impl Entry<'_> {
    /// Returns the line of `code = ..`.
    pub(crate) fn place(&self) -> Place {
        self.fields.own_place()
    }
}

/// The defaults of the entries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Defaults {
    /// The facts that the document states, unless an entry lists its own.
    pub(crate) stated: &'static [Fact],
    /// Whether `kind` is required.
    pub(crate) requires_kind: bool,
}

/// Parses the files of a registry, given as pairs of path and text.
pub(crate) fn tables(files: &[(String, String)], problems: &mut Collector) -> Vec<Option<Table>> {
    files.iter().enumerate().map(|(file, (_, text))| parse(file, text, problems)).collect()
}

/// Creates the registry.
pub(crate) fn registry<'a>(tables: &'a [Option<Table>], defaults: Defaults, problems: &mut Collector) -> Registry<'a> {
    let is_whole = tables.iter().all(Option::is_some);
    let mut registry =
        Registry { systems: Vec::new(), extensions: Vec::new(), claims: Vec::new(), preferred: Vec::new(), is_whole };
    for (file, table) in tables.iter().enumerate() {
        if let Some(table) = table {
            registry_file(
                &mut registry,
                Fields::new("registry file", Place { file, line: 1 }, table),
                defaults,
                problems,
            );
        }
    }
    registry
}

/// Adds the contents of a file. Fields with mistakes are empty. A file without codes needs no system.
fn registry_file<'a>(
    registry: &mut Registry<'a>,
    mut fields: Fields<'a>,
    defaults: Defaults,
    problems: &mut Collector,
) {
    let fields = &mut fields;
    let has_system = ["system", "families", "codes"].into_iter().any(|name| fields.has(name));
    let has_other = ["extends", "claims", "preferred"].into_iter().any(|name| fields.has(name));
    let is_required = has_system || !has_other;
    let system = system_file(fields, is_required, defaults, problems);
    registry.systems.extend(is_required.then_some(system));
    for fields in tables_of(fields, "extends", problems) {
        registry.extensions.push(extension(fields, problems));
    }
    let claims: &[Claim] = Plain::read(fields, "claims", false, problems).unwrap_or_default();
    registry.claims.extend(claims.iter().copied().zip(fields.items("claims").to_vec()));
    preferred(registry, fields, problems);
    fields.finish(problems);
}

/// Reads the table of the preferred codes: one optional text for each kind.
fn preferred<'a>(registry: &mut Registry<'a>, fields: &mut Fields<'a>, problems: &mut Collector) {
    let node = fields.take("preferred");
    let Some(mut table) = node.and_then(|node| table(What::Field("preferred"), node, problems)) else { return };
    for kind in Kind::ALL {
        if let Some(code) = Plain::read(&mut table, kind.as_str(), false, problems) {
            registry.preferred.push((*kind, code, table.place_of(kind.as_str())));
        }
    }
    table.finish(problems);
}

fn system_file<'a>(
    fields: &mut Fields<'a>,
    is_required: bool,
    defaults: Defaults,
    problems: &mut Collector,
) -> SystemFile<'a> {
    if is_required {
        fields.require("system", problems);
        fields.require_items("families", problems);
        fields.require_items("codes", problems);
    }
    let head = fields.take("system").and_then(|node| System::from_node(What::Field("system"), node, problems));
    let (mut system, head) = head.map_or((NO_SYSTEM, None), |(system, fields)| (system, Some(fields)));
    system.families = Plain::read(fields, "families", false, problems).unwrap_or_default();
    let families = fields.items("families").to_vec();
    let system: &'static System = Box::leak(Box::new(system));
    SystemFile { system, head, families, entries: entries(system, fields, defaults, problems) }
}

const NO_SYSTEM: System = System::__new("", "", "", "", "", "", &[], &[], None);
const NO_FAMILY: &Family = &Family::__new("", "", "", &[], &[], &[], &[]);

/// Reads the entries of a system. Former names are read last, because they start with the facts of their successors.
fn entries<'a>(
    system: &'static System,
    fields: &mut Fields<'a>,
    defaults: Defaults,
    problems: &mut Collector,
) -> Vec<Entry<'a>> {
    let tables: Vec<_> = tables_of(fields, "codes", problems).into_iter().enumerate().collect();
    let (former, others): (Vec<_>, Vec<_>) = tables.into_iter().partition(|(_, fields)| is_former_name(fields));
    let mut entries = BTreeMap::new();
    for (at, mut fields) in others {
        let mut record = blank(system);
        record.stated = defaults.stated;
        if defaults.requires_kind {
            fields.require("kind", problems);
        }
        read_entry(&mut record, &mut fields, problems);
        record.diagnostics = [record.diagnostics, record.family.diagnostics].concat().leak();
        record.recovery = [record.recovery, record.family.recovery].concat().leak();
        entries.insert(at, Entry { record, fields, is_former_name: false });
    }
    let mut successors = BTreeMap::new();
    for entry in entries.values() {
        successors.insert(entry.record.code, entry.record.clone());
    }
    for (at, mut fields) in former {
        fields.restrict("code with superseded_by and without summary", OF_A_FORMER_NAME);
        let successor = fields.peek("superseded_by").and_then(|code| successors.get(code));
        let mut record = successor.cloned().unwrap_or_else(|| blank(system));
        (record.code, record.name, record.aliases, record.since) = ("", "", &[], system.since);
        record.preferred = false;
        let inherited = std::mem::take(&mut record.sections);
        read_entry(&mut record, &mut fields, problems);
        record.sections = [record.sections, inherited].concat().leak();
        let is_itself = |link: &&Related| link.target == Target::Code(record.code);
        record.related = record.related.iter().filter(|link| !is_itself(link)).copied().collect::<Vec<_>>().leak();
        entries.insert(at, Entry { record, fields, is_former_name: true });
    }
    entries.into_values().collect()
}

/// Returns whether a code is only a former name. If its successor is in another registry, it has facts of its own, because
/// those of the successor are not known here.
fn is_former_name(fields: &Fields<'_>) -> bool {
    let is_elsewhere = fields.peek("superseded_by").is_some_and(|code| code.contains(':'));
    fields.has("superseded_by") && !fields.has("summary") && !is_elsewhere
}

/// The fields that a former name may have.
const OF_A_FORMER_NAME: &[&str] =
    &["code", "family", "name", "aliases", "superseded_by", "since", "deprecated_since", "reference", "sections"];

fn blank(system: &'static System) -> Record {
    RecordBuilder::new(0, "", system, NO_FAMILY, "", "").since(system.since).build()
}

/// Reads the fields of an entry. Facts that follow from the kind are set first.
fn read_entry(record: &mut Record, fields: &mut Fields<'_>, problems: &mut Collector) {
    if let Some(kind) =
        fields.peek("kind").filter(|_| fields.expects("kind")).and_then(|word| word.parse::<Kind>().ok())
    {
        record.http_status = kind.http_status();
        record.severity = kind.severity();
        record.category = kind.category();
        record.recoverable = kind.is_recoverable();
        record.retry = Retry::new(kind.retry_class());
        record.surface = kind.surface();
    }
    read_record(record, fields, problems);
    let family: Option<&str> = Plain::read(fields, "family", true, problems);
    let families = record.system.families;
    record.family = families.iter().find(|own| Some(own.name) == family).unwrap_or(NO_FAMILY);
    fields.finish(problems);
}
