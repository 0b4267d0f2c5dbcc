use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::McpError;
use crate::arguments::misfit::Misfit;
use crate::arguments::node::Node;

/// Parses arguments into their type. `None` is read as an object without members.
///
/// The error names the location, such as `edits[1].newText`, in the detail `parameter`. It never repeats a value, which
/// may be a secret. If one of your types passes a string to `serde::de::Error::custom`, the text becomes part of the
/// message, and secrets of a known shape in it are redacted.
///
/// # Errors
/// Returns the first error found: `VAL-001` if a member is missing, `VAL-002` if a value has the wrong type, with the
/// type names of JSON Schema, and `VAL-003` if the type does not allow the value. If [`setup`](crate::setup()) or a
/// registry added there prefers a code for the kind `invalid_argument`, that code is used instead, with the same
/// message and details.
///
/// ```
/// use mcp_error_codes::{arguments, filesystem};
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Watch {
///     path: String,
///     #[serde(default)]
///     recursive: bool,
/// }
///
/// let received = serde_json::json!({"path": "src", "recursive": "true"}).as_object().cloned();
/// let error = arguments::parse::<Watch>(received).unwrap_err();
/// assert!(error.is(filesystem::INVALID_PARAMETER_TYPE));
/// assert_eq!(error.message(), "Invalid parameter type: expected boolean, got string in `recursive`");
///
/// let error = arguments::parse::<Watch>(None).unwrap_err();
/// assert_eq!(error.to_string(), "VAL-001: Missing required parameter: path");
/// ```
pub fn parse<T: DeserializeOwned>(arguments: Option<Map<String, Value>>) -> Result<T, McpError> {
    let arguments = Value::Object(arguments.unwrap_or_default());
    T::deserialize(&arguments).map_err(|said| {
        // `serde_json` decides whether the arguments match. A second run explains why they do not: its error type keeps what serde
        // reports together with the location, so that no message has to be parsed.
        match T::deserialize(Node(&arguments)) {
            Err(mismatch) if mismatch.agrees_with(&said) => mismatch.into_error(),
            // The text of `serde_json` may repeat a value.
            _ => {
                Misfit::Value("the arguments do not match the input schema".to_owned()).into_error("").with_source(said)
            }
        }
    })
}
