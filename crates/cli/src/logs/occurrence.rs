//! Reads the errors that the text of an entry reports. Only this file interprets the text of a log.

use mcp_error_codes::observe::names;
use mcp_error_codes::wire::LoggedError;
use mcp_error_codes::{Certainty, Finding, RecognizedError, Recognizer, Record, Severity, Surface, registries};
use serde_json::{Map, Value};

use crate::logs::known_code::KnownCode;
use crate::logs::logfmt;
use crate::logs::members::{take, take_time, text_of};
use crate::logs::place::{self, Place};
use crate::logs::time::{self, Millis};

/// One error in a log, with the columns of the store.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Occurrence {
    /// The code without its system, as it was logged.
    pub(crate) code: String,
    /// The system of the code; `None` if no registry defines it.
    pub(crate) system: Option<String>,
    /// The record of the code, if a registry defines it.
    pub(crate) known: Option<KnownCode>,
    pub(crate) time: Option<Millis>,
    /// The level of the entry if it is one of our severities, otherwise the severity of the code.
    pub(crate) severity: Option<String>,
    pub(crate) status_code: Option<i64>,
    pub(crate) category: Option<String>,
    pub(crate) recoverable: Option<bool>,
    pub(crate) module: Option<String>,
    pub(crate) tool_name: Option<String>,
    pub(crate) error_type: Option<String>,
    /// What a budget applies to: the endpoint that the entry names, otherwise its tool.
    pub(crate) endpoint: Option<String>,
    pub(crate) message: Option<String>,
    /// When the root cause was found; only rows of another store have it.
    pub(crate) rca_completed_at: Option<Millis>,
    /// Everything else in the entry.
    pub(crate) details: Map<String, Value>,
    /// How the error was sent, as far as the entry says.
    pub(crate) sent: Sent,
}

/// How an error was sent, as far as a log says. The store has no columns for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sent {
    /// The server that answered.
    pub(crate) server: Option<String>,
    /// The JSON-RPC number as it was received.
    pub(crate) number: Option<i64>,
    pub(crate) surface: Option<Surface>,
    /// The HTTP status as it was received.
    pub(crate) http_status: Option<u16>,
    /// How long the sender wants the caller to wait.
    pub(crate) wait: Option<Millis>,
    /// Whether only the number is known, or too little to identify a code. Such an error has no code.
    pub(crate) is_unknown: bool,
}

/// Reads the errors with known codes, and with codes that an entry declares as its own, in order.
pub(crate) fn occurrences(entry: &str) -> Vec<Occurrence> {
    let found = all_occurrences(entry).into_iter().filter(|occurrence| !occurrence.sent.is_unknown);
    found.map(Occurrence::with_facts).collect()
}

/// Reads everything in an entry that may be an error, in order, including numbers without a known code.
pub(crate) fn all_occurrences(entry: &str) -> Vec<Occurrence> {
    let text = entry.trim();
    if text.is_empty() {
        return Vec::new();
    }
    if let Some(occurrence) = line_entry(text) {
        return vec![occurrence];
    }
    let from_json = json_in(text);
    if !from_json.is_empty() {
        return from_json;
    }
    if let Some(occurrence) = logfmt::members(text).and_then(|members| Some(json_line(code_of(&members)?, members))) {
        return vec![occurrence];
    }
    let found = recognized(text);
    let is_code = |occurrence: &Occurrence| !occurrence.sent.is_unknown;
    if found.iter().any(is_code) { found } else { codes_in(text).into_iter().chain(found).collect() }
}

/// Returns the record of a code as logs write it, with or without its system.
pub(crate) fn record(code: &str) -> Option<&'static Record> {
    registries().find_map(|registry| registry.lookup(code))
}

impl Occurrence {
    fn of(code: &str) -> Self {
        match record(code) {
            Some(record) => Self::of_record(record),
            None => Self { code: code.to_owned(), ..Self::default() },
        }
    }

