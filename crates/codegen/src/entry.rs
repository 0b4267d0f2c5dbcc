//! From the fields of a file to a system and its entries. Each field is judged by itself here; what holds between
//! entries is judged in `rules`.

use std::collections::BTreeMap;

use mcp_error_codes_record::{
    Category, Command, Example, ExampleKind, Fact, Family, JsonRpcNumber, Param, ParamType, ProtocolVersion, Record,
    Related, ReservedRange, Retry, RetryClass, RetryKind, Scenario, Section, Severity, Surface, System, Target,
};

use crate::fields::{Fields, table};
use crate::problem::{Collector, Place};
use crate::read::Table;

/// One `[[codes]]` entry: its record, and the lines of its fields.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) record: Record,
    /// The line of `code = ..`.
    pub(crate) place: Place,
    places: BTreeMap<&'static str, Place>,
    /// Only a former name: every fact comes from the successor.
    pub(crate) is_former_name: bool,
}

impl Entry {
    /// The line of a field, or of the entry where the field is not there.
    pub(crate) fn place_of(&self, field: &str) -> Place {
        self.places.get(field).copied().unwrap_or(self.place)
    }

    /// The unmistakable name of the code: `filesystem:FS-001`.
    pub(crate) fn full_name(&self) -> String {
        format!("{}:{}", self.record.system.name, self.record.code)
    }
}

/// A system with the line of its name, and its entries in the order of the file.
#[derive(Debug)]
pub(crate) struct SystemFile {
    pub(crate) system: &'static System,
    pub(crate) place: Place,
    pub(crate) family_places: Vec<Place>,
    pub(crate) entries: Vec<Entry>,
}

/// Makes a system out of a file; none where too much is wrong to go on.
pub(crate) fn system_file(file: usize, content: &Table, problems: &mut Collector) -> Option<SystemFile> {
    let mut fields = Fields::new("registry file", Place { file, line: 1 }, content);
    let mut head = fields.table("system", problems)?;
    let place = head.place_of("name");
    let mut family_places = Vec::new();
    let families = fields.tables("families", problems, |fields, problems| {
        family_places.push(fields.place_of("name"));
        Some(family(fields, problems))
    });
    let system: &'static System = Box::leak(Box::new(System::__new(
        head.text("name", problems),
        head.text("module", problems),
        head.text("title", problems),
        head.text("summary", problems),
        head.text("since", problems),
        head.text("reference", problems),
        sections(&mut head, problems),
        families,
    )));
    head.finish(problems);

    let mut entries = Vec::new();
    for node in fields.required_list("codes", problems) {
        if let Some(mut fields) = table("codes", node, problems) {
            entries.extend(entry(system, &mut fields, problems));
            fields.finish(problems);
        }
    }
    fields.finish(problems);
    inherit(&mut entries, problems);
    Some(SystemFile { system, place, family_places, entries })
}

fn family(fields: &mut Fields<'_>, problems: &mut Collector) -> Family {
    Family::__new(
        fields.text("name", problems),
        fields.text("title", problems),
        fields.text("summary", problems),
        fields.tables("reserved", problems, |fields, problems| {
            Some(ReservedRange::__new(fields.text("first", problems), fields.text("last", problems)))
        }),
        sections(fields, problems),
        commands("diagnostics", fields, problems),
        commands("recovery", fields, problems),
    )
}

/// Makes an entry; none where its family is unknown, since nothing can be said of it then.
fn entry(system: &'static System, fields: &mut Fields<'_>, problems: &mut Collector) -> Option<Entry> {
    const KEPT: [&str; 12] = [
        "code",
        "name",
        "message",
        "params",
        "json_rpc",
        "aliases",
        "shares_with",
        "superseded_by",
        "related",
        "retry",
        "scenarios",
        "deprecated_since",
    ];
    let places = KEPT.iter().filter(|name| fields.has(name)).map(|name| (*name, fields.place_of(name))).collect();
    let place = fields.place_of("code");
    let is_former_name = fields.has("superseded_by") && !fields.has("summary");

    let code = fields.text("code", problems);
    let family_place = fields.place_of("family");
    let family_name = fields.text("family", problems);
    let family = system.families.iter().find(|family| family.name == family_name);
    if family.is_none() && !family_name.is_empty() {
        let names: Vec<_> = system.families.iter().map(|family| family.name).collect();
        problems.report(family_place, format!("family {family_name:?} is not one of: {}", names.join(", ")));
    }
    let unknown = const { &Family::__new("", "", "", &[], &[], &[], &[]) };
    let family = family.unwrap_or(unknown);

    let mut record = Record::__new(0, code, system, family, fields.text("name", problems), "")
        .__aliases(fields.texts("aliases", problems))
        .__superseded_by(fields.optional_text("superseded_by", problems))
        .__since(fields.optional_text("since", problems).unwrap_or(system.since))
        .__deprecated_since(fields.optional_text("deprecated_since", problems))
        .__reference(fields.text("reference", problems));
    if !is_former_name {
        record.title = fields.text("title", problems);
        record = facts(record, fields, problems);
    }
    Some(Entry { record, place, places, is_former_name })
}

