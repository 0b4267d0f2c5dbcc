use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use mcp_error_codes_core::{
    Category, JsonRpcNumber, Kind, ProtocolVersion, Record, Retry, RetryClass, Scenario, Severity, Surface, UnknownWord,
};

use crate::lock::column::{COLUMNS, FIRST_COLUMNS, NAMELESS_COLUMNS};
use crate::lock::param::{LockParam, LockScenario, params, params_word, scenarios, scenarios_word};
use crate::lock::word::{NOTHING, escaped, items, unescaped, word_of};
use crate::problem::{Collector, Place};

/// A line of a [`Lock`](crate::Lock): a code with the facts that other programs rely on.
///
/// `Display` prints the line, whose words are named in the first line of the file. A number that does not apply to every protocol
/// version is followed by its versions, both inclusive, and an absent value is `-`. A line that was written before a fact was part
/// of the lock is read too; the fact is then `None` and counts as unchanged.
///
/// ```
/// use mcp_error_codes_build::{Lock, RetryClass, Surface};
///
/// let line = "mcp:-32042 -32042@2025-11-25..2025-11-25 protocol 400 retry-after-change deprecated";
/// let lock = Lock::parse("registry.lock", line)?;
/// let entry = &lock.entries()[0];
/// assert_eq!((entry.system.as_str(), entry.code.as_str(), entry.http_status), ("mcp", "-32042", 400));
/// assert_eq!((entry.surface, entry.retry_class), (Surface::Protocol, RetryClass::RetryAfterChange));
/// assert_eq!(entry.numbers[0].number, -32042);
/// assert!(entry.is_deprecated && entry.name.is_none());
/// assert_eq!(entry.to_string(), line);
/// # Ok::<(), mcp_error_codes_build::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LockEntry {
    /// The system of the code.
    pub system: String,
    /// The text of the code.
    pub code: String,
    /// The JSON-RPC numbers, by protocol version, in the order of the registry; the first is the preferred one.
    pub numbers: Vec<JsonRpcNumber>,
    /// Where MCP carries it.
    pub surface: Surface,
    /// The HTTP status of a plain REST answer.
    pub http_status: u16,
    /// Whether and when a caller may try again.
    pub retry_class: RetryClass,
    /// What sort of failure it is.
    pub kind: Option<Kind>,
    /// The name of the code, which also names the constant and the constructor.
    pub name: Option<String>,
    /// The Rust module of the constant.
    pub module: Option<String>,
    /// The family.
    pub family: Option<String>,
    /// How severe it is.
    pub severity: Option<Severity>,
    /// What sort of failure it is, in broad terms.
    pub category: Option<Category>,
    /// Whether the system keeps working.
    pub recoverable: Option<bool>,
    /// The backoff, the attempts, and the first and the longest wait in milliseconds, as `exponential/5/100/5000`; `-` if there is no
    /// schedule.
    pub retry_schedule: Option<String>,
    /// The parameters of the constructor, in order.
    pub params: Option<Vec<LockParam>>,
    /// The scenarios, in order.
    pub scenarios: Option<Vec<LockScenario>>,
    /// The other spellings, in order.
    pub aliases: Option<Vec<String>>,
    /// Whether the code is deprecated or retired.
    pub is_deprecated: bool,
}