    fn of_record(record: &'static Record) -> Self {
        let system = Some(record.system.name.to_owned());
        Self { code: record.code.to_owned(), system, known: Some(KnownCode(record)), ..Self::default() }
    }

    /// Uses the details of the entry to fill columns that it lacks.
    fn completed(mut self) -> Self {
        let detail = |names: &[&str]| names.iter().find_map(|name| self.details.get(*name)).and_then(text_of);
        let tool_name = detail(&["toolName", "tool_name", names::TOOL, "tool", "requestedTool"]);
        let error_type = detail(&["errorType", "error_type", names::ERROR_TYPE]);
        let endpoint = detail(&["endpoint"]);
        let server = detail(place::SERVER);
        self.tool_name = self.tool_name.or(tool_name);
        self.error_type = self.error_type.or(error_type);
        self.sent.server = self.sent.server.or(server);
        self.endpoint = self.endpoint.or(endpoint).or_else(|| self.tool_name.clone());
        self
    }

    /// Uses the record of the code to fill columns that the entry lacks.
    fn with_facts(mut self) -> Self {
        if let Some(KnownCode(record)) = self.known {
            self.severity.get_or_insert_with(|| record.severity.to_string());
            self.status_code.get_or_insert(i64::from(record.http_status));
            self.category.get_or_insert_with(|| record.category.to_string());
            self.recoverable.get_or_insert(record.recoverable);
        }
        self
    }
}

/// Reads an entry of the documented format: `TIME | LEVEL | CODE | MODULE | message`, and context in indented lines.
fn line_entry(text: &str) -> Option<Occurrence> {
    let bar = text.find(" | ")?;
    let time = time::parse(&text[..bar])?;
    // A server may write the time in the form of RFC 3339.
    let with_space = (text.as_bytes().get(10) == Some(&b'T')).then(|| [&text[..10], " ", &text[11..]].concat());
    let entry = LoggedError::read(with_space.as_deref().unwrap_or(text))?;
    if record(entry.code).is_none() && !looks_like_a_code(entry.code) {
        return None;
    }
    let mut details = Map::new();
    let id = entry.error_id.map(|id| ("errorId".to_owned(), id.into()));
    let mut repeated = Vec::new();
    for (name, value) in entry.context.into_iter().chain(id) {
        match details.get_mut(&name) {
            None => drop(details.insert(name, value)),
            Some(Value::Array(values)) if repeated.contains(&name) => values.push(value),
            Some(first) => {
                *first = Value::Array(vec![first.take(), value]);
                repeated.push(name);
            }
        }
    }
    let occurrence = Occurrence {
        time: Some(time),
        severity: severity(entry.level),
        module: Some(entry.module.to_owned()),
        message: Some(entry.message),
        details,
        ..Occurrence::of(entry.code)
    };
    Some(occurrence.completed())
}

/// Reads the JSON of an entry, which may have a prefix such as a time.
fn json_in(text: &str) -> Vec<Occurrence> {
    let Some(start) = text.find(['{', '[']) else { return Vec::new() };
    let Some(Ok(value)) = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>().next() else {
        return Vec::new();
    };
    let before = text[..start].trim();
    let values = match value {
        Value::Array(values) => values,
        value => vec![value],
    };
    let mut occurrences: Vec<Occurrence> = values.into_iter().filter_map(json_entry).collect();
    for occurrence in &mut occurrences {
        occurrence.time = occurrence.time.or_else(|| time_of(before));
    }
    occurrences
}

/// Reads an object: a log line in JSON. The wire forms of errors are left to recognition.
fn json_entry(value: Value) -> Option<Occurrence> {
    let Value::Object(mut members) = value else { return None };
    // `tracing-subscriber` puts the fields of an event into a member.
    if let Some(Value::Object(fields)) = members.remove("fields") {
        members.extend(fields);
    }
    code_of(&members).map(|code| json_line(code, members))
}

