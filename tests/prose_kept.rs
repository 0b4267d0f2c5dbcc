//! Rewording a document's prose loses none of its facts.
//!
//! The prose of the five documents was rewritten after commit 597f63e, whose facts outsiders had compared with the
//! documents line by line. `tests/data/facts-597f63e` lists them: for each code, family and system, and there for each
//! field, the literals, numbers, counts, commands and values. A fact may be added. One that is gone has to be listed in
//! `tests/data-corrections`, with the reason; so every difference from that commit is deliberate.
//!
//! The lists are drawn from that commit only, never from the present registry. With its history at hand,
//! `cargo test --test prose_kept -- --ignored` compares them with `git show 597f63e:registry/NAME.toml`, and
//! `REDRAW_FACTS=1` before the same command writes them.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};
use std::process::Command;

use mcp_error_codes::{Code, Record};
use toml::de::{DeArray, DeTable, DeValue};

const COMMIT: &str = "597f63e";

const SYSTEMS: [&str; 5] = ["filesystem", "hyper-bun", "scrum-mcp", "super-mcp", "task-orchestrator"];

/// One thing that the registry says, and where: `SEC-010 | causes | count 1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Fact {
    /// A code, `family NAME` or `system`.
    place: String,
    /// The field, `scenario NAME` or `section TITLE`.
    field: String,
    what: String,
}

impl Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {} | {}", self.place, self.field, self.what)
    }
}

/// A line of `tests/data-corrections`: `CODE | field | OLD -> NEW | why`, or `-OLD` for a fact that has no successor.
#[derive(Debug)]
struct Correction {
    place: String,
    field: String,
    change: String,
}

impl Correction {
    /// The facts before and after, for each way to read the change: a message can have an arrow in it as well.
    fn readings(&self) -> Vec<(Fact, Option<Fact>)> {
        let fact = |what: &str| Fact { place: self.place.clone(), field: self.field.clone(), what: what.to_owned() };
        let gone = self.change.strip_prefix('-').map(|old| (fact(old), None));
        let arrows = self.change.match_indices(" -> ").map(|(at, arrow)| {
            let (old, new) = (&self.change[..at], &self.change[at + arrow.len()..]);
            // `count 3 -> 4` says the word once.
            let counted = old.split_once(' ').filter(|(word, _)| COUNTS.contains(word));
            let new = counted.map_or(new.to_owned(), |(word, _)| format!("{word} {new}"));
            (fact(old), Some(fact(&new)))
        });
        gone.into_iter().chain(arrows).collect()
    }
}

/// The words before the number of items of a list.
const COUNTS: [&str; 7] = ["count", "causes", "resolution", "prevention", "notes", "items", "rows"];

