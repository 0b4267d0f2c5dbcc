use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::McpError;
use crate::error::details::Details;

/// The body of a failed request to SCRUM's REST API: `{"ok":false,"error":message}`.
///
/// It carries the message and nothing else. `decode` finds the code by the message's template, and a `Decoder` that knows
/// the HTTP status falls back on that.
///
/// `Display` prints the JSON.
#[derive(Debug, Clone, Copy)]
pub struct ScrumBody<'a> {
    error: &'a McpError,
}

/// The tool result with which SCRUM answers a claim of files that others have claimed.
///
/// It has one text, which is JSON: `status` (always `conflict`), the details of the error (`claim`, `conflictsWith`), and
/// `message`. It carries no `isError`: `decode` knows it by its status.
///
/// `Display` prints the JSON.
#[derive(Debug, Clone, Copy)]
pub struct ScrumConflict<'a> {
    error: &'a McpError,
}

impl McpError {
    /// Returns the body with which SCRUM's REST API answers.
    ///
    /// ```
    /// use mcp_error_codes::scrum;
    ///
    /// assert_eq!(scrum::not_found("Task", "abc123").scrum_body().to_string(), r#"{"ok":false,"error":"Task not found: abc123"}"#);
    /// ```
    #[must_use]
    pub const fn scrum_body(&self) -> ScrumBody<'_> {
        ScrumBody { error: self }
    }

    /// Returns the tool result with which SCRUM answers a conflict of claims.
    ///
    /// ```
    /// use mcp_error_codes::scrum;
    ///
    /// let error = scrum::file_claim_conflict(["agent-1"]).with_detail("conflictsWith", ["agent-1"]);
    /// let json = serde_json::to_value(error.scrum_conflict())?;
    /// assert_eq!(
    ///     json["content"][0]["text"],
    ///     r#"{"status":"conflict","conflictsWith":["agent-1"],"message":"Files already claimed by: agent-1"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub const fn scrum_conflict(&self) -> ScrumConflict<'_> {
        ScrumConflict { error: self }
    }
}

impl Serialize for ScrumBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("ok", &false)?;
        map.serialize_entry("error", &self.error.message())?;
        map.end()
    }
}

impl Serialize for ScrumConflict<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(&Conflict(self.error)).map_err(serde::ser::Error::custom)?;
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("content", &[Text(&text)])?;
        map.end()
    }
}

struct Conflict<'a>(&'a McpError);

impl Serialize for Conflict<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let params = self.0.scenario().map_or(self.0.record().params, |scenario| scenario.params);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", "conflict")?;
        // What fills the message is in the message; `status` and `message` themselves stand once.
        let is_own = |name: &str| matches!(name, "status" | "message") || params.iter().any(|param| param.name == name);
        for (name, value) in
            self.0.details_object().into_iter().flat_map(Details::iter).filter(|(name, _)| !is_own(name))
        {
            map.serialize_entry(name, value)?;
        }
        map.serialize_entry("message", &self.0.message())?;
        map.end()
    }
}

struct Text<'a>(&'a str);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("type", "text")?;
        map.serialize_entry("text", self.0)?;
        map.end()
    }
}

impl fmt::Display for ScrumBody<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Display for ScrumConflict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}
