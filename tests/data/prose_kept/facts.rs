//! Extracts the facts from the text of a registry file.

use std::fmt::{self, Display};

use mcp_error_codes::Record;
use toml::de::{DeArray, DeTable, DeValue};

/// One fact in the registry, and its place: `SEC-010 | causes | count 1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fact {
    /// A code, `family NAME` or `system`.
    pub(crate) place: String,
    /// The field, `scenario NAME` or `section TITLE`.
    pub(crate) field: String,
    pub(crate) what: String,
}

impl Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {} | {}", self.place, self.field, self.what)
    }
}

/// Returns the facts of a registry file, sorted. If an entry omits a value, the fact is the default of its kind, which comes from
/// `records`.
pub(crate) fn facts(system: &str, registry: &str, records: Option<&dyn Fn(&str) -> &'static Record>) -> Vec<Fact> {
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
            // The first field of the schedule was renamed later.
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

    /// Returns the facts of a sentence: the text in backticks, and every other word with a digit or an underscore.
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

    /// Returns the FNV-1a hash of a preformatted text, which must not change at all.
    fn block(&mut self, field: &str, text: &str) {
        let hash = text
            .trim_end()
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        if !text.is_empty() {
            self.fact(field, format!("block {hash:016x}"));
        }
    }
}

/// Returns a list of a table, or an empty one if it is absent.
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

/// Returns a text of a table, or an empty one if it is absent.
fn text<'t>(table: &'t DeTable<'_>, name: &str) -> &'t str {
    table.get(name).and_then(|value| value.get_ref().as_str()).unwrap_or_default()
}

/// Returns a text, a number or a boolean as text.
fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Boolean(truth) => truth.to_string(),
        other => panic!("{other:?} is no plain value"),
    }
}
