//! The answers of the tools, except for that of `decode_error`, which is in `decoded`.
//!
//! The field comments are the descriptions that a model reads. Absent fields are omitted.

use mcp_error_codes::{Category, Kind, Record, RetryClass, Severity, Surface};
use mcp_error_codes::{Certainty, Finding, RecognizedError};
use rmcp::schemars::{self, JsonSchema};
use serde::Serialize;
use serde_json::{Map, Value};

use super::vocabulary::{FamilyName, SystemName, Word};
use super::{advice, uri};
use crate::catalogue::records_of;
use crate::findings;
use crate::query::Answer;

/// What `explain_error` answers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Explanations {
    /// One answer for each error in the query. A log line may contain several.
    answers: Vec<Explanation>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Explanation {
    /// Whether it is unclear which code is meant. If so, none of the candidates is the answer: do not act on one of them before its
    /// `confirmed_by` is true.
    ambiguous: bool,
    /// The message of the error, without its wrappers.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// How certain the answer is.
    certainty: Word<Certainty>,
    /// Why this is the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The meaning of the code. Absent if the query is ambiguous.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Manual>,
    /// The values that the error carries: those of its message, its data, its id, how long to wait.
    #[serde(skip_serializing_if = "Map::is_empty")]
    values: Map<String, Value>,
    /// The other codes that the error may have. Absent if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Candidate>,
}

/// A possible meaning of an error.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Candidate {
    /// The text that identifies exactly this code, or the number that another program uses.
    code: String,
    /// The system of the code, or the program that uses the number.
    sender: &'static str,
    /// What the error means.
    title: &'static str,
    /// What would confirm it.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed_by: Option<String>,
}

impl Candidate {
    pub(crate) fn new(finding: &Finding) -> Self {
        let (sender, code) = findings::name(finding);
        Self {
            code: finding.record().map_or(code, |record| record.full_name().to_string()),
            sender,
            title: findings::title(finding),
            confirmed_by: finding.confirmed_by(),
        }
    }
}

impl Explanations {
    pub(crate) fn new(answer: Answer, with_page: bool) -> Self {
        let answers = match answer {
            Answer::Found(found) => {
                found.errors.iter().map(|occurrence| Explanation::of(&occurrence.error, with_page)).collect()
            }
            Answer::Kind(kind) => [Explanation::named(&records_of(kind), true, with_page)].into(),
            Answer::Named { records, is_ambiguous } => [Explanation::named(&records, is_ambiguous, with_page)].into(),
        };
        Self { answers }
    }
}

impl Explanation {
    fn of(error: &RecognizedError, with_page: bool) -> Self {
        let answer = error.answer();
        let others = error.findings.iter().skip(usize::from(answer.is_some()));
        Self {
            ambiguous: answer.is_none(),
            message: error.message().map(str::to_owned),
            certainty: Word(answer.map_or(Certainty::Possible, Finding::certainty)),
            reason: answer.map(Finding::reason),
            error: answer.and_then(Finding::record).map(|record| Manual::new(record, with_page)),
            values: error.findings.first().map(Finding::values).unwrap_or_default(),
            candidates: others.map(Candidate::new).collect(),
        }
    }

    fn named(records: &[&'static Record], is_ambiguous: bool, with_page: bool) -> Self {
        let candidate = |record: &&'static Record| Candidate {
            code: record.full_name().to_string(),
            sender: record.system.name,
            title: record.title,
            confirmed_by: None,
        };
        Self {
            ambiguous: is_ambiguous,
            message: None,
            certainty: Word(if is_ambiguous { Certainty::Possible } else { Certainty::Certain }),
            reason: (!is_ambiguous).then(|| "the spelling of a code, a name or an alias".to_owned()),
            error: records.first().filter(|_| !is_ambiguous).map(|record| Manual::new(record, with_page)),
            values: Map::new(),
            candidates: records.iter().skip(usize::from(!is_ambiguous)).map(candidate).collect(),
        }
    }
}

