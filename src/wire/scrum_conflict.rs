use serde::ser::{Error, Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::McpError;
use crate::wire::form::{Form, written};
use crate::wire::input::Input;
use crate::wire::members::Details;
use crate::wire::read::take_text;
use crate::wire::reader::Reader;
use crate::wire::render::{TextBlock, write_value};
use crate::wire::scrum_body::read_message;

/// SCRUM's tool result for a claim of files that others have already claimed.
///
/// It has one text block, which contains JSON: `status` (always `conflict`), the details of the error (`claim`, `conflictsWith`),
/// and `message`. It has no `isError`. The reader of tool results recognises it by its status.
///
/// `Display` prints the JSON.
///
/// ```
/// use mcp_error_codes::{scrum, wire::ScrumConflict};
///
/// let error = scrum::file_claim_conflict(["agent-1"]).with_detail("conflictsWith", ["agent-1"]);
/// let json = serde_json::to_value(ScrumConflict::new(&error))?;
/// assert_eq!(
///     json["content"][0]["text"],
///     r#"{"status":"conflict","conflictsWith":["agent-1"],"message":"Files already claimed by: agent-1"}"#,
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ScrumConflict<'a> {
    error: &'a McpError,
}

impl<'a> ScrumConflict<'a> {
    /// Creates the tool result of an error.
    #[must_use]
    #[inline]
    pub const fn new(error: &'a McpError) -> Self {
        Self { error }
    }
}

/// The form is the JSON in the text of the tool result.
impl Form for ScrumConflict<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        input.object().is_some_and(is_conflict)
    }

    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        let mut object = input.into_object();
        let message = take_text(&mut object, "message").unwrap_or_default();
        object.remove("status");
        read_message(message, object, reader)
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_value(self, out);
    }
}

#[inline]
fn is_conflict(object: &Map<String, Value>) -> bool {
    object.get("status").and_then(Value::as_str) == Some("conflict")
}

/// Returns whether the text of a tool result without `isError` is a claim conflict.
#[inline]
pub(crate) fn is_conflict_text(text: &str) -> bool {
    let Ok(Value::Object(object)) = serde_json::from_str(text) else { return false };
    is_conflict(&object) && object.get("message").is_some_and(Value::is_string)
}

impl Serialize for ScrumConflict<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(&Conflict(self.error)).map_err(S::Error::custom)?;
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("content", &[TextBlock(&text)])?;
        map.end()
    }
}

struct Conflict<'a>(&'a McpError);

impl Serialize for Conflict<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let params = self.0.brief_scenario().map_or(self.0.brief().params, |scenario| scenario.params);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", "conflict")?;
        // The message contains the values of its placeholders, and `status` and `message` are written only once.
        let is_own = |name: &str| matches!(name, "status" | "message") || params.iter().any(|param| param.name == name);
        let details = Details::new(self.0).into_iter().flat_map(Details::iter);
        for (name, value) in details.filter(|(name, _)| !is_own(name)) {
            map.serialize_entry(name, &value)?;
        }
        map.serialize_entry("message", &self.0.message())?;
        map.end()
    }
}

written!(ScrumConflict);
