use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use mcp_error_codes_core::{JsonRpcNumber, Kind, ProtocolVersion, Record, RetryClass, Surface, UnknownWord};

use crate::problem::{Collector, Place};

/// A line of a [`Lock`](crate::Lock): a code with the facts that other programs rely on.
///
/// `Display` prints the line, which has seven words: `filesystem:FS-001 33001 tool 404 do-not-retry not_found active`. A number that is not for
/// every protocol version has its versions after it, both inclusive, and a code without a number has `-`:
/// `super-mcp:-32001 -32001@..2025-11-25,-33001@2026-07-28.. protocol 404 retry-after-change not_found active`. A line without the
/// kind, which comes from before there were kinds, is read too.
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
/// assert!(entry.is_deprecated);
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
    /// The JSON-RPC numbers, by protocol version; in a registry's order, in which the first is the preferred one.
    pub numbers: Vec<JsonRpcNumber>,
    /// Where MCP carries it.
    pub surface: Surface,
    /// The HTTP status of a plain REST answer.
    pub http_status: u16,
    /// Whether and when a caller may try again.
    pub retry_class: RetryClass,
    /// What sort of failure it is, or `None` in a line that was written before there were kinds.
    pub kind: Option<Kind>,
    /// Whether the code is deprecated or retired.
    pub is_deprecated: bool,
}

impl LockEntry {
    /// Returns the name that only this code has: `filesystem:FS-001`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}:{}", self.system, self.code)
    }

    pub(crate) fn of(record: &Record) -> Self {
        Self {
            system: record.system.name.to_owned(),
            code: record.code.to_owned(),
            numbers: record.json_rpc.to_vec(),
            surface: record.surface,
            http_status: record.http_status,
            retry_class: record.retry.class,
            kind: Some(record.kind),
            is_deprecated: record.is_deprecated(),
        }
    }

    /// Reads a line, and reports everything that is wrong with it.
    pub(crate) fn parse(line: &str, place: Place, problems: &mut Collector) -> Option<Self> {
        let mut report = |message: String| problems.report(place, "lock-entry", message);
        let words: Vec<_> = line.split_whitespace().collect();
        let (name, number, surface, status, retry_class, kind, state) = match words.as_slice() {
            &[name, number, surface, status, retry_class, state] => {
                (name, number, surface, status, retry_class, None, state)
            }
            &[name, number, surface, status, retry_class, kind, state] => {
                (name, number, surface, status, retry_class, Some(kind), state)
            }
            _ => {
                let expected = "expected 7: system:code number surface http_status retry_class kind state";
                report(format!("line has {} words; {expected}", words.len()));
                return None;
            }
        };
        let parts = name.split_once(':').filter(|(system, code)| !system.is_empty() && !code.is_empty());
        if parts.is_none() {
            report(format!("{name:?} is not the name of a code; expected \"system:code\""));
        }
        let numbers: Option<Vec<_>> = match number {
            NO_NUMBER => Some(Vec::new()),
            numbers => numbers.split(',').map(numbered).collect(),
        };
        if numbers.is_none() {
            let expected = "33001 or, by protocol version, -32001@..2025-11-25,-33001@2026-07-28..";
            report(format!("number {number:?} is invalid; expected one like {expected}"));
        }
        let http_status = status.parse().ok().filter(|status| (400..=599).contains(status));
        if http_status.is_none() {
            report(format!("http_status {status:?} is not a number between 400 and 599"));
        }
        let surface: Option<Surface> = word(surface, place, problems);
        let retry_class: Option<RetryClass> = word(retry_class, place, problems);
        let kind: Option<Option<Kind>> = kind.map(|kind| word(kind, place, problems));
        if ![ACTIVE, DEPRECATED].contains(&state) {
            let message = format!("state {state:?} is not one of: {ACTIVE}, {DEPRECATED}");
            problems.report(place, "lock-entry", message);
            return None;
        }
        let (system, code) = parts?;
        Some(Self {
            system: system.to_owned(),
            code: code.to_owned(),
            numbers: numbers?,
            surface: surface?,
            http_status: http_status?,
            retry_class: retry_class?,
            kind: match kind {
                Some(kind) => Some(kind?),
                None => None,
            },
            is_deprecated: state == DEPRECATED,
        })
    }
}

impl Display for LockEntry {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} ", self.system, self.code)?;
        if self.numbers.is_empty() {
            f.write_str(NO_NUMBER)?;
        }
        for (at, own) in self.numbers.iter().enumerate() {
            write!(f, "{}{}", if at == 0 { "" } else { "," }, own.number)?;
            if own.since.is_some() || own.until.is_some() {
                let [since, until] =
                    [own.since, own.until].map(|version| version.map_or("", |version| version.as_str()));
                write!(f, "@{since}..{until}")?;
            }
        }
        let state = if self.is_deprecated { DEPRECATED } else { ACTIVE };
        write!(f, " {} {} {}", self.surface, self.http_status, self.retry_class)?;
        if let Some(kind) = self.kind {
            write!(f, " {kind}")?;
        }
        write!(f, " {state}")
    }
}

/// The text for a code without a number.
const NO_NUMBER: &str = "-";
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

/// Parses a word of a vocabulary.
fn word<T: FromStr<Err = UnknownWord>>(word: &str, place: Place, problems: &mut Collector) -> Option<T> {
    word.parse().map_err(|unknown: UnknownWord| problems.report(place, "lock-entry", unknown.to_string())).ok()
}
