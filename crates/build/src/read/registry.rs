//! Converts the values of the files to systems and codes.

use std::collections::{BTreeMap, BTreeSet};

use mcp_error_codes_core::schema::Plain;
use mcp_error_codes_core::template::unescaped;
use mcp_error_codes_core::{Claim, Fact, Family, Kind, Record, RecordBuilder, Related, Retry, System, Target};

use crate::problem::{Collector, Place};
use crate::read::extension::{Extension, extension};
use crate::read::fields::Fields;
use crate::read::files::SourceFile;
use crate::read::toml::{Node, Table, parse};
use crate::read::value::{DEFAULTS, FromNode, Read, What, as_table, leak, read_record, table, tables_of};

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

/// A system with the fields of its files, and its entries in the order of the files.
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
    /// Returns whether the names of the system and of all its codes are known, so links to it can be checked.
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
    /// Whether the code is only a former name, which copies every fact from its successor.
    pub(crate) is_former_name: bool,
    /// Whether the text alone means this code inside the registry.
    pub(crate) has_bare_text: bool,
}

impl Entry<'_> {
    /// Returns the line of `code = ..`.
    pub(crate) fn place(&self) -> Place {
        self.fields.own_place()
    }

    /// Returns the code and its aliases, each with its name in messages and its place.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&'static str, &'static str, Place)> {
        let aliases = self.record.aliases.iter().enumerate();
        let aliases = aliases.map(|(at, alias)| ("alias", *alias, self.fields.place_of_item("aliases", at)));
        [("code", self.record.code, self.place())].into_iter().chain(aliases).filter(|(_, text, _)| !text.is_empty())
    }
}

/// What this crate's own registry must contain, and other registries need not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// The facts that the document states, unless an entry lists its own.
    pub(crate) stated: &'static [Fact],
    /// Whether every system and code must name its kind, its version and its document.
    pub(crate) is_documented: bool,
}

/// Parses the files of a registry.
pub(crate) fn tables(files: &[SourceFile], problems: &mut Collector) -> Vec<Option<Table>> {
    let table = |(file, source): (usize, &SourceFile)| match source.not_utf8 {
        Some(line) => {
            problems.report(Place { file, line }, "not-utf8", "the file is not UTF-8 from this line on");
            None
        }
        None => parse(file, &source.text, problems),
    };
    files.iter().enumerate().map(table).collect()
}

/// Creates the registry.
pub(crate) fn registry<'a>(tables: &'a [Option<Table>], rules: Rules, problems: &mut Collector) -> Registry<'a> {
    let is_whole = tables.iter().all(Option::is_some);
    let mut registry =
        Registry { systems: Vec::new(), extensions: Vec::new(), claims: Vec::new(), preferred: Vec::new(), is_whole };
    let mut parts: Vec<Vec<Part<'a>>> = Vec::new();
    for (file, table) in tables.iter().enumerate() {
        let Some(table) = table else { continue };
        let fields = Fields::new("registry file", Place { file, line: 1 }, table);
        if let Some(part) = registry_file(&mut registry, fields, problems) {
            // A file with only the name of a system continues the system of another file.
            match parts.iter_mut().find(|others| part.continues(others)) {
                Some(others) => others.push(part),
                None => parts.push(vec![part]),
            }
        }
    }
    registry.systems = parts.into_iter().map(|parts| system_of(parts, rules, problems)).collect();
    registry
}

/// What a file says about a system.
struct Part<'a> {
    fields: Fields<'a>,
    head: Option<&'a Node>,
    name: Option<&'a str>,
    /// Whether it says more than the name of the system.
    is_full: bool,
}

impl Part<'_> {
    /// Returns whether a file belongs to the same system as other files. At most one of them may describe the system.
    fn continues(&self, others: &[Self]) -> bool {
        let is_same = self.name.is_some() && others.iter().all(|other| other.name == self.name);
        is_same && !(self.is_description() && others.iter().any(Self::is_description))
    }

    /// Returns whether the file has the texts that describe a system.
    fn is_description(&self) -> bool {
        let table = self.head.and_then(as_table);
        table.is_some_and(|table| ["title", "summary"].into_iter().all(|name| table.has(name)))
    }
}

/// Reads everything in a file except its system, which it returns unread. A file without codes needs no system.
fn registry_file<'a>(
    registry: &mut Registry<'a>,
    mut fields: Fields<'a>,
    problems: &mut Collector,
) -> Option<Part<'a>> {
    let has_system = ["system", "families", "codes"].into_iter().any(|name| fields.has(name));
    let has_other = ["extends", "claims", "preferred"].into_iter().any(|name| fields.has(name));
    let is_required = has_system || !has_other;
    if is_required {
        fields.require("system");
    }
    let head = fields.take("system");
    fields.take("families");
    fields.take("codes");
    for fields in tables_of(&mut fields, "extends", problems) {
        registry.extensions.push(extension(fields, problems));
    }
    let claims: &[Claim] = Plain::read(&mut fields, "claims", false, problems).unwrap_or_default();
    registry.claims.extend(claims.iter().copied().zip(fields.items("claims").to_vec()));
    preferred(registry, &mut fields, problems);
    fields.finish(problems);
    let table = head.and_then(as_table);
    let name = table.as_ref().and_then(|table| table.peek("name"));
    let is_full = table.is_none_or(|table| table.has_other_than("name"));
    is_required.then_some(Part { fields, head, name, is_full })
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