#[test]
fn no_fact_of_the_documents_is_lost_but_by_a_listed_correction() {
    let mut problems = Vec::new();
    for system in SYSTEMS {
        let before = read_facts(&snapshot(system));
        let registry = read(&format!("registry/{system}.toml"));
        let now = facts(system, &registry, Some(&|code| record(system, code)));
        assert!(before.len() > 100 && now.len() > 100, "{system}: {} and {} facts", before.len(), now.len());
        problems.extend(compare(system, &before, &now, &corrections(system)));
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
#[ignore = "needs the history of the repository; see the top of this file"]
fn the_lists_are_those_of_the_commit() {
    for system in SYSTEMS {
        let file = format!("{COMMIT}:registry/{system}.toml");
        let output = Command::new("git").args(["show", &file]).current_dir(root()).output().expect("git runs");
        assert!(output.status.success(), "git show {file}: {}", String::from_utf8_lossy(&output.stderr));
        let registry = String::from_utf8(output.stdout).expect("a registry file is UTF-8");
        let drawn: String = facts(system, &registry, None).iter().map(|fact| format!("{fact}\n")).collect();
        if std::env::var_os("REDRAW_FACTS").is_some() {
            std::fs::write(root().join(snapshot(system)), &drawn).expect("the list can be written");
        }
        assert_eq!(read(&snapshot(system)), drawn, "{system}");
    }
}

#[test]
fn a_lost_fact_a_needless_correction_and_a_wrong_one_are_reported() {
    let fact = |what: &str| Fact { place: "X-1".to_owned(), field: "causes".to_owned(), what: what.to_owned() };
    let correction = |change: &str| Correction {
        place: "X-1".to_owned(),
        field: "causes".to_owned(),
        change: change.to_owned(),
    };
    let before = [fact("10"), fact("`a`"), fact("`a`"), fact("count 3")];
    let now = [fact("`a`"), fact("count 2"), fact("`new`")];
    let full = [correction("-10"), correction("-`a`"), correction("count 3 -> 2")];
    assert_eq!(compare("x", &before, &now, &full), [""; 0]);
    assert_eq!(
        compare("x", &before, &now, &full[1..]),
        ["registry/x.toml: X-1 | causes | 10 is gone; expected it, or a line in tests/data-corrections/x.txt"]
    );
    let wrong = [correction("-10"), correction("-`a`"), correction("count 3 -> 4"), correction("-`b`")];
    assert_eq!(
        compare("x", &before, &now, &wrong),
        [
            "tests/data-corrections/x.txt: X-1 | causes | count 3 -> 4: the registry does not have the new fact",
            "tests/data-corrections/x.txt: X-1 | causes | -`b`: no such fact is gone; expected no line",
        ]
    );
}

/// What is gone without a correction, and what is corrected without need.
fn compare(system: &str, before: &[Fact], now: &[Fact], corrections: &[Correction]) -> Vec<String> {
    let list = format!("tests/data-corrections/{system}.txt");
    let mut left: BTreeMap<&Fact, usize> = BTreeMap::new();
    for fact in now {
        *left.entry(fact).or_default() += 1;
    }
    let mut gone: Vec<&Fact> = Vec::new();
    for fact in before {
        match left.get_mut(fact).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => gone.push(fact),
        }
    }
    let mut problems = Vec::new();
    for correction in corrections {
        let Correction { place, field, change } = correction;
        let mut readings = correction.readings().into_iter();
        let reading = readings.find_map(|(old, new)| Some((gone.iter().position(|fact| **fact == old)?, new)));
        match reading {
            Some((at, new)) => {
                gone.remove(at);
                if new.is_some_and(|new| !now.contains(&new)) {
                    problems.push(format!("{list}: {place} | {field} | {change}: the registry does not have the new fact"));
                }
            }
            None => problems.push(format!("{list}: {place} | {field} | {change}: no such fact is gone; expected no line")),
        }
    }
    let lost = |fact: &&Fact| format!("registry/{system}.toml: {fact} is gone; expected it, or a line in {list}");
    problems.extend(gone.iter().map(lost));
    problems
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn snapshot(system: &str) -> String {
    format!("tests/data/facts-{COMMIT}/{system}.txt")
}

fn read_facts(path: &str) -> Vec<Fact> {
    let text = read(path);
    let fact = |line: &str| {
        let mut parts = line.splitn(3, " | ").map(str::to_owned);
        let mut part = || parts.next().unwrap_or_else(|| panic!("{path}: {line:?} has fewer than three parts"));
        Fact { place: part(), field: part(), what: part() }
    };
    text.lines().map(fact).collect()
}

fn corrections(system: &str) -> Vec<Correction> {
    let path = format!("tests/data-corrections/{system}.txt");
    let text = read(&path);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let correction = |(at, line): (usize, &str)| {
        let parts: Vec<_> = line.splitn(4, " | ").map(str::trim).collect();
        let [place, field, change, why] = parts[..] else {
            panic!("{path}:{}: {line:?} is not CODE | field | what changed | why", at + 1);
        };
        assert!(!why.is_empty(), "{path}:{}: the reason is missing", at + 1);
        Correction { place: place.to_owned(), field: field.to_owned(), change: change.to_owned() }
    };
    lines.map(correction).collect()
}

fn record(system: &str, code: &str) -> &'static Record {
    Code::lookup(&format!("{system}:{code}")).unwrap_or_else(|| panic!("{system}: no code {code:?}")).record()
}

/// Draws the facts of a registry file, sorted. A value that an entry leaves out is the default of its kind, for which
/// `records` is asked.
fn facts(system: &str, registry: &str, records: Option<&dyn Fn(&str) -> &'static Record>) -> Vec<Fact> {
    let file = DeTable::parse(registry).unwrap_or_else(|error| panic!("{system}: {error}"));
    let file = file.get_ref();
    let mut drawn = Vec::new();
    if let Some(DeValue::Table(head)) = file.get("system").map(|value| value.get_ref()) {
        Drawing { place: "system", drawn: &mut drawn }.common(head);
    }
    for family in tables(list(file, "families")) {
        let place = format!("family {}", text(family, "name"));
        Drawing { place: &place, drawn: &mut drawn }.common(family);
    }
    for code in tables(list(file, "codes")) {
        let place = text(code, "code");
        // A former name has the facts of its successor.
        let is_former_name = code.contains_key("superseded_by") && !code.contains_key("summary");
        let record = records.filter(|_| !is_former_name).map(|records| records(place));
        Drawing { place, drawn: &mut drawn }.code(code, record);
    }
    drawn.sort();
    drawn
}

/// Collects the facts of one code, family or system.
struct Drawing<'a> {
    place: &'a str,
    drawn: &'a mut Vec<Fact>,
}

