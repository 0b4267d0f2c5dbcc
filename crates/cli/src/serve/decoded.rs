use mcp_error_codes::{Certainty, Finding, Surface};
use rmcp::schemars::{self, JsonSchema};
use serde::Serialize;
use serde_json::{Map, Value};

use super::answer::{Candidate, Manual};
use super::vocabulary::Word;
use crate::findings::{Found, Occurrence};

/// What `decode_error` answers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Decoded {
    /// The received errors, in order. Each distinct error is listed once.
    errors: Vec<Received>,
}

/// A received error.
#[derive(Debug, Serialize, JsonSchema)]
struct Received {
    /// The message, without its wrappers.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// How often the error occurs.
    count: u64,
    /// The wrappers of the error, the outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    chain: Vec<String>,
    /// Everything that was received: the values of the message, the data, the id of the request, how long to wait.
    #[serde(skip_serializing_if = "Map::is_empty")]
    values: Map<String, Value>,
    /// The delay before a retry that the sender requests, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
    /// How certain the meaning is. If it is only possible, none of the candidates is the answer.
    certainty: Word<Certainty>,
    /// Where the error travelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    surface: Option<Word<Surface>>,
    /// Why the meaning is the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The meaning of the code. Absent if it is only possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Manual>,
    /// The other codes that the error may have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Candidate>,
}

impl Decoded {
    pub(crate) fn new(found: &Found) -> Self {
        Self { errors: found.errors.iter().map(Received::new).collect() }
    }
}

impl Received {
    fn new(occurrence: &Occurrence) -> Self {
        let error = &occurrence.error;
        let answer = error.answer();
        let others = error.findings.iter().skip(usize::from(answer.is_some()));
        let wait = error.findings.first().and_then(Finding::wait);
        Self {
            message: error.message().map(str::to_owned),
            count: occurrence.count,
            chain: error.chain().to_vec(),
            values: error.findings.first().map(Finding::values).unwrap_or_default(),
            retry_after_ms: wait.and_then(|wait| wait.as_millis().try_into().ok()),
            certainty: Word(answer.map_or(Certainty::Possible, Finding::certainty)),
            surface: answer.map(|answer| Word(answer.surface())),
            reason: answer.map(Finding::reason),
            error: answer.and_then(Finding::record).map(|record| Manual::new(record, false)),
            candidates: others.map(Candidate::new).collect(),
        }
    }
}
