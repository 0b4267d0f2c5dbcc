//! What stands in a body or a line of a log: the errors, each with the form in which it came.

use mcp_error_codes::wire::{DecodeError, Decoder, FormName, RecordObject};
use mcp_error_codes::{Code, McpError, NumberRange, Record, by_number};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// An error that was read.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) form: String,
    /// The id of the request that it answers, if it is a JSON-RPC response.
    pub(crate) id: Option<Value>,
    pub(crate) error: McpError,
}

/// What was read, and whether it came as a batch.
#[derive(Debug)]
pub(crate) struct Readings {
    pub(crate) errors: Vec<Reading>,
    pub(crate) is_batch: bool,
}

/// Reads the error of a body or of an entry of a log, or the errors of a batch. In a batch, what is no error is passed over.
///
/// # Errors
/// [`DecodeError`] where there is no error in it.
pub(crate) fn read(decoder: Decoder<'_>, text: &str) -> Result<Readings, DecodeError> {
    match serde_json::from_str(text) {
        Ok(Value::Array(values)) => {
            let errors: Vec<_> = values.iter().filter_map(|value| of_value(decoder, value.clone()).ok()).collect();
            match errors.is_empty() {
                // An array without an error is decoded as a single body, which it is not.
                true => Ok(Readings { errors: vec![of_value(decoder, Value::Array(values))?], is_batch: true }),
                false => Ok(Readings { errors, is_batch: true }),
            }
        }
        Ok(value) => Ok(Readings { errors: vec![of_value(decoder, value)?], is_batch: false }),
        Err(_) => {
            let error = decoder.decode(text)?;
            Ok(Readings {
                errors: vec![Reading { form: FormName::LogEntry.to_string(), id: None, error }],
                is_batch: false,
            })
        }
    }
}

/// Reads as [`read`] does, and also what a person copies out of a body: the text of a tool result, `CODE: message`, or the
/// object with the code and the message. The code must be known.
///
/// # Errors
/// [`DecodeError`] where there is no error in it.
pub(crate) fn read_part(decoder: Decoder<'_>, text: &str) -> Result<Readings, DecodeError> {
    read(decoder, text).or_else(|error| match of_part(decoder, text) {
        Some(reading) => Ok(Readings { errors: vec![reading], is_batch: false }),
        None => Err(error),
    })
}

fn of_part(decoder: Decoder<'_>, text: &str) -> Option<Reading> {
    let (form, whole) = match serde_json::from_str::<Value>(text) {
        Ok(part) => {
            Code::lookup(part.get("code")?.as_str()?)?;
            ("object with a code", json!({ "error": part }))
        }
        Err(_) => {
            Code::lookup(text.split_once(": ")?.0)?;
            ("text", json!({ "isError": true, "content": [{ "type": "text", "text": text }] }))
        }
    };
    Some(Reading { form: form.to_owned(), ..of_value(decoder, whole).ok()? })
        .filter(|reading| reading.record().is_some())
}

fn of_value(decoder: Decoder<'_>, value: Value) -> Result<Reading, DecodeError> {
    let form = FormName::of_value(&value);
    let id = value.get("id").filter(|id| !id.is_null()).cloned();
    let error = decoder.decode_value(value)?;
    // What decodes has a form.
    Ok(Reading { form: form.unwrap_or(FormName::RecordObject).to_string(), id, error })
}

impl Reading {
    /// Returns the record of the code; none where the code is not known here.
    pub(crate) fn record(&self) -> Option<&'static Record> {
        let record = self.error.record();
        (record.code != UNKNOWN).then_some(record)
    }

    /// Returns the code or the number that came and is not known here.
    pub(crate) fn unknown_code(&self) -> Option<String> {
        let code = self.error.code_text();
        (self.record().is_none() && code != UNKNOWN).then(|| code.into_owned())
    }

    /// Returns the number that came without a meaning, with what the specification says of it.
    pub(crate) fn unknown_number(&self) -> Option<(i64, NumberRange)> {
        let number = self.error.code_text().parse().ok().filter(|_| self.record().is_none())?;
        Some((number, NumberRange::of(number)))
    }

    /// Returns the records that claim the number, where the number alone does not say which code is meant.
    pub(crate) fn candidates(&self) -> Vec<&'static Record> {
        self.unknown_number().into_iter().flat_map(|(number, _)| by_number(number)).collect()
    }

    /// Returns what there is to know of the error, for a program.
    pub(crate) fn view(&self) -> View<'_> {
        let record = self.record();
        let internal: Map<_, _> = self.error.internal().map(|(name, value)| (name.to_owned(), value.clone())).collect();
        let unknown_number = self.unknown_number().map(|(number, _)| number);
        View {
            form: self.form.clone(),
            id: self.id.as_ref(),
            error: RecordObject::new(&self.error),
            title: record.map(|record| record.title),
            surface: self.error.surface().as_str(),
            json_rpc_number: record.map(|_| self.error.json_rpc_number()).or(unknown_number),
            http_status: record.map(|record| record.http_status),
            resolution: record.map(|record| record.resolution),
            internal: (!internal.is_empty()).then_some(internal),
            received: self.error.received_data(),
            candidates: self.candidates().into_iter().map(Candidate::of).collect(),
        }
    }
}

/// The name of the record of an error whose code is not known here.
const UNKNOWN: &str = "UNKNOWN";

/// What there is to know of an error that was read, in the order in which JSON shows it. What is absent is left out.
#[derive(Debug, Serialize)]
pub(crate) struct View<'a> {
    form: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    error: RecordObject<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'static str>,
    surface: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    json_rpc_number: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution: Option<&'static [&'static str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    internal: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<&'a Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Candidate>,
}

/// A code that claims the number of an error whose code is not known.
#[derive(Debug, Serialize)]
pub(crate) struct Candidate {
    system: &'static str,
    code: &'static str,
    name: &'static str,
    title: &'static str,
}

impl Candidate {
    fn of(record: &'static Record) -> Self {
        Self { system: record.system.name, code: record.code, name: record.name, title: record.title }
    }
}