impl Drawing<'_> {
    fn fact(&mut self, field: &str, what: impl Into<String>) {
        self.drawn.push(Fact { place: self.place.to_owned(), field: field.to_owned(), what: what.into() });
    }

    fn code(&mut self, code: &DeTable<'_>, record: Option<&Record>) {
        self.common(code);
        for field in ["http_status", "severity", "category", "recoverable", "surface"] {
            let value = code.get(field).map(|value| plain(value.get_ref()));
            let default = record.map(|record| match field {
                "http_status" => record.http_status.to_string(),
                "severity" => record.severity.as_str().to_owned(),
                "category" => record.category.as_str().to_owned(),
                "recoverable" => record.recoverable.to_string(),
                _ => record.surface.as_str().to_owned(),
            });
            if let Some(value) = value.or(default) {
                self.fact(field, value);
            }
        }
        let retry = code.get("retry").and_then(|value| value.get_ref().as_table());
        let stated = retry.map(|retry| {
            // The schedule's first field has been renamed since.
            let fields = ["class", "kind", "backoff", "attempts", "initial_ms", "max_ms"];
            let values = fields.into_iter().filter_map(|field| retry.get(field));
            values.map(|value| plain(value.get_ref())).collect::<Vec<_>>().join(" ")
        });
        if let Some(retry) = stated.or_else(|| record.map(|record| record.retry.class.as_str().to_owned())) {
            self.fact("retry", retry);
        }
        for number in tables(list(code, "json_rpc")) {
            let bounds = ["since", "until"].into_iter().filter(|bound| number.contains_key(*bound));
            let bounds: String = bounds.map(|bound| format!(" {bound} {}", text(number, bound))).collect();
            let number = number.get("number").map(|value| plain(value.get_ref())).unwrap_or_default();
            self.fact("json_rpc", format!("number {number}{bounds}"));
        }
        for scenario in tables(list(code, "scenarios")) {
            let field = format!("scenario {}", text(scenario, "name"));
            for value in ["title", "message"].into_iter().filter(|value| scenario.contains_key(*value)) {
                self.fact(&field, format!("{value} {}", text(scenario, value)));
            }
            self.prose(&field, text(scenario, "summary"));
            self.params(&field, scenario);
            for part in ["causes", "resolution", "prevention", "notes"] {
                self.items(&field, part, list(scenario, part));
            }
        }
    }

    /// The fields that codes share with families and systems.
    fn common(&mut self, table: &DeTable<'_>) {
        for field in ["name", "module", "title", "message", "reference", "superseded_by", "security_layer"] {
            if let Some(value) = table.get(field) {
                self.fact(field, plain(value.get_ref()));
            }
        }
        for field in ["aliases", "shares_with", "stated"].into_iter().filter(|field| table.contains_key(*field)) {
            self.fact(field, strings(list(table, field)).collect::<Vec<_>>().join(", "));
        }
        self.prose("summary", text(table, "summary"));
        self.prose("summary", text(table, "context"));
        for field in ["causes", "resolution"] {
            self.items(field, "count", list(table, field));
        }
        self.params("params", table);
        for field in ["diagnostics", "recovery"] {
            self.count(field, "count", list(table, field).len());
            for command in tables(list(table, field)) {
                self.fact(field, format!("command {}", text(command, "command")));
                self.prose(field, text(command, "description"));
            }
        }
        for range in tables(list(table, "reserved")) {
            self.fact("reserved", format!("{} to {}", text(range, "first"), text(range, "last")));
        }
        for related in tables(list(table, "related")) {
            let field = if related.contains_key("code") { "code" } else { "document" };
            self.fact("related", format!("{field} {}", text(related, field)));
            self.prose("related", text(related, "description"));
        }
        for example in tables(list(table, "examples")) {
            self.block("examples", text(example, "text"));
            self.prose("examples", text(example, "description"));
        }
        for section in tables(list(table, "sections")) {
            self.section(section);
        }
    }

    fn section(&mut self, section: &DeTable<'_>) {
        let field = format!("section {}", text(section, "title"));
        self.fact(&field, "title");
        self.prose(&field, text(section, "text"));
        self.items(&field, "items", list(section, "items"));
        let rows = list(section, "rows");
        self.count(&field, "rows", rows.len());
        for row in rows.iter().filter_map(|row| row.get_ref().as_array()) {
            strings(row).for_each(|cell| self.prose(&field, cell));
        }
        self.block(&field, text(section, "code"));
    }

    fn params(&mut self, field: &str, table: &DeTable<'_>) {
        for param in tables(list(table, "params")) {
            self.fact(field, format!("param {} {}", text(param, "name"), text(param, "type")));
            self.prose(field, text(param, "description"));
        }
    }

    fn items(&mut self, field: &str, word: &str, items: &DeArray<'_>) {
        self.count(field, word, items.len());
        strings(items).for_each(|item| self.prose(field, item));
    }

    fn count(&mut self, field: &str, word: &str, count: usize) {
        if count > 0 {
            self.fact(field, format!("{word} {count}"));
        }
    }

    /// The facts of a sentence: what stands in back-ticks, and every other word that has a digit or an underscore.
    fn prose(&mut self, field: &str, text: &str) {
        let mut rest = text;
        while let Some(start) = rest.find('`') {
            self.words(field, &rest[..start]);
            let quoted = rest[start..].trim_start_matches('`');
            let fence = &rest[start..rest.len() - quoted.len()];
            let end = quoted.find(fence).unwrap_or_else(|| panic!("{}: {text:?} opens and does not close", self.place));
            self.fact(field, format!("`{}`", &quoted[..end]));
            rest = &quoted[end + fence.len()..];
        }
        self.words(field, rest);
    }

    fn words(&mut self, field: &str, text: &str) {
        let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
        for word in words.filter(|word| word.contains(|c: char| c.is_ascii_digit() || c == '_')) {
            self.fact(field, word);
        }
    }

    /// A preformatted text, which stays to the letter, as its FNV-1a hash.
    fn block(&mut self, field: &str, text: &str) {
        let hash = text.trim_end().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        if !text.is_empty() {
            self.fact(field, format!("block {hash:016x}"));
        }
    }
}