/// Creates a system from the files that it is split over, one of which describes it.
fn system_of<'a>(mut parts: Vec<Part<'a>>, rules: Rules, problems: &mut Collector) -> SystemFile<'a> {
    let description = parts.iter().position(Part::is_description);
    let main = description.or_else(|| parts.iter().position(|part| part.is_full)).unwrap_or_default();
    refuse_others(&parts, main, problems);
    if !parts.iter().any(|part| part.fields.has("codes")) {
        parts[main].fields.report_missing("codes", problems);
    }
    let head = parts[main].head.and_then(|node| System::from_node(What::Field("system"), node, problems));
    let (mut system, head) = head.map_or((NO_SYSTEM, None), |(system, fields)| (system, Some(fields)));
    if let (Some(head), true) = (&head, rules.is_documented) {
        ["module", "since", "reference"].into_iter().for_each(|name| head.report_missing(name, problems));
    }
    if system.module.is_empty() {
        system.module = leak(&system.name.replace('-', "_"));
    }
    let (mut families, mut family_fields): (Vec<Family>, Vec<Fields<'a>>) = (Vec::new(), Vec::new());
    for part in &mut parts {
        for name in ["families", "codes"].into_iter().filter(|name| part.fields.has(name)) {
            part.fields.refuse_empty(name, problems);
        }
        let own: &[Family] = Plain::read(&mut part.fields, "families", false, problems).unwrap_or_default();
        families.extend(own);
        family_fields.extend(part.fields.items("families").iter().cloned());
    }
    if families.is_empty() && !parts.iter().any(|part| part.fields.has("families")) {
        if rules.is_documented {
            parts[main].fields.report_missing("families", problems);
        }
        // The codes of a system without families form one family.
        families.push(Family::__new(system.name, system.title, system.summary, &[], &[], &[], &[]));
        family_fields.push(Fields::leaf(head.as_ref().map_or(parts[main].fields.place(), Fields::place)));
    }
    system.families = families.leak();
    let system: &'static System = Box::leak(Box::new(system));
    let defaults = Defaults {
        rules,
        system: head.as_ref().and_then(|head| defaults_of(head, problems)),
        families: family_fields.iter().map(|fields| defaults_of(fields, problems)).collect(),
    };
    let mut tables = Vec::new();
    for part in &mut parts {
        tables.extend(tables_of(&mut part.fields, "codes", problems));
    }
    SystemFile { system, head, families: family_fields, entries: entries(system, tables, &defaults, problems) }
}

/// Reports each file that has more than the name of a system, although another file describes it.
fn refuse_others(parts: &[Part<'_>], main: usize, problems: &mut Collector) {
    let place = |part: &Part<'_>| part.head.and_then(as_table).map(|head| head.place_of("name"));
    let Some(described) = place(&parts[main]) else { return };
    for (_, part) in parts.iter().enumerate().filter(|(at, part)| *at != main && part.is_full) {
        let (Some(place), Some(name)) = (place(part), part.name) else { continue };
        let instead = "other files of the system have only its name in [system]";
        let at = problems.name(described);
        problems.report(place, "duplicate-system", format!("system {name:?} is described at {at}; {instead}"));
    }
}

/// The defaults of the entries of a system.
struct Defaults<'a> {
    rules: Rules,
    system: Option<Fields<'a>>,
    /// The defaults of each family.
    families: Vec<Option<Fields<'a>>>,
}

/// The fields that can have defaults.
const WITH_DEFAULTS: &[&str] = &[
    "kind",
    "http_status",
    "severity",
    "category",
    "recoverable",
    "retry",
    "surface",
    "since",
    "reference",
    "security_layer",
    "stated",
    "alert",
];

/// Reads the defaults in the table of a system or a family.
fn defaults_of<'a>(owner: &Fields<'a>, problems: &mut Collector) -> Option<Fields<'a>> {
    let node = owner.clone().take(DEFAULTS)?;
    let defaults = table(What::Field(DEFAULTS), node, problems)?.again("defaults", WITH_DEFAULTS);
    // Reports mistakes once, even if there are no entries.
    let mut tried = defaults.clone();
    read_record(&mut blank(&NO_SYSTEM), &mut tried, problems);
    tried.finish(problems);
    Some(defaults)
}

impl<'a> Defaults<'a> {
    /// Returns the tables of defaults that apply to an entry, the most general first.
    fn of(&self, family: usize) -> impl DoubleEndedIterator<Item = &Fields<'a>> {
        self.system.iter().chain(self.families.get(family).and_then(Option::as_ref))
    }
}

