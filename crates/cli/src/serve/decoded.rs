use mcp_error_codes::NumberRange;
use rmcp::schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Map, Value};

use super::answer::{Entry, Manual, entries};
use crate::reading::{Reading, Readings};

/// What `decode_error` answers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Decoded {
    /// The errors that were received: one, unless it was a batch.
    errors: Vec<Occurrence>,
}

/// An error that was received.
#[derive(Debug, Serialize, JsonSchema)]
struct Occurrence {
    /// The form in which it came.
    form: String,
    /// The id of the request that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "request_id")]
    request_id: Option<Value>,
    /// The code as it was received.
    code: String,
    /// The message as it was received.
    message: String,
    /// What was sent beside the code and the message.
    #[serde(skip_serializing_if = "Map::is_empty")]
    details: Map<String, Value>,
    /// What was in it and is meant for a log alone.
    #[serde(skip_serializing_if = "Map::is_empty")]
    internal: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_id: Option<String>,
    /// How long the sender asks to wait, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u64>,
    /// What is known of the code; absent where the registry does not know which code it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Manual>,
    /// What is known of a code that the registry does not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The codes that have this number. Which of them it is, only the system of the sender can tell.
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
            note: reading.record().is_none().then(|| note(reading)),
            candidates: entries(&reading.candidates()),
        }
    }
}

fn note(reading: &Reading) -> String {
    match reading.unknown_number() {
        Some((number, range @ NumberRange::Legacy)) => format!("{number} lies in {range}"),
        Some((number, NumberRange::Mcp | NumberRange::JsonRpc)) => {
            format!("{number} is reserved by the specification, which gives it no meaning")
        }
        Some((number, _)) => format!("{number} belongs to the application that sent it"),
        None => "nothing in it says which code it is".to_owned(),
    }
}

fn request_id(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] })
}