/// Returns the code of a JSON line. A member `code` may be anything, so it must be a known code.
fn code_of(members: &Map<String, Value>) -> Option<String> {
    let member = |name| members.get(name).and_then(Value::as_str).map(str::trim);
    let own = ["error_code", names::CODE].into_iter().find_map(member).filter(|code| !code.is_empty());
    let code = own.or_else(|| member("code").filter(|code| record(code).is_some() || looks_like_a_code(code)))?;
    let system = ["system", names::SYSTEM].into_iter().find_map(member);
    let full_name = system.map(|system| format!("{system}:{code}"));
    Some(full_name.filter(|full_name| record(full_name).is_some()).unwrap_or_else(|| code.to_owned()))
}

fn json_line(code: String, mut members: Map<String, Value>) -> Occurrence {
    let mut occurrence = Occurrence::of(&code);
    for name in ["error_code", names::CODE, "system", names::SYSTEM] {
        members.remove(name);
    }
    if members.get("code").and_then(Value::as_str).is_some_and(|own| own.trim() == occurrence.code || own == code) {
        members.remove("code");
    }
    occurrence.time = take_time(&mut members);
    occurrence.rca_completed_at = take(&mut members, &["rca_completed_at"], time::parse_json);
    let level = ["severity", names::SEVERITY, "level"].into_iter().find_map(|name| {
        let word = severity(members.get(name)?.as_str()?)?;
        members.remove(name);
        Some(word)
    });
    occurrence.severity = level;
    occurrence.status_code = take(&mut members, &["status_code", "status"], Value::as_i64);
    occurrence.sent.http_status = occurrence.status_code.and_then(|status| u16::try_from(status).ok());
    occurrence.category = take(&mut members, &["category"], text_of);
    occurrence.recoverable = take(&mut members, &["recoverable"], Value::as_bool);
    occurrence.module = take(&mut members, &["module", "target"], text_of);
    occurrence.tool_name = take(&mut members, &["tool_name", "tool", names::TOOL], text_of);
    occurrence.error_type = take(&mut members, &["error_type"], text_of);
    occurrence.endpoint = take(&mut members, &["endpoint"], text_of);
    occurrence.message = take(&mut members, &["message", "msg"], text_of);
    // Details may be an object, or an object in a string.
    for name in ["details", names::DETAILS, names::INTERNAL] {
        let nested = match members.get(name) {
            Some(Value::Object(_)) => members.remove(name),
            Some(Value::String(text)) => {
                let value = serde_json::from_str(text).ok().filter(Value::is_object);
                value.inspect(|_| drop(members.remove(name)))
            }
            _ => None,
        };
        if let Some(Value::Object(nested)) = nested {
            occurrence.details.extend(nested);
        }
    }
    // An empty column is ignored.
    members.retain(|name, value| !(value.is_null() && COLUMNS.contains(&name.as_str())));
    for (name, value) in members {
        occurrence.details.entry(name).or_insert(value);
    }
    occurrence.completed()
}

const COLUMNS: [&str; 13] = [
    "system",
    "status_code",
    "category",
    "recoverable",
    "severity",
    "timestamp",
    "module",
    "tool_name",
    "error_type",
    "endpoint",
    "message",
    "details",
    "rca_completed_at",
];