const NO_SYSTEM: System = System::__new("", "", "", "", "", "", &[], &[], None);
const NO_FAMILY: &Family = &Family::__new("", "", "", &[], &[], &[], &[]);

/// Reads the entries of a system. Former names are read last, because they copy the facts of their successors.
fn entries<'a>(
    system: &'static System,
    tables: Vec<Fields<'a>>,
    defaults: &Defaults<'a>,
    problems: &mut Collector,
) -> Vec<Entry<'a>> {
    let codes: BTreeSet<&str> = tables.iter().filter_map(|fields| fields.peek("code")).collect();
    let tables: Vec<_> = tables.into_iter().enumerate().collect();
    let (former, others): (Vec<_>, Vec<_>) = tables.into_iter().partition(|(_, fields)| is_former_name(fields, &codes));
    let mut entries = BTreeMap::new();
    for (at, mut fields) in others {
        let mut record = blank(system);
        record.stated = defaults.rules.stated;
        if defaults.rules.is_documented {
            ["family", "kind", "reference"].into_iter().for_each(|name| fields.require(name));
        }
        read_entry(&mut record, &mut fields, Some(defaults), problems);
        if record.params.is_empty() {
            let unescaped = record.message.and_then(unescaped).map(|text| leak(&text));
            record.__set_bare_message(unescaped);
        }
        record.diagnostics = [record.diagnostics, record.family.diagnostics].concat().leak();
        record.recovery = [record.recovery, record.family.recovery].concat().leak();
        entries.insert(at, Entry { record, fields, is_former_name: false, has_bare_text: true });
    }
    let mut successors = BTreeMap::new();
    for entry in entries.values() {
        successors.insert(entry.record.code, entry.record.clone());
    }
    for (at, mut fields) in former {
        fields.restrict("code with superseded_by and without summary", OF_A_FORMER_NAME);
        let successor = fields.peek("superseded_by").and_then(|code| successors.get(code));
        let mut record = successor.cloned().unwrap_or_else(|| blank(system));
        (record.code, record.name, record.aliases) = ("", "", &[]);
        (record.since, record.reference) = (system.since, system.reference);
        record.preferred = false;
        let inherited = std::mem::take(&mut record.sections);
        read_entry(&mut record, &mut fields, None, problems);
        record.sections = [record.sections, inherited].concat().leak();
        let is_itself = |link: &&Related| link.target == Target::Code(record.code);
        record.related = record.related.iter().filter(|link| !is_itself(link)).copied().collect::<Vec<_>>().leak();
        entries.insert(at, Entry { record, fields, is_former_name: true, has_bare_text: true });
    }
    entries.into_values().collect()
}

/// Returns whether a code is only a former name. If its successor is in another registry, the code states its own facts, because
/// those of the successor are not known here.
fn is_former_name(fields: &Fields<'_>, codes: &BTreeSet<&str>) -> bool {
    let is_elsewhere = fields.peek("superseded_by").is_some_and(|code| code.contains(':') && !codes.contains(code));
    fields.has("superseded_by") && !fields.has("summary") && !is_elsewhere
}

/// The fields that a former name may have.
const OF_A_FORMER_NAME: &[&str] =
    &["code", "family", "name", "aliases", "superseded_by", "since", "deprecated_since", "reference", "sections"];

fn blank(system: &'static System) -> Record {
    RecordBuilder::new(0, "", system, NO_FAMILY, "", "").since(system.since).reference(system.reference).build()
}

/// Reads the fields of an entry. The facts that follow from the kind are set first, then the defaults, which a former name does not
/// use.
fn read_entry(record: &mut Record, fields: &mut Fields<'_>, defaults: Option<&Defaults<'_>>, problems: &mut Collector) {
    let families = record.system.families;
    // The family may be omitted if there is only one.
    let family: Option<&str> = Plain::read(fields, "family", families.len() > 1, problems);
    let found = match family {
        Some(name) => families.iter().position(|own| own.name == name),
        None => (families.len() == 1 && !fields.has("family")).then_some(0),
    };
    record.family = found.and_then(|at| families.get(at)).unwrap_or(NO_FAMILY);
    if let Some(defaults) = defaults {
        let tables: Vec<_> = defaults.of(found.unwrap_or(usize::MAX)).collect();
        let kind = std::iter::once(&*fields).chain(tables.iter().rev().copied()).find_map(|table| table.peek("kind"));
        set_facts_of(kind.and_then(|word| word.parse().ok()).unwrap_or(Kind::OperationFailed), record);
        for table in tables {
            // The mistakes in a table of defaults were reported when it was first read.
            read_record(record, &mut table.clone(), problems);
        }
    }
    read_record(record, fields, problems);
    fields.finish(problems);
}

/// Sets the facts that follow from a kind.
fn set_facts_of(kind: Kind, record: &mut Record) {
    record.kind = kind;
    record.http_status = kind.http_status();
    record.severity = kind.severity();
    record.category = kind.category();
    record.recoverable = kind.is_recoverable();
    record.retry = Retry::new(kind.retry_class());
    record.surface = kind.surface();
}
