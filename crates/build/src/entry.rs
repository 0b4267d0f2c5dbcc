//! From the fields of a file to a system and its entries. Each field is judged by itself here; what holds between
//! entries is judged in `rules`.

use std::collections::BTreeMap;

use mcp_error_codes_core::{
    Backoff, Category, Command, Example, ExampleType, Fact, Family, JsonRpcNumber, Param, ParamType, ProtocolVersion,
    Record, Related, ReservedRange, Retry, RetryClass, Scenario, Section, Severity, Surface, System, Target,
};

use crate::extension::{Extension, extension};
use crate::fields::Fields;
use crate::name;
use crate::problem::{Collector, Place};
use crate::read::Table;
use crate::template;

/// One `[[codes]]` entry: its record, and where its fields stand.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    pub(crate) record: Record,
    pub(crate) fields: Fields<'a>,
    /// Only a former name: every fact comes from the successor.
    pub(crate) is_former_name: bool,
}

impl Entry<'_> {
    /// The line of `code = ..`.
    pub(crate) fn place(&self) -> Place {
        self.fields.own_place()
    }

    /// The unmistakable name of the code: `filesystem:FS-001`.
    pub(crate) fn full_name(&self) -> String {
        full_name(&self.record)
    }
}

/// The unmistakable name of a record's code: `filesystem:FS-001`.
pub(crate) fn full_name(record: &Record) -> String {
    format!("{}:{}", record.system.name, record.code)
}

/// A system, where the fields of its file stand, and its entries in the order of the file.
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
    /// Takes every fact of a code for stated where the file does not say which are: it is its author's own document.
    pub(crate) fn state_facts(&mut self) {
        for entry in self.entries.iter_mut().filter(|entry| !entry.fields.has("stated")) {
            entry.record = entry.record.__stated(Fact::ALL);
        }
    }

    /// Tells whether the system and each of its codes are known by name, so that a link can be judged.
    pub(crate) fn is_whole(&self) -> bool {
        let has_code = |entry: &Entry<'_>| !entry.record.code.is_empty();
        !self.system.name.is_empty() && !self.entries.is_empty() && self.entries.iter().all(has_code)
    }
}

/// Makes of a file its system and its extensions. What a mistake leaves out of the system is empty; a file that only extends has
/// none.
pub(crate) fn registry_file<'a>(
    file: usize,
    content: &'a Table,
    problems: &mut Collector,
) -> (Option<SystemFile<'a>>, Vec<Extension<'a>>) {
    let mut fields = Fields::new("registry file", Place { file, line: 1 }, content);
    let has_system = ["system", "families", "codes"].into_iter().any(|name| fields.has(name)) || !fields.has("extends");
    let system = system_file(&mut fields, has_system, problems);
    let extensions = fields.each("extends", problems, |fields, problems| Some(extension(fields, problems)));
    fields.finish(problems);
    (has_system.then_some(system), extensions)
}

fn system_file<'a>(fields: &mut Fields<'a>, is_required: bool, problems: &mut Collector) -> SystemFile<'a> {
    if is_required {
        fields.require("system", problems);
        fields.require_items("families", problems);
        fields.require_items("codes", problems);
    }
    let mut head = fields.optional_table("system", problems);
    let (families, family_fields): (Vec<_>, _) = fields
        .each("families", problems, |fields, problems| Some((family(fields, problems), fields.clone())))
        .into_iter()
        .unzip();
    let system: &'static System = Box::leak(Box::new(system(head.as_mut(), families.leak(), problems)));
    let mut entries = fields.each("codes", problems, |fields, problems| Some(entry(system, fields, problems)));
    inherit(&mut entries);
    SystemFile { system, head, families: family_fields, entries }
}

