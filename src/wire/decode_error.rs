use serde_json::Value;
use thiserror::Error;

use crate::setup::in_effect::redactor;

/// The reason why bytes could not be read as an error.
///
/// It keeps the first 1,000 characters of the input, unless the settings say otherwise, and the number of omitted ones. Secrets in them
/// are redacted.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The bytes are neither JSON nor a log entry.
    #[error("{input:?} is neither JSON nor a log entry: {source}")]
    Json {
        /// The input.
        input: String,
        /// The position and the reason of the JSON error.
        source: serde_json::Error,
    },
    /// The JSON does not have the shape of an error.
    #[error(
        "{input} does not have the shape of an error; expected a JSON-RPC error or a tool result with isError true"
    )]
    NotAnError {
        /// The input.
        input: String,
    },
}

impl DecodeError {
    #[inline]
    pub(crate) fn json(input: &str, source: serde_json::Error) -> Self {
        Self::Json { input: kept(input), source }
    }

    #[inline]
    pub(crate) fn not_an_error(value: &Value) -> Self {
        Self::NotAnError { input: kept(&value.to_string()) }
    }
}

/// Cuts an input for an error message.
#[inline]
fn kept(input: &str) -> String {
    redactor().text(input).into_owned()
}