/// The part of a record that its reader can act on.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Manual {
    /// The text that identifies exactly this code.
    code: String,
    system: Word<SystemName>,
    family: Word<FamilyName>,
    name: &'static str,
    title: &'static str,
    /// What the error means.
    summary: &'static str,
    /// When and why the error happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    /// Why the error happens, in the order of the source document.
    causes: &'static [&'static str],
    /// What you, the caller, should do now.
    hint: &'static str,
    /// The steps for an operator, in order, without those that need a tool of the server that sends the code.
    resolution: Vec<&'static str>,
    /// The message, with {placeholders}.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
    /// What sort of failure it is, in one vocabulary for all systems.
    kind: Word<Kind>,
    http_status: u16,
    severity: Word<Severity>,
    category: Word<Category>,
    /// Whether the system keeps working and the cause can be removed. It does not mean that a retry is safe.
    recoverable: bool,
    retry: Retry,
    /// How the error is sent: as a tool result with isError, or as a JSON-RPC error.
    surface: Word<Surface>,
    json_rpc_number: i64,
    /// The version that deprecated the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated_since: Option<&'static str>,
    /// The code to use instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<&'static str>,
    /// The resource with the complete manual page.
    uri: String,
    /// The complete manual page as Markdown, if it was requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

/// Whether and when to send the same request again.
#[derive(Debug, Serialize, JsonSchema)]
struct Retry {
    class: Word<RetryClass>,
    /// The total number of attempts, including the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts: Option<u32>,
    /// The first delay in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_ms: Option<u64>,
    /// The longest delay in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_ms: Option<u64>,
}

impl Manual {
    pub(crate) fn new(record: &'static Record, with_page: bool) -> Self {
        let retry = record.retry;
        Self {
            code: record.code_text().to_string(),
            system: Word(SystemName(record.system.name)),
            family: Word(FamilyName(record.family.name)),
            name: record.name,
            title: record.title,
            summary: record.summary,
            context: record.context,
            causes: record.causes,
            hint: advice::hint(record),
            resolution: advice::resolution(record),
            message: record.message,
            kind: Word(record.kind),
            http_status: record.http_status,
            severity: Word(record.severity),
            category: Word(record.category),
            recoverable: record.recoverable,
            retry: Retry {
                class: Word(retry.class),
                attempts: retry.attempts,
                initial_ms: retry.initial_ms,
                max_ms: retry.max_ms,
            },
            surface: Word(record.surface),
            json_rpc_number: record.json_rpc_number(),
            deprecated_since: record.deprecated_since,
            superseded_by: record.superseded_by,
            uri: uri::of_code(record),
            page: with_page.then(|| advice::page(record)),
        }
    }
}

/// A code in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Entry {
    /// The text that identifies exactly this code.
    code: String,
    system: Word<SystemName>,
    title: &'static str,
    /// What the error means.
    summary: &'static str,
    /// What sort of failure it is, in one vocabulary for all systems.
    kind: Word<Kind>,
    http_status: u16,
    severity: Word<Severity>,
    /// Whether and when to send the same request again.
    retry: Word<RetryClass>,
    /// Whether the code is deprecated.
    deprecated: bool,
    /// The resource with the complete manual page.
    uri: String,
}

impl Entry {
    fn new(record: &'static Record) -> Self {
        Self {
            code: record.code_text().to_string(),
            system: Word(SystemName(record.system.name)),
            title: record.title,
            summary: record.summary,
            kind: Word(record.kind),
            http_status: record.http_status,
            severity: Word(record.severity),
            retry: Word(record.retry.class),
            deprecated: record.is_deprecated(),
            uri: uri::of_code(record),
        }
    }
}

pub(crate) fn entries(records: &[&'static Record]) -> Vec<Entry> {
    records.iter().copied().map(Entry::new).collect()
}

/// What `search_errors` and `list_errors` answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Codes {
    /// The total number of codes that match.
    total: usize,
    /// The offset of the next codes. Absent if there are no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_offset: Option<usize>,
    codes: Vec<Entry>,
}

impl Codes {
    /// Returns `limit` of the records, starting at `offset`.
    pub(crate) fn page(records: &[&'static Record], offset: usize, limit: usize) -> Self {
        let start = offset.min(records.len());
        let end = start.saturating_add(limit).min(records.len());
        let next_offset = (end < records.len()).then_some(end);
        Self { total: records.len(), next_offset, codes: entries(&records[start..end]) }
    }
}

/// What `get_help` answers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Help {
    /// The help, as Markdown.
    pub(crate) page: String,
    /// All topics.
    pub(crate) topics: Vec<&'static str>,
    /// The codes on the page.
    codes: Vec<Entry>,
}

impl Help {
    pub(crate) fn new(page: String, topics: Vec<&'static str>, records: &[&'static Record]) -> Self {
        Self { page, topics, codes: entries(records) }
    }
}
