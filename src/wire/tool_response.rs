use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::McpError;
use crate::wire::form::{Form, written};
use crate::wire::input::Input;
use crate::wire::read::{rest, take_object, with_rest};
use crate::wire::reader::Reader;
use crate::wire::render::write_value;
use crate::wire::request_id::RequestId;
use crate::wire::tool_result::{ToolResult, has_tool_error, read_result};

/// A JSON-RPC response with the result of a failed tool call: `jsonrpc`, `id` and `result`.
///
/// SDKs write it around the result. It is for servers and proxies that write JSON-RPC themselves.
///
/// `Display` prints the JSON.
///
/// ```
/// use mcp_error_codes::{McpError, decode, filesystem, wire::ToolResponse};
///
/// let error = McpError::new(filesystem::DISK_FULL);
/// let response = ToolResponse::new(7, error.tool_result()).to_string();
/// assert!(response.starts_with(r#"{"jsonrpc":"2.0","id":7,"result":{"content":"#));
/// assert!(decode(response)?.is(filesystem::DISK_FULL));
/// # Ok::<(), mcp_error_codes::wire::DecodeError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ToolResponse<'a> {
    id: RequestId<'a>,
    result: ToolResult<'a>,
}

impl<'a> ToolResponse<'a> {
    /// Creates the response to a request.
    #[must_use]
    #[inline]
    pub fn new(id: impl Into<RequestId<'a>>, result: ToolResult<'a>) -> Self {
        Self { id: id.into(), result }
    }
}

impl Form for ToolResponse<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        input.object().is_some_and(has_tool_error)
    }

    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        let mut response = input.into_object();
        let error = read_result(take_object(&mut response, "result"), reader);
        with_rest(error, rest(response, &|name, _| matches!(name, "jsonrpc" | "id")))
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(br#"{"jsonrpc":"2.0","id":"#);
        write_value(&self.id, out);
        out.extend_from_slice(br#","result":"#);
        self.result.write(out);
        out.push(b'}');
    }
}

impl Serialize for ToolResponse<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("jsonrpc", "2.0")?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("result", &self.result)?;
        map.end()
    }
}

written!(ToolResponse);