/// Recognizes the errors in any other text or body. An error that is only possible has no code.
fn recognized(text: &str) -> Vec<Occurrence> {
    let recognition = Recognizer::new().recognize(text);
    if recognition.errors.is_empty() && recognition.unknown.is_empty() {
        return Vec::new();
    }
    let line = text.lines().next().unwrap_or_default();
    let place = Place::of(text);
    let time = time_of(line).or(place.time);
    let mut found: Vec<Occurrence> = Vec::new();
    for error in recognition.errors.iter().chain(&recognition.unknown) {
        let finding = error.answer();
        let mut occurrence = match finding.and_then(Finding::record) {
            Some(record) => Occurrence::of_record(record),
            // The number was sent, even if its meaning is ambiguous.
            None if error.number().is_some() => Occurrence::default(),
            None => continue,
        };
        occurrence.time = time;
        occurrence.tool_name = place.tool.clone();
        occurrence.sent = sent(error, finding, &place);
        occurrence.message =
            error.message().map_or_else(|| Some(line.trim().to_owned()), |message| Some(message.to_owned()));
        let mut values = error.values();
        for name in ["code", "system", "message", "number", "form"] {
            values.remove(name);
        }
        if let Some(Value::Object(details)) = values.remove("details") {
            occurrence.details = details;
        }
        for (name, value) in values {
            occurrence.details.entry(name).or_insert(value);
        }
        let occurrence = occurrence.completed();
        // A line may name a code several times.
        let is_same = |known: &Occurrence| {
            known.code == occurrence.code
                && known.system == occurrence.system
                && (!known.sent.is_unknown || known.sent.number == occurrence.sent.number)
        };
        if !found
            .iter()
            .any(|known| is_same(known) && (known.message == occurrence.message || error.message().is_none()))
        {
            found.push(occurrence);
        }
    }
    found
}

