use serde_json::{Value, json};

use crate::testing::difference::shortened;
use crate::wire::{DecodeError, Decoder};
use crate::{McpError, decode, recognize};

/// A value that may be an error: the result of a call in a test.
///
/// | type | is an error if |
/// |---|---|
/// | [`McpError`] | always |
/// | `Result<T, E>` of an outcome `E` | it is an `Err` that is an error, or an `Ok` with a tool result of the Rust SDK that is an error |
/// | `str`, `String`, bytes, [`Value`] | [`decode`] reads one, or [`recognize`] finds one in text |
/// | `CallToolResult`, `CallToolResponse`, `ErrorData`, `ServiceError` | the feature `rmcp-3` is on, and its functions decode one |
///
/// Convert your own error types with `.map_err(McpError::from)`. Implement the trait for the response of your own test
/// client by reading its body.
///
/// ```
/// use mcp_error_codes::testing::{Found, Outcome};
/// use mcp_error_codes::{assert_mcp_error, filesystem};
///
/// struct Response {
///     status: u16,
///     body: Vec<u8>,
/// }
///
/// impl Outcome for Response {
///     fn found(&self) -> Found {
///         self.body.found()
///     }
/// }
///
/// let body = filesystem::file_not_found("a.txt").problem().to_string().into();
/// let response = Response { status: 404, body };
/// assert_mcp_error!(response, filesystem::FILE_NOT_FOUND, path = "a.txt");
/// assert_eq!(response.status, 404);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be checked for an MCP error",
    note = "convert your own error, or one from another crate, with `.map_err(McpError::from)`"
)]
pub trait Outcome {
    /// Returns the error, or a description of the value.
    fn found(&self) -> Found;
}

/// The content of an [`Outcome`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Found {
    /// An error.
    Error(McpError),
    /// Not an error. Assertions show the text, which describes the value.
    NoError(String),
    /// Unknown: a failure without an answer from the peer, or bytes that cannot be read. The text describes it.
    Unreadable(String),
}

impl<O: Outcome + ?Sized> Outcome for &O {
    fn found(&self) -> Found {
        (**self).found()
    }
}

impl Outcome for McpError {
    fn found(&self) -> Found {
        Found::Error(self.clone())
    }
}

impl Outcome for Value {
    fn found(&self) -> Found {
        match Decoder::new().decode_value(self.clone()) {
            Ok(error) => Found::Error(error),
            Err(_) => Found::NoError(shortened(&self.to_string())),
        }
    }
}

impl Outcome for [u8] {
    fn found(&self) -> Found {
        let text = || shortened(&String::from_utf8_lossy(self));
        match decode(self) {
            Ok(error) => Found::Error(error),
            Err(DecodeError::NotAnError { .. }) => Found::NoError(text()),
            Err(_) => match recognize(self)
                .errors
                .first()
                .and_then(|error| error.answer()?.to_error())
                .or_else(|| of_tool(self))
            {
                Some(error) => Found::Error(error),
                None => Found::Unreadable(format!("{:?}, which contains no recognized error", text())),
            },
        }
    }
}

/// Reads the text of a tool result, which means more there than on its own: `FS-001: gone` may also be the name of a ticket.
fn of_tool(text: &[u8]) -> Option<McpError> {
    let text = std::str::from_utf8(text).ok()?;
    let result = json!({"content": [{"type": "text", "text": text}], "isError": true});
    Decoder::new().decode_value(result).ok().filter(McpError::is_known)
}

impl<const N: usize> Outcome for [u8; N] {
    fn found(&self) -> Found {
        self.as_slice().found()
    }
}

impl Outcome for Vec<u8> {
    fn found(&self) -> Found {
        self.as_slice().found()
    }
}

impl Outcome for str {
    fn found(&self) -> Found {
        self.as_bytes().found()
    }
}

impl Outcome for String {
    fn found(&self) -> Found {
        self.as_bytes().found()
    }
}