/// Takes the fields that a former name has from its successor.
fn facts(record: Record, fields: &mut Fields<'_>, problems: &mut Collector) -> Record {
    let family = record.family;
    let mut record = record
        .__summary(fields.text("summary", problems))
        .__context(fields.optional_text("context", problems))
        .__causes(fields.texts("causes", problems))
        .__resolution(fields.texts("resolution", problems))
        .__hint(fields.text("hint", problems))
        .__message(fields.optional_text("message", problems))
        .__params(params(fields, problems))
        .__recoverable(fields.boolean("recoverable", problems))
        .__json_rpc(numbers(fields, problems))
        .__shares_with(fields.texts("shares_with", problems))
        .__security_layer(fields.bounded("security_layer", 1, 99, problems))
        .__stated(fields.words("stated", Fact::ALL, problems))
        .__related(fields.tables("related", problems, related))
        .__scenarios(fields.tables("scenarios", problems, scenario))
        .__examples(fields.tables("examples", problems, example))
        .__sections(sections(fields, problems));
    if !fields.has("http_status") {
        fields.integer("http_status", problems);
    }
    if let Some(status) = fields.bounded("http_status", 400, 599, problems) {
        record = record.__http_status(status);
    }
    if let Some(severity) = fields.word("severity", Severity::ALL, problems) {
        record = record.__severity(severity);
    }
    if let Some(category) = fields.word("category", Category::ALL, problems) {
        record = record.__category(category);
    }
    if let Some(surface) = fields.word("surface", Surface::ALL, problems) {
        record = record.__surface(surface);
    }
    if let Some(mut table) = fields.table("retry", problems) {
        record = record.__retry(retry(&mut table, problems));
        table.finish(problems);
    }
    let own = commands("diagnostics", fields, problems);
    let recovery = commands("recovery", fields, problems);
    record
        .__diagnostics([own, family.diagnostics].concat().leak())
        .__recovery([recovery, family.recovery].concat().leak())
}

fn retry(fields: &mut Fields<'_>, problems: &mut Collector) -> Retry {
    let place = fields.place();
    let class = fields.word("class", RetryClass::ALL, problems).unwrap_or(RetryClass::DoNotRetry);
    let kind = fields.optional_word("kind", RetryKind::ALL, problems);
    let attempts = fields.bounded("attempts", 2, 100, problems);
    let initial = fields.bounded("initial_ms", 1, DAY_MS, problems);
    let max = fields.bounded("max_ms", 1, DAY_MS, problems);
    let retry = Retry::new(class);
    match (kind, initial, max) {
        (None, None, None) if attempts.is_none() => retry,
        (Some(kind), Some(initial), Some(max)) if initial <= max && retry.is_worthwhile() => {
            retry.__with_schedule(kind, attempts, initial, max)
        }
        (Some(_), Some(initial), Some(max)) if initial > max => {
            problems.report(place, format!("initial_ms {initial} is more than max_ms {max}"));
            retry
        }
        (Some(_), Some(_), Some(_)) => {
            problems.report(place, format!("a retry schedule does not go with the class {:?}", class.as_str()));
            retry
        }
        _ => {
            problems.report(place, "a retry schedule has all of kind, initial_ms and max_ms, or there is none");
            retry
        }
    }
}

