//! Reads the errors in a body or a log line, each with the form in which it was sent.

use mcp_error_codes::wire::{DecodeError, Decoder, FormName, RecordObject};
use mcp_error_codes::{Code, McpError, NumberRange, Record, by_number};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// An error that was read.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) form: String,
    /// The id of the request, if this is a JSON-RPC response.
    pub(crate) id: Option<Value>,
    pub(crate) error: McpError,
}

/// The errors of an input.
#[derive(Debug)]
pub(crate) struct Readings {
    pub(crate) errors: Vec<Reading>,
    pub(crate) is_batch: bool,
}

/// Reads the error of a body or of a log entry, or the errors of a batch. Members of a batch that are not errors are skipped.
///
/// # Errors
/// [`DecodeError`] if there is no error.
pub(crate) fn read(decoder: Decoder<'_>, text: &str) -> Result<Readings, DecodeError> {
    match serde_json::from_str(text) {
        Ok(Value::Array(values)) => {
            let errors: Vec<_> = values.iter().filter_map(|value| of_value(decoder, value.clone()).ok()).collect();
            match errors.is_empty() {
                // Decoding the array as one body returns the right error.
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

/// Reads what [`read`] reads and what people copy from a body: the text of a tool result, `CODE: message`, or the object with the
/// code and the message. The code must be known.
///
/// # Errors
/// [`DecodeError`] if there is no error.
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
    // Every error that decodes has a form.
    Ok(Reading { form: form.unwrap_or(FormName::RecordObject).to_string(), id, error })
}

impl Reading {
    /// Returns the record of the code, or `None` if the code is unknown.
    pub(crate) fn record(&self) -> Option<&'static Record> {
        let record = self.error.record();
        (record.code != UNKNOWN).then_some(record)
    }

    /// Returns the received code or number if it is unknown.
    pub(crate) fn unknown_code(&self) -> Option<String> {
        let code = self.error.code_text();
        (self.record().is_none() && code != UNKNOWN).then(|| code.into_owned())
    }

    /// Returns the received number if it is not a known code, with its range.
    pub(crate) fn unknown_number(&self) -> Option<(i64, NumberRange)> {
        let number = self.error.code_text().parse().ok().filter(|_| self.record().is_none())?;
        Some((number, NumberRange::of(number)))
    }

    /// Returns what is known about an error without a record, as a sentence without a full stop.
    pub(crate) fn unknown_note(&self) -> String {
        match self.unknown_number() {
            Some((number, range)) => number_note(number, range),
            None => "the error does not say which code it has".to_owned(),
        }
    }

    /// Returns the records that claim the number, if the number alone does not tell which code is meant.
    pub(crate) fn candidates(&self) -> Vec<&'static Record> {
        self.unknown_number().into_iter().flat_map(|(number, _)| by_number(number)).collect()
    }

    /// Returns the error as JSON for programs.
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

/// Returns what is known about a number without a code by its range, as a sentence without a full stop.
pub(crate) fn number_note(number: i64, range: NumberRange) -> String {
    match range {
        NumberRange::Free => format!("{number} is defined by the application that sent it"),
        NumberRange::Legacy => format!("{number} is in {range}: the meaning depends on the sender"),
        _ => format!("{number} is in {range}"),
    }
}

/// Returns why a body is not an error, without repeating the body.
pub(crate) fn reason(error: &DecodeError) -> String {
    match error {
        DecodeError::Json { source, .. } => format!("it is neither JSON ({source}) nor a log entry"),
        _ => "it is JSON, but not an error such as a JSON-RPC error or a tool result with isError true".to_owned(),
    }
}

/// The code of the record of an error with an unknown code.
const UNKNOWN: &str = "UNKNOWN";

/// An error as JSON. Absent fields are left out.
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

/// A code that claims the number of an error with an unknown code.
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
