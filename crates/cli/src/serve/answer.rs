//! The answers of the tools; that of `decode_error` is in `decoded`.
//!
//! The first lines of a type's fields are the descriptions that a model reads. What is absent is left out.

use mcp_error_codes::{Category, Record, RetryClass, Severity, Surface};
use rmcp::schemars::{self, JsonSchema};
use serde::Serialize;

use super::uri;
use super::vocabulary::{FamilyName, SystemName, Word};
use crate::query::Answer;

/// What `explain_error` answers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Explanations {
    /// One for each code that the query names; a line of a log may name several.
    answers: Vec<Explanation>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Explanation {
    /// The part of the query that says which code is meant.
    query: String,
    /// Whether nothing says which of several codes is meant. Then ask again for one of the claims, by its code.
    ambiguous: bool,
    /// What to know beside the record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    /// What is known of the code that is meant; absent where that is ambiguous.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Manual>,
    /// Every code that may be meant, the likeliest first, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    claims: Vec<Entry>,
}

impl Explanations {
    pub(crate) fn new(answers: Vec<Answer>, with_page: bool) -> Self {
        let explain = |answer: Answer| Explanation {
            error: answer.record().map(|record| Manual::new(record, with_page)),
            claims: if answer.records.len() > 1 { entries(&answer.records) } else { Vec::new() },
            query: answer.query,
            ambiguous: answer.is_ambiguous,
            notes: answer.notes,
        };
        Self { answers: answers.into_iter().map(explain).collect() }
    }
}

/// What the registry says of a code, as far as its reader can act on it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Manual {
    /// The text that means exactly this code.
    code: String,
    system: Word<SystemName>,
    family: Word<FamilyName>,
    name: &'static str,
    title: &'static str,
    /// What the error means.
    summary: &'static str,
    /// When and why it happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<&'static str>,
    /// Why it happens, in the order of the source document.
    causes: &'static [&'static str],
    /// What you, the caller, should do now.
    hint: &'static str,
    /// What an operator does, in the order to do it.
    resolution: &'static [&'static str],
    /// The message, with {placeholders}.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
    http_status: u16,
    severity: Word<Severity>,
    category: Word<Category>,
    /// Whether the system goes on working and the cause can be cleared. It does not mean that a retry is safe.
    recoverable: bool,
    retry: Retry,
    /// Where it travels: a tool result with isError, or a JSON-RPC error.
    surface: Word<Surface>,
    json_rpc_number: i32,
    /// The version that retired the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated_since: Option<&'static str>,
    /// The code to use instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<&'static str>,
    /// The resource with the whole manual page.
    uri: String,
    /// The whole manual page as Markdown, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

/// Whether and when to send the same request again.
#[derive(Debug, Serialize, JsonSchema)]
struct Retry {
    class: Word<RetryClass>,
    /// How many tries there are in all, the first included.
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts: Option<u32>,
    /// The first wait in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_ms: Option<u64>,
    /// The longest wait in milliseconds.
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
            hint: record.hint,
            resolution: record.resolution,
            message: record.message,
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
            page: with_page.then(|| record.explain().markdown().record_only().to_string()),
        }
    }
}

/// A code in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Entry {
    /// The text that means exactly this code.
    code: String,
    system: Word<SystemName>,
    title: &'static str,
    /// What the error means.
    summary: &'static str,
    http_status: u16,
    severity: Word<Severity>,
    /// Whether and when to send the same request again.
    retry: Word<RetryClass>,
    /// Whether another code takes its place.
    deprecated: bool,
    /// The resource with the whole manual page.
    uri: String,
}

impl Entry {
    fn new(record: &'static Record) -> Self {
        Self {
            code: record.code_text().to_string(),
            system: Word(SystemName(record.system.name)),
            title: record.title,
            summary: record.summary,
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
    /// How many codes fit in all.
    total: usize,
    /// The offset that returns the next ones; absent where there are no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_offset: Option<usize>,
    codes: Vec<Entry>,
}

impl Codes {
    /// Takes so many records out of all that fit.
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
    /// The topics that there is help for.
    pub(crate) topics: Vec<&'static str>,
    /// The codes that the page is about.
    codes: Vec<Entry>,
}

impl Help {
    pub(crate) fn new(page: String, topics: Vec<&'static str>, records: &[&'static Record]) -> Self {
        Self { page, topics, codes: entries(records) }
    }
}
