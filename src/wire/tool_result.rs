use std::{fmt, io};

use mcp_error_codes_core::ProtocolVersion;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::McpError;
use crate::wire::object::{META_KEY, RecordObject};
use crate::wire::render;

/// The result of a tool that failed: `content` with one text, `isError: true`, and the [`RecordObject`] under
/// [`META_KEY`] in `_meta`.
///
/// The text is what a language model reads: `CODE: message` and, on a line of its own, `Hint: ` and the hint. There is no
/// `structuredContent`, because some clients check it against the tool's output schema even on an error.
///
/// `Display` prints the JSON.
#[derive(Debug, Clone, Copy)]
pub struct ToolResult<'a> {
    pub(crate) error: &'a McpError,
    /// Whether the result says that it is complete, as every result must from protocol 2026-07-28 on.
    pub(crate) says_complete: bool,
}

impl McpError {
    /// Returns the result of a tool that failed with this error.
    ///
    /// ```
    /// use mcp_error_codes::{META_KEY, filesystem};
    ///
    /// let error = filesystem::file_not_found("a.txt");
    /// let json = serde_json::to_value(error.tool_result())?;
    /// assert_eq!(json["isError"], true);
    /// assert!(json["content"][0]["text"].as_str().is_some_and(|text| text.starts_with("FS-001: File not found: a.txt\nHint: ")));
    /// assert_eq!(json["_meta"][META_KEY]["code"], "FS-001");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub const fn tool_result(&self) -> ToolResult<'_> {
        ToolResult { error: self, says_complete: false }
    }

    /// Returns the text of a tool result: `CODE: message`, and a line `Hint: ..` where the record has a hint.
    #[must_use]
    pub fn tool_text(&self) -> String {
        match self.record().hint {
            "" => self.to_string(),
            hint => format!("{self}\nHint: {hint}"),
        }
    }
}

impl ToolResult<'_> {
    /// Gives the result the shape that a protocol version wants: from 2026-07-28 on it begins with
    /// `"resultType":"complete"`, which older clients do not know and newer ones take for granted where it is absent.
    ///
    /// ```
    /// use mcp_error_codes::{McpError, ProtocolVersion, filesystem};
    ///
    /// let error = McpError::new(filesystem::FILE_NOT_FOUND);
    /// let newest = error.tool_result().in_version(ProtocolVersion::V2026_07_28).to_string();
    /// assert!(newest.starts_with(r#"{"resultType":"complete","content":["#));
    /// let older = error.tool_result().in_version(ProtocolVersion::V2025_11_25).to_string();
    /// assert_eq!(older, error.tool_result().to_string());
    /// ```
    #[must_use]
    pub fn in_version(mut self, version: ProtocolVersion) -> Self {
        self.says_complete = version >= ProtocolVersion::V2026_07_28;
        self
    }

    /// Writes the JSON to the end of a buffer; see [`JsonRpcResponse::write_to`](crate::JsonRpcResponse::write_to).
    pub fn write_to(&self, out: &mut Vec<u8>) {
        render::write_to(self, out);
    }

    /// Writes the JSON to a file or a connection, in one piece.
    ///
    /// # Errors
    /// What the writer returns.
    pub fn write_io(&self, out: &mut impl io::Write) -> io::Result<()> {
        render::write_io(self, out)
    }
}

impl Serialize for ToolResult<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3 + usize::from(self.says_complete)))?;
        if self.says_complete {
            map.serialize_entry("resultType", "complete")?;
        }
        map.serialize_entry("content", &[Text(self.error)])?;
        map.serialize_entry("isError", &true)?;
        map.serialize_entry("_meta", &Meta(self.error))?;
        map.end()
    }
}

struct Text<'a>(&'a McpError);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("type", "text")?;
        map.serialize_entry("text", &self.0.tool_text())?;
        map.end()
    }
}

struct Meta<'a>(&'a McpError);

impl Serialize for Meta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(META_KEY, &RecordObject::new(self.0))?;
        map.end()
    }
}

impl fmt::Display for ToolResult<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        render::display(self, f)
    }
}
