use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::McpError;
use crate::wire::form::{Form, written};
use crate::wire::input::Input;
use crate::wire::members::Details;
use crate::wire::read::{is_coded, read_coded, rest, take_object, with_rest};
use crate::wire::reader::Reader;
use crate::wire::render::write_value;

/// The envelope of the MCP Filesystem Server: `{"error":{"code","message","details"?}}`.
///
/// The code is `system:code` if the bare code means another system's. The envelope does not contain the hint, the error
/// id, the retry advice or the surface. The reader finds the record by the code.
///
/// `Display` prints the JSON.
///
/// ```
/// use mcp_error_codes::{filesystem, wire::Envelope};
///
/// assert_eq!(
///     Envelope::new(&filesystem::file_not_found("a.txt")).to_string(),
///     r#"{"error":{"code":"FS-001","message":"File not found: a.txt","details":{"path":"a.txt"}}}"#,
/// );
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    error: &'a McpError,
}

impl<'a> Envelope<'a> {
    /// Creates the envelope of an error.
    #[must_use]
    #[inline]
    pub const fn new(error: &'a McpError) -> Self {
        Self { error }
    }
}

impl Form for Envelope<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        let error = input.object().and_then(|object| object.get("error")?.as_object());
        error.is_some_and(is_coded)
    }

    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        let mut envelope = input.into_object();
        let error = read_coded(take_object(&mut envelope, "error"), reader);
        with_rest(error, rest(envelope, &|_, _| false))
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        write_value(self, out);
    }
}

impl Serialize for Envelope<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("error", &Inner(self.error))?;
        map.end()
    }
}

struct Inner<'a>(&'a McpError);

impl Serialize for Inner<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let error = self.0.as_sent();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", &error.code_text())?;
        map.serialize_entry("message", &error.message())?;
        if let Some(details) = Details::new(&error) {
            map.serialize_entry("details", &details)?;
        }
        map.end()
    }
}

written!(Envelope);