fn sent(error: &RecognizedError, finding: Option<&Finding>, place: &Place) -> Sent {
    let record = finding.and_then(Finding::record);
    // An error that only the reader's own SDK creates is local, whichever candidate it is.
    let all_local =
        || !error.findings.is_empty() && error.findings.iter().all(|finding| finding.surface() == Surface::Local);
    let surface = match finding {
        Some(finding) => Some(finding.surface()),
        None => all_local().then_some(Surface::Local),
    };
    let status =
        error.values().get("http_status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    let wait = error.findings.iter().find(|finding| finding.certainty() > Certainty::Possible).and_then(Finding::wait);
    Sent {
        server: place.server.clone(),
        number: error.number(),
        surface,
        http_status: status.or(place.http_status),
        wait: wait.and_then(|wait| Millis::try_from(wait.as_millis()).ok()),
        is_unknown: record.is_none(),
    }
}

/// Finds the codes that a text only mentions. Only a distinctive code counts: a word with a hyphen and a digit.
fn codes_in(text: &str) -> Vec<Occurrence> {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_distinctive = |word: &&str| {
        word.contains('-') && word.starts_with(|c: char| c.is_ascii_uppercase()) && looks_like_a_code(word)
    };
    let line = text.lines().next().unwrap_or_default();
    let mut found: Vec<Occurrence> = Vec::new();
    for code in text.split(|c| !is_inside(c)).filter(is_distinctive).filter(|word| record(word).is_some()) {
        if found.iter().all(|known| known.code != code) {
            let place = Place::of(text);
            let mut occurrence = Occurrence {
                time: time_of(line).or(place.time),
                message: Some(line.trim().to_owned()),
                tool_name: place.tool,
                ..Occurrence::of(code)
            };
            occurrence.sent.server = place.server;
            found.push(occurrence.completed());
        }
    }
    found
}

/// Returns the time at the start of a line, with or without brackets: one word, or a date and a time.
pub(crate) fn time_of(line: &str) -> Option<Millis> {
    let line = line.trim_start_matches(['[', '(']);
    let ends = line.match_indices([' ', ']', ')', '|']).map(|(at, _)| at).chain([line.len()]);
    let candidates: Vec<usize> = ends.take(3).collect();
    candidates.iter().rev().find_map(|end| time::parse(line[..*end].trim_end_matches([']', ')', '|', ' '])))
}

/// Returns the severity that corresponds to the level of a log, or `None` if it is below all of them.
fn severity(level: &str) -> Option<String> {
    let word = match level.to_ascii_uppercase().as_str() {
        "WARNING" => "WARN",
        "ERR" => "ERROR",
        "CRITICAL" | "CRIT" | "EMERGENCY" | "EMERG" | "ALERT" | "PANIC" => "FATAL",
        _ => level,
    };
    let known = Severity::ALL.iter().find(|severity| severity.as_str().eq_ignore_ascii_case(word));
    known.map(|severity| severity.as_str().to_owned())
}

/// Returns whether a text looks like a code: upper-case letters first, digits last, such as `NX-MCP-999`.
fn looks_like_a_code(text: &str) -> bool {
    let is_inside = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b':');
    let local = text.rsplit(':').next().unwrap_or_default();
    local.bytes().all(is_inside)
        && local.starts_with(|c: char| c.is_ascii_uppercase())
        && local.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_the_documented_format_keeps_everything() {
        let entry = "2025-01-15 14:23:45.123 | ERROR | NX-MCP-001 | MCPServer | Tool execution failed: a | b\n  toolName: research\n  \
                     errorType: DatabaseConnectionError\n  stack: DatabaseConnectionError: timeout\n    at connect (a.ts:1)\n  cause: x\n  cause: y\n";
        let occurrence = &occurrences(entry)[0];
        assert_eq!((occurrence.code.as_str(), occurrence.system.as_deref()), ("NX-MCP-001", Some("hyper-bun")));
        assert_eq!(occurrence.time, time::parse("2025-01-15T14:23:45.123Z"));
        assert_eq!(occurrence.message.as_deref(), Some("Tool execution failed: a | b"));
        assert_eq!(
            (occurrence.tool_name.as_deref(), occurrence.endpoint.as_deref()),
            (Some("research"), Some("research"))
        );
        assert_eq!(occurrence.error_type.as_deref(), Some("DatabaseConnectionError"));
        assert_eq!(occurrence.details["stack"], "DatabaseConnectionError: timeout\nat connect (a.ts:1)");
        assert_eq!(occurrence.details["cause"], serde_json::json!(["x", "y"]));
        assert_eq!((occurrence.status_code, occurrence.recoverable), (Some(500), Some(true)));
    }

    #[test]
    fn a_code_without_an_entry_is_kept_and_a_word_is_not_a_code() {
        let undefined = &occurrences("2025-01-15 14:23:45 | ERROR | NX-MCP-999 | MCPServer | ?")[0];
        assert_eq!((undefined.code.as_str(), &undefined.system), ("NX-MCP-999", &None));
        assert_eq!(occurrences("2025-01-15 14:23:45 | INFO | startup | Main | listening"), []);
        assert_eq!(occurrences("PACKAGE-NOT-FOUND XSEC-001x SEC-0011"), []);
    }

    #[test]
    fn lines_in_json_keep_their_types() {
        let line = r#"{"timestamp":"2025-01-15T14:23:45.123Z","severity":"FATAL","error_code":"NX-MCP-031","system":"hyper-bun",
            "status_code":500,"message":"m","details":{"n":1},"extra":[2]}"#;
        let occurrence = &occurrences(line)[0];
        assert_eq!(occurrence.severity.as_deref(), Some("FATAL"));
        assert_eq!(Value::Object(occurrence.details.clone()), serde_json::json!({"n":1,"extra":[2]}));
        let response = r#"2025-01-15T14:23:45Z sent {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}"#;
        let occurrence = &occurrences(response)[0];
        assert_eq!(occurrence.system.as_deref(), Some("mcp"));
        assert_eq!(occurrence.time, time::parse("2025-01-15T14:23:45Z"));
    }

    #[test]
    fn a_distinctive_code_in_any_text_counts_once_an_entry() {
        let found = occurrences("[2025-01-15 14:23:45] worker: FS-001 while reading (FS-001, SEC-003)");
        let codes: Vec<_> = found.iter().map(|occurrence| occurrence.code.as_str()).collect();
        assert_eq!(codes, ["FS-001", "SEC-003"]);
        assert_eq!(found[0].time, time::parse("2025-01-15 14:23:45"));
    }
}