/// A list of a table; an absent one is empty.
fn list<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> &'t DeArray<'i> {
    const NONE: &DeArray<'static> = &DeArray::new();
    table.get(name).and_then(|value| value.get_ref().as_array()).unwrap_or(NONE)
}

fn tables<'t, 'i>(list: &'t DeArray<'i>) -> impl Iterator<Item = &'t DeTable<'i>> {
    list.iter().filter_map(|item| item.get_ref().as_table())
}

fn strings<'t>(list: &'t DeArray<'_>) -> impl Iterator<Item = &'t str> {
    list.iter().filter_map(|item| item.get_ref().as_str())
}

/// A text of a table; an absent one is empty.
fn text<'t>(table: &'t DeTable<'_>, name: &str) -> &'t str {
    table.get(name).and_then(|value| value.get_ref().as_str()).unwrap_or_default()
}

/// A text, a number or a truth value as text.
fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Boolean(truth) => truth.to_string(),
        other => panic!("{other:?} is no plain value"),
    }
}

/// The directory of the corrections has one list for each system and nothing else.
#[test]
fn every_list_of_corrections_belongs_to_a_system() {
    let entries = std::fs::read_dir(root().join("tests/data-corrections")).expect("the directory exists");
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    found.sort();
    let expected = SYSTEMS.map(|system| root().join(format!("tests/data-corrections/{system}.txt")));
    assert_eq!(found, expected);
}