impl LockEntry {
    /// Returns the full name, which is unique: `filesystem:FS-001`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}:{}", self.system, self.code)
    }

    pub(crate) fn of(record: &Record) -> Self {
        let params = |params: &[mcp_error_codes_core::Param]| {
            params.iter().map(|param| LockParam { name: param.name.to_owned(), ty: param.ty }).collect()
        };
        let scenario = |case: &Scenario| LockScenario {
            name: case.name.to_owned(),
            params: case.message.map(|_| params(case.params)),
        };
        Self {
            system: record.system.name.to_owned(),
            code: record.code.to_owned(),
            numbers: record.json_rpc.to_vec(),
            surface: record.surface,
            http_status: record.http_status,
            retry_class: record.retry.class,
            kind: Some(record.kind),
            name: Some(record.name.to_owned()),
            module: Some(record.system.module.to_owned()),
            family: Some(record.family.name.to_owned()),
            severity: Some(record.severity),
            category: Some(record.category),
            recoverable: Some(record.recoverable),
            retry_schedule: Some(schedule_word(record.retry)),
            params: Some(params(record.params)),
            scenarios: Some(record.scenarios.iter().map(scenario).collect()),
            aliases: Some(record.aliases.iter().map(|alias| (*alias).to_owned()).collect()),
            is_deprecated: record.is_deprecated(),
        }
    }

    /// Reads a line with these columns and reports every mistake in it.
    pub(crate) fn parse(line: &str, columns: &[&str], place: Place, problems: &mut Collector) -> Option<Self> {
        let words: Vec<_> = line.split_whitespace().collect();
        let columns = match words.len() {
            // Lines that were written before columns were added.
            6 if columns.len() != 6 => FIRST_COLUMNS,
            7 if columns.len() > 7 => NAMELESS_COLUMNS,
            count if count == columns.len() => columns,
            count => {
                let expected = format!("expected {}: {}", columns.len(), columns.join(" "));
                problems.report(place, "lock-entry", format!("line has {count} words; {expected}"));
                return None;
            }
        };
        let words: BTreeMap<_, _> = columns.iter().copied().zip(words).collect();
        Words { words, place, problems }.entry()
    }
}

/// The words of a line, by column.
struct Words<'w> {
    words: BTreeMap<&'w str, &'w str>,
    place: Place,
    problems: &'w mut Collector,
}

impl Words<'_> {
    fn entry(mut self) -> Option<LockEntry> {
        let name = self.words.get("system:code").copied().unwrap_or_default();
        let parts = name.split_once(':').filter(|(system, code)| !system.is_empty() && !code.is_empty());
        if parts.is_none() {
            self.report(format!("{name:?} is not the name of a code; expected \"system:code\""));
        }
        let number = self.words.get("number").copied().unwrap_or(NO_NUMBER);
        let numbers: Option<Vec<_>> = items(number, ',').map(numbered).collect();
        if numbers.is_none() {
            let expected = "33001 or, by protocol version, -32001@..2025-11-25,-33001@2026-07-28..";
            self.report(format!("number {number:?} is invalid; expected one like {expected}"));
        }
        let status = self.words.get("http_status").copied().unwrap_or_default();
        let http_status = status.parse().ok().filter(|status| (400..=599).contains(status));
        if http_status.is_none() {
            self.report(format!("http_status {status:?} is not a number between 400 and 599"));
        }
        let surface = self.word("surface");
        let retry_class = self.word("retry_class");
        let (kind, severity, category) = (self.word("kind"), self.word("severity"), self.word("category"));
        let state = self.words.get("state").copied().unwrap_or_default();
        let is_deprecated = [(ACTIVE, false), (DEPRECATED, true)].into_iter().find(|(word, _)| *word == state);
        if is_deprecated.is_none() {
            self.report(format!("state {state:?} is not one of: {ACTIVE}, {DEPRECATED}"));
        }
        let recoverable = self.value("recoverable", "true or false", |word| word.parse().ok());
        let name = self.value("name", "a name", unescaped);
        let module = self.value("module", "a module", unescaped);
        let family = self.value("family", "a family", unescaped);
        let retry_schedule = self.value("retry_schedule", "one like exponential/5/100/5000", schedule);
        let params = self.value("params", "a list like number:integer,ids:list", params);
        let scenarios = self.value("scenarios", "a list like DISK_FULL(disk:string);READ_ONLY", scenarios);
        let aliases = self.value("aliases", "a list of texts", |word| items(word, ',').map(unescaped).collect());
        let (system, code) = parts?;
        Some(LockEntry {
            system: system.to_owned(),
            code: code.to_owned(),
            numbers: numbers?,
            surface: surface?,
            http_status: http_status?,
            retry_class: retry_class?,
            kind,
            name,
            module,
            family,
            severity,
            category,
            recoverable,
            retry_schedule,
            params,
            scenarios,
            aliases,
            is_deprecated: is_deprecated?.1,
        })
    }

    fn report(&mut self, message: String) {
        self.problems.report(self.place, "lock-entry", message);
    }

    /// Parses a word of a vocabulary. Returns `None` if the line does not have it or a mistake was reported.
    fn word<T: FromStr<Err = UnknownWord>>(&mut self, column: &str) -> Option<T> {
        let word = self.words.get(column)?;
        word.parse().map_err(|unknown: UnknownWord| self.report(unknown.to_string())).ok()
    }

    /// Parses any other word.
    fn value<T>(&mut self, column: &str, expected: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let word = *self.words.get(column)?;
        let value = parse(word);
        if value.is_none() {
            self.report(format!("{column} {word:?} is invalid; expected {expected}"));
        }
        value
    }
}

