use rmcp::schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Map, Value};

use super::answer::{Entry, Manual, entries};
use crate::reading::{Reading, Readings};

/// What `decode_error` answers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Decoded {
    /// The received errors: one, or several for a batch.
    errors: Vec<Occurrence>,
}

/// A received error.
#[derive(Debug, Serialize, JsonSchema)]
struct Occurrence {
    /// The form in which the error was sent.
    form: String,
    /// The id of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "request_id")]
    request_id: Option<Value>,
    /// The received code.
    code: String,
    /// The received message.
    message: String,
    /// The details that were sent with the error.
    #[serde(skip_serializing_if = "Map::is_empty")]
    details: Map<String, Value>,
    /// The fields that are meant only for logs.
    #[serde(skip_serializing_if = "Map::is_empty")]
    internal: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_id: Option<String>,
    /// The delay before a retry that the sender asks for, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
    /// The meaning of the code. Absent if the code is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Manual>,
    /// What is known about an unknown code.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The codes with this number. Which one is meant depends on the system of the sender.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Entry>,
}

impl Decoded {
    pub(crate) fn new(readings: &Readings) -> Self {
        Self { errors: readings.errors.iter().map(Occurrence::new).collect() }
    }
}

impl Occurrence {
    fn new(reading: &Reading) -> Self {
        let error = &reading.error;
        let plain = |values: &mut dyn Iterator<Item = (&str, &Value)>| {
            values.map(|(name, value)| (name.to_owned(), value.clone())).collect()
        };
        Self {
            form: reading.form.clone(),
            request_id: reading.id.clone(),
            code: error.code_text().into_owned(),
            message: error.message().into_owned(),
            details: plain(&mut error.details()),
            internal: plain(&mut error.internal()),
            error_id: error.error_id().map(str::to_owned),
            retry_after_ms: error.retry_after().and_then(|wait| wait.as_millis().try_into().ok()),
            error: reading.record().map(|record| Manual::new(record, false)),
            note: reading.record().is_none().then(|| reading.unknown_note()),
            candidates: entries(&reading.candidates()),
        }
    }
}

fn request_id(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] })
}