fn system(head: Option<&mut Fields<'_>>, families: &'static [Family], problems: &mut Collector) -> System {
    let Some(fields) = head else {
        return System::__new("", "", "", "", "", "", &[], families);
    };
    let system = System::__new(
        fields.text("name", problems),
        fields.text("module", problems),
        fields.text("title", problems),
        fields.text("summary", problems),
        fields.text("since", problems),
        fields.text("reference", problems),
        sections(fields, problems),
        families,
    );
    fields.finish(problems);
    system
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

fn entry<'a>(system: &'static System, fields: &mut Fields<'a>, problems: &mut Collector) -> Entry<'a> {
    // The facts of another registry's code are not at hand, so its former name would have none.
    let is_elsewhere = fields.peek("superseded_by").is_some_and(|code| code.contains(':'));
    let is_former_name = fields.has("superseded_by") && !fields.has("summary") && !is_elsewhere;
    if is_former_name {
        fields.call("code with superseded_by and without summary");
    }
    let code = fields.text("code", problems);
    let family_name = fields.text("family", problems);
    let family = system.families.iter().find(|family| family.name == family_name);
    if family.is_none() && !family_name.is_empty() && !system.families.is_empty() {
        let names: Vec<_> = system.families.iter().map(|family| family.name).collect();
        let place = fields.place_of("family");
        problems.report(place, format!("family {family_name:?} is not one of: {}", names.join(", ")));
    }
    let unknown = const { &Family::__new("", "", "", &[], &[], &[], &[]) };
    let family = family.unwrap_or(unknown);

    let name = fields.text("name", problems);
    let mut record = Record::__new(0, code, system, family, name, "");
    if !is_former_name {
        record.title = fields.text("title", problems);
        record = facts(record, fields, problems);
    }
    let record = record
        .__aliases(fields.texts("aliases", problems))
        .__superseded_by(fields.optional_text("superseded_by", problems))
        .__since(fields.optional_text("since", problems).unwrap_or(system.since))
        .__deprecated_since(fields.optional_text("deprecated_since", problems))
        .__reference(fields.text("reference", problems));
    Entry { record, fields: fields.clone(), is_former_name }
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
        .__params(params(fields, problems));
    template::check(record.message, record.params, fields, problems);
    if let Some(status) = fields.bounded("http_status", 400, 599, problems) {
        record = record.__http_status(status);
    }
    if let Some(severity) = fields.word("severity", Severity::ALL, problems) {
        record = record.__severity(severity);
    }
    if let Some(category) = fields.word("category", Category::ALL, problems) {
        record = record.__category(category);
    }
    record = record.__recoverable(fields.boolean("recoverable", problems));
    if let Some(mut table) = fields.table("retry", problems) {
        record = record.__retry(retry(&mut table, problems));
        table.finish(problems);
    }
    if let Some(surface) = fields.word("surface", Surface::ALL, problems) {
        record = record.__surface(surface);
    }
    record = record
        .__json_rpc(numbers(fields, problems))
        .__shares_with(fields.texts("shares_with", problems))
        .__security_layer(fields.optional_bounded("security_layer", 1, 99, problems))
        .__stated(fields.words("stated", Fact::ALL, problems));
    let own = commands("diagnostics", fields, problems);
    let recovery = commands("recovery", fields, problems);
    record
        .__diagnostics([own, family.diagnostics].concat().leak())
        .__recovery([recovery, family.recovery].concat().leak())
        .__related(fields.tables("related", problems, related))
        .__scenarios(fields.tables("scenarios", problems, scenario))
        .__examples(fields.tables("examples", problems, example))
        .__sections(sections(fields, problems))
}

fn retry(fields: &mut Fields<'_>, problems: &mut Collector) -> Retry {
    let class = fields.word("class", RetryClass::ALL, problems);
    let backoff = fields.optional_word("backoff", Backoff::ALL, problems);
    let attempts = fields.optional_bounded("attempts", 2, 100, problems);
    let initial = fields.optional_bounded("initial_ms", 1, DAY_MS, problems);
    let max = fields.optional_bounded("max_ms", 1, DAY_MS, problems);
    let retry = Retry::new(class.unwrap_or(RetryClass::DoNotRetry));

    let schedule = ["backoff", "initial_ms", "max_ms"];
    if !fields.has("attempts") && !schedule.iter().any(|name| fields.has(name)) {
        return retry;
    }
    for name in schedule.into_iter().filter(|name| !fields.has(name)) {
        problems.report(fields.place(), format!("retry has no field {name:?}, which its schedule needs"));
    }
    if let Some(class) = class.filter(|_| !retry.is_worthwhile()) {
        let place = fields.place_of("class");
        problems.report(place, format!("class {:?} does not go with a schedule", class.as_str()));
    }
    let (Some(backoff), Some(initial), Some(max)) = (backoff, initial, max) else { return retry };
    if initial > max {
        problems.report(fields.place_of("initial_ms"), format!("initial_ms {initial} is more than max_ms {max}"));
    }
    retry.__with_schedule(backoff, attempts, initial, max)
}

/// The longest wait that a schedule may hold.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

pub(crate) fn numbers(fields: &mut Fields<'_>, problems: &mut Collector) -> &'static [JsonRpcNumber] {
    fields.require_items("json_rpc", problems);
    fields.tables("json_rpc", problems, |fields, problems| {
        let number = fields.bounded("number", i32::MIN.into(), i32::MAX.into(), problems);
        let since = fields.optional_word("since", ProtocolVersion::ALL, problems);
        let until = fields.optional_word("until", ProtocolVersion::ALL, problems);
        if let (Some(since), Some(until)) = (since, until)
            && since > until
        {
            problems.report(fields.place_of("since"), format!("since {since} is later than until {until}"));
        }
        Some(JsonRpcNumber::__new(number?, since, until))
    })
}

fn params(fields: &mut Fields<'_>, problems: &mut Collector) -> &'static [Param] {
    fields.tables("params", problems, |fields, problems| {
        let name = fields.text("name", problems);
        let ty = fields.word("type", ParamType::ALL, problems);
        Some(Param::__new(name, ty.unwrap_or(ParamType::String), fields.text("description", problems)))
    })
}

fn commands(name: &'static str, fields: &mut Fields<'_>, problems: &mut Collector) -> &'static [Command] {
    fields.tables(name, problems, |fields, problems| {
        Some(Command::__new(fields.text("command", problems), fields.text("description", problems)))
    })
}

pub(crate) fn related(fields: &mut Fields<'_>, problems: &mut Collector) -> Option<Related> {
    let code = fields.optional_text("code", problems).map(Target::Code);
    let document = fields.optional_text("document", problems).map(Target::Document);
    if fields.has("code") == fields.has("document") {
        problems.report(fields.place(), "related has both or neither of code and document; expected one of them");
    }
    let description = fields.text("description", problems);
    Some(Related::__new(code.or(document)?, description))
}

fn example(fields: &mut Fields<'_>, problems: &mut Collector) -> Option<Example> {
    let ty = fields.word("type", ExampleType::ALL, problems);
    let description = fields.text("description", problems);
    let text = fields.block("text", problems);
    Some(Example::__new(ty?, description, text))
}

fn scenario(fields: &mut Fields<'_>, problems: &mut Collector) -> Option<Scenario> {
    let name = fields.text("name", problems);
    let is_upper = name::is_identifier(name) && name::constant(name) == name;
    if !name.is_empty() && !is_upper {
        problems.report(fields.place_of("name"), format!("scenario {name:?} is not in upper snake case"));
    }
    let scenario = Scenario::__new(
        name,
        fields.text("title", problems),
        fields.optional_text("summary", problems),
        fields.optional_text("message", problems),
        params(fields, problems),
        fields.texts("causes", problems),
        fields.texts("resolution", problems),
        fields.texts("prevention", problems),
        fields.texts("notes", problems),
    );
    template::check(scenario.message, scenario.params, fields, problems);
    Some(scenario)
}

fn sections(fields: &mut Fields<'_>, problems: &mut Collector) -> &'static [Section] {
    fields.tables("sections", problems, |fields, problems| {
        let section = Section::__new(
            fields.text("title", problems),
            fields.optional_text("text", problems),
            fields.texts("items", problems),
            fields.texts("columns", problems),
            fields.rows("rows", problems),
            fields.optional_block("code", problems),
        );
        let columns = section.columns.len();
        for (at, row) in section.rows.iter().enumerate().filter(|(_, row)| row.len() != columns) {
            let cells = row.len();
            problems.report(
                fields.place_of_item("rows", at),
                format!("row has {cells} cells; expected {columns}, one for each column"),
            );
        }
        if fields.has("columns") && !fields.has("rows") {
            problems.report(fields.place_of("columns"), "section has columns and no rows");
        }
        if !["text", "items", "columns", "rows", "code"].into_iter().any(|name| fields.has(name)) {
            problems.report(
                fields.place(),
                "section has nothing under its title; expected text, items, columns and rows, or code",
            );
        }
        Some(section)
    })
}

/// Gives every former name the facts of its successor, if there is one.
fn inherit(entries: &mut [Entry<'_>]) {
    let successors: BTreeMap<&str, Record> =
        entries.iter().filter(|entry| !entry.is_former_name).map(|entry| (entry.record.code, entry.record)).collect();
    for entry in entries.iter_mut().filter(|entry| entry.is_former_name) {
        let former = entry.record;
        let Some(&successor) = former.superseded_by.and_then(|code| successors.get(code)) else { continue };
        let record = &mut entry.record;
        *record = successor;
        record.code = former.code;
        record.family = former.family;
        record.name = former.name;
        record.aliases = former.aliases;
        record.superseded_by = former.superseded_by;
        record.since = former.since;
        record.deprecated_since = former.deprecated_since;
        record.reference = former.reference;
    }
}