/// Writes a retry schedule: `exponential/5/100/5000` is the backoff, the attempts, and the first and the longest wait.
fn schedule_word(retry: Retry) -> String {
    let (Some(backoff), Some(initial), Some(max)) = (retry.backoff, retry.initial_ms, retry.max_ms) else {
        return NOTHING.to_owned();
    };
    let attempts = retry.attempts.map_or(NOTHING.to_owned(), |attempts| attempts.to_string());
    format!("{backoff}/{attempts}/{initial}/{max}")
}

/// Checks a schedule of four parts, of which the first is a word.
fn schedule(word: &str) -> Option<String> {
    let is_number = |part: &str| part == NOTHING || part.parse::<u64>().is_ok();
    let parts: Vec<_> = word.split('/').collect();
    let is_schedule = match parts.as_slice() {
        [NOTHING] => true,
        [backoff, rest @ ..] => {
            backoff.parse::<mcp_error_codes_core::Backoff>().is_ok()
                && rest.len() == 3
                && rest.iter().all(|part| is_number(part))
        }
        [] => false,
    };
    is_schedule.then(|| word.to_owned())
}

impl Display for LockEntry {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let words = COLUMNS.iter().filter_map(|column| self.word(column.name));
        words.enumerate().try_for_each(|(at, word)| {
            f.write_str(if at == 0 { "" } else { " " })?;
            f.write_str(&word)
        })
    }
}

impl LockEntry {
    /// Returns the word of a column, or `None` if the line lacks it.
    pub(crate) fn word(&self, column: &str) -> Option<String> {
        match column {
            "system:code" => Some(self.full_name()),
            "number" => Some(word_of(self.numbers.iter().map(number_word), ",")),
            "surface" => Some(self.surface.to_string()),
            "http_status" => Some(self.http_status.to_string()),
            "retry_class" => Some(self.retry_class.to_string()),
            "kind" => self.kind.map(|kind| kind.to_string()),
            "name" => self.name.as_deref().map(escaped),
            "module" => self.module.as_deref().map(escaped),
            "family" => self.family.as_deref().map(escaped),
            "severity" => self.severity.map(|severity| severity.to_string()),
            "category" => self.category.map(|category| category.to_string()),
            "recoverable" => self.recoverable.map(|recoverable| recoverable.to_string()),
            "retry_schedule" => self.retry_schedule.clone(),
            "params" => self.params.as_deref().map(params_word),
            "scenarios" => self.scenarios.as_deref().map(scenarios_word),
            "aliases" => self.aliases.as_ref().map(|aliases| word_of(aliases.iter().map(|alias| escaped(alias)), ",")),
            _ => Some(if self.is_deprecated { DEPRECATED } else { ACTIVE }.to_owned()),
        }
    }
}

fn number_word(own: &JsonRpcNumber) -> String {
    let [since, until] = [own.since, own.until].map(|version| version.map_or("", |version| version.as_str()));
    match (since, until) {
        ("", "") => own.number.to_string(),
        _ => format!("{}@{since}..{until}", own.number),
    }
}

/// The text for a code without a number.
const NO_NUMBER: &str = NOTHING;
const ACTIVE: &str = "active";
const DEPRECATED: &str = "deprecated";

/// Reads a number with its protocol versions, if there are any: `-33001@2026-07-28..`.
fn numbered(text: &str) -> Option<JsonRpcNumber> {
    let Some((number, versions)) = text.split_once('@') else {
        return Some(JsonRpcNumber::__new(text.parse().ok()?, None, None));
    };
    let (since, until) = versions.split_once("..")?;
    let version = |word: &str| -> Option<Option<ProtocolVersion>> {
        match word {
            "" => Some(None),
            word => word.parse().ok().map(Some),
        }
    };
    Some(JsonRpcNumber::__new(number.parse().ok()?, version(since)?, version(until)?))
}