/// The longest wait that a schedule may hold.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn numbers(fields: &mut Fields<'_>, problems: &mut Collector) -> &'static [JsonRpcNumber] {
    if !fields.has("json_rpc") {
        problems.report(fields.place(), "code has no field \"json_rpc\", which is required");
    }
    fields.tables("json_rpc", problems, |fields, problems| {
        let place = fields.place();
        if !fields.has("number") {
            fields.integer("number", problems);
        }
        let number = fields.bounded("number", i32::MIN.into(), i32::MAX.into(), problems);
        let since = fields.optional_word("since", ProtocolVersion::ALL, problems);
        let until = fields.optional_word("until", ProtocolVersion::ALL, problems);
        if let (Some(since), Some(until)) = (since, until)
            && since > until
        {
            problems.report(place, format!("since {since} is later than until {until}"));
        }
        Some(JsonRpcNumber::__new(number?, since, until))
    })
}

fn params(fields: &mut Fields<'_>, problems: &mut Collector) -> &'static [Param] {
    fields.tables("params", problems, |fields, problems| {
        let name = fields.text("name", problems);
        let ty = fields.word("type", ParamType::ALL, problems);
        let description = fields.text("description", problems);
        Some(Param::__new(name, ty?, description))
    })
}

fn commands(name: &'static str, fields: &mut Fields<'_>, problems: &mut Collector) -> &'static [Command] {
    fields.tables(name, problems, |fields, problems| {
        Some(Command::__new(fields.text("command", problems), fields.text("description", problems)))
    })
}

fn related(fields: &mut Fields<'_>, problems: &mut Collector) -> Option<Related> {
    let place = fields.place();
    let code = fields.optional_text("code", problems);
    let document = fields.optional_text("document", problems);
    let description = fields.text("description", problems);
    match (code, document) {
        (Some(code), None) => Some(Related::__new(Target::Code(code), description)),
        (None, Some(document)) => Some(Related::__new(Target::Document(document), description)),
        _ => {
            problems.report(place, "a related entry has either code or document");
            None
        }
    }
}

fn example(fields: &mut Fields<'_>, problems: &mut Collector) -> Option<Example> {
    let kind = fields.word("kind", ExampleKind::ALL, problems);
    let description = fields.text("description", problems);
    let place = fields.place();
    let text = fields.optional_block("text", problems);
    if text.is_none() {
        problems.report(place, "example has no field \"text\", which is required");
    }
    Some(Example::__new(kind?, description, text?))
}

fn scenario(fields: &mut Fields<'_>, problems: &mut Collector) -> Option<Scenario> {
    Some(Scenario::__new(
        fields.text("name", problems),
        fields.text("title", problems),
        fields.optional_text("summary", problems),
        fields.optional_text("message", problems),
        params(fields, problems),
        fields.texts("causes", problems),
        fields.texts("resolution", problems),
        fields.texts("prevention", problems),
        fields.texts("notes", problems),
    ))
}

fn sections(fields: &mut Fields<'_>, problems: &mut Collector) -> &'static [Section] {
    fields.tables("sections", problems, |fields, problems| {
        let place = fields.place();
        let section = Section::__new(
            fields.text("title", problems),
            fields.optional_text("text", problems),
            fields.texts("items", problems),
            fields.texts("columns", problems),
            fields.rows("rows", problems),
            fields.optional_block("code", problems),
        );
        let columns = section.columns.len();
        if let Some(row) = section.rows.iter().find(|row| row.len() != columns) {
            let cells = row.len();
            problems.report(place, format!("section {:?} has {columns} columns and a row of {cells}", section.title));
        }
        let is_empty = section.text.is_none() && section.items.is_empty() && section.rows.is_empty();
        if is_empty && section.code.is_none() {
            problems.report(place, format!("section {:?} has nothing under its title", section.title));
        }
        Some(section)
    })
}

/// Gives every former name the facts of its successor.
fn inherit(entries: &mut [Entry], problems: &mut Collector) {
    for at in 0..entries.len() {
        if !entries[at].is_former_name {
            continue;
        }
        let former = entries[at].record;
        let successor = entries.iter().find(|entry| Some(entry.record.code) == former.superseded_by);
        let Some(successor) = successor.filter(|entry| !entry.is_former_name) else {
            let place = entries[at].place_of("superseded_by");
            let wanted = former.superseded_by.unwrap_or_default();
            problems.report(
                place,
                format!("superseded_by {wanted:?} names no code of this file that has facts of its own"),
            );
            continue;
        };
        let mut record = successor.record;
        record.code = former.code;
        record.family = former.family;
        record.name = former.name;
        record.aliases = former.aliases;
        record.superseded_by = former.superseded_by;
        record.since = former.since;
        record.deprecated_since = former.deprecated_since;
        record.reference = former.reference;
        entries[at].record = record;
    }
}
