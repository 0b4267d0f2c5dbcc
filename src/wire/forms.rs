use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use crate::wire::envelope::Envelope;
use crate::wire::form::Form;
use crate::wire::input::Input;
use crate::wire::json_rpc::{JsonRpcError, JsonRpcResponse};
use crate::wire::log_entry::LogEntry;
use crate::wire::log_line::LogLine;
use crate::wire::problem::Problem;
use crate::wire::reader::{MAX_DEPTH, Read};
use crate::wire::record_object::RecordObject;
use crate::wire::scrum_body::ScrumBody;
use crate::wire::standard_response::StandardResponse;
use crate::wire::tool_response::ToolResponse;
use crate::wire::tool_result::ToolResult;

/// A form, with the functions that recognise and read it.
struct Row {
    name: FormName,
    is: fn(&Input<'_>) -> bool,
    read: Read,
}

/// Finds the first form whose shape the input has.
#[inline]
fn row(input: &Input<'_>) -> Option<&'static Row> {
    FORMS.iter().find(|form| (form.is)(input))
}

/// Returns the reader of the first form whose shape the input has.
#[inline]
pub(crate) fn reading(input: &Input<'_>) -> Option<Read> {
    row(input).map(|form| form.read)
}

/// Declares the list of forms, in the order in which they are tried.
macro_rules! forms {
    ($($(#[$doc:meta])* $form:ident = $name:literal,)+) => {
        /// The name of a form, recognised by its shape alone; [`decode`](crate::decode) reads all of them.
        ///
        /// `Display` prints a readable name: `JSON-RPC response`.
        ///
        /// ```
        /// use mcp_error_codes::filesystem;
        /// use mcp_error_codes::wire::FormName;
        ///
        /// let error = filesystem::file_not_found("a.txt");
        /// assert_eq!(FormName::of(error.tool_result().to_string()), Some(FormName::ToolResult));
        /// assert_eq!(FormName::of(error.json_rpc_error().to_string()), Some(FormName::JsonRpcError));
        /// assert_eq!(FormName::of("2025-01-15 14:23:45.123 | ERROR | FS-001 | files | gone"), Some(FormName::LogEntry));
        /// assert_eq!(FormName::of("{}"), None);
        /// assert_eq!(FormName::Problem.to_string(), "problem details");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum FormName {
            $($(#[$doc])* $form,)+
        }

        impl fmt::Display for FormName {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(match self {
                    $(Self::$form => $name,)+
                })
            }
        }

        /// What every form promises.
        const _: fn() = || {
            #[inline]
            fn is_printed_and_shared<T: fmt::Debug + fmt::Display + Send + Sync + 'static>() {}
            $(is_printed_and_shared::<$form<'static>>();)+
        };

        const FORMS: &[Row] = &[
            $(Row { name: FormName::$form, is: <$form<'_> as Form>::is, read: <$form<'_> as Form>::read },)+
        ];
    };
}

forms! {
    /// A JSON-RPC response with an error.
    JsonRpcResponse = "JSON-RPC response",
    /// The envelope of the filesystem server.
    Envelope = "envelope",
    /// The standard response of the Hyper-Bun reference.
    StandardResponse = "standard response",
    /// SCRUM's REST body or health check.
    ScrumBody = "SCRUM body",
    /// A JSON-RPC response with the result of a failed tool call.
    ToolResponse = "response with a tool result",
    /// The result of a failed tool call.
    ToolResult = "tool result",
    /// The `error` member of a JSON-RPC response.
    JsonRpcError = "JSON-RPC error",
    /// Problem details (RFC 9457).
    Problem = "problem details",
    /// The record object alone.
    RecordObject = "record object",
    /// A log entry.
    LogEntry = "entry of a log",
    /// A line of a log in JSON.
    LogLine = "line of a log",
}

impl FormName {
    /// Returns the form of JSON or of a log entry, or `None` if [`decode`](crate::decode) reads no error from it.
    #[must_use]
    #[inline]
    pub fn of(bytes: impl AsRef<[u8]>) -> Option<Self> {
        Self::of_bytes(bytes.as_ref(), 0)
    }

    #[inline]
    fn of_bytes(bytes: &[u8], depth: usize) -> Option<Self> {
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(object)) => row(&Input::Object(Cow::Owned(object))).map(|form| form.name),
            // JSON in a JSON string.
            Ok(Value::String(text)) if depth < MAX_DEPTH => Self::of_bytes(text.as_bytes(), depth + 1),
            Ok(_) => None,
            Err(_) => row(&Input::Text(&String::from_utf8_lossy(bytes))).map(|form| form.name),
        }
    }

    /// Returns the form of parsed JSON; see [`FormName::of`].
    #[must_use]
    #[inline]
    pub fn of_value(value: &Value) -> Option<Self> {
        match value {
            Value::Object(object) => row(&Input::Object(Cow::Borrowed(object))).map(|form| form.name),
            Value::String(text) => Self::of_bytes(text.as_bytes(), 1),
            _ => None,
        }
    }
}
