use std::borrow::Cow;
use std::fmt;

use serde_json::{Map, Value};

use crate::McpError;
use crate::wire::decode::Decoder;
use crate::wire::envelope::Envelope;
use crate::wire::json_rpc::{JsonRpcError, JsonRpcResponse};
use crate::wire::limits;
use crate::wire::log_entry::LogEntry;
use crate::wire::log_line::LogLine;
use crate::wire::problem::Problem;
use crate::wire::record_object::RecordObject;
use crate::wire::scrum_body::ScrumBody;
use crate::wire::standard_response::StandardResponse;
use crate::wire::tool_response::ToolResponse;
use crate::wire::tool_result::ToolResult;

/// A form in which an error is sent or logged.
pub(crate) trait Form {
    /// Returns whether the input has the shape of this form.
    fn is(input: &Input<'_>) -> bool;

    /// Reads the error from an input that has the shape of this form.
    fn read(input: Input<'_>, decoder: Decoder<'_>) -> McpError;

    /// Appends the form to a buffer.
    fn write(&self, out: &mut Vec<u8>);
}

/// The input from which forms are recognised and read.
pub(crate) enum Input<'a> {
    /// A JSON object.
    Object(Cow<'a, Map<String, Value>>),
    /// Text that is not JSON.
    Text(&'a str),
}

impl Input<'_> {
    /// Returns the object, or `None` if the input is text.
    pub(crate) fn object(&self) -> Option<&Map<String, Value>> {
        match self {
            Self::Object(object) => Some(object),
            Self::Text(_) => None,
        }
    }

    /// Returns the object, or an empty one if the input is text.
    pub(crate) fn into_object(self) -> Map<String, Value> {
        match self {
            Self::Object(object) => object.into_owned(),
            Self::Text(_) => Map::new(),
        }
    }
}

impl From<Map<String, Value>> for Input<'_> {
    /// Everything that is read passes through here, so this is where the limits are applied.
    fn from(mut object: Map<String, Value>) -> Self {
        limits::bound(&mut object);
        Self::Object(Cow::Owned(object))
    }
}

/// The functions that recognise and read a form.
pub(crate) struct Reader {
    name: FormName,
    is: fn(&Input<'_>) -> bool,
    pub(crate) read: fn(Input<'_>, Decoder<'_>) -> McpError,
}

/// Finds the first form whose shape the input has.
pub(crate) fn reader(input: &Input<'_>) -> Option<&'static Reader> {
    FORMS.iter().find(|form| (form.is)(input))
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
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(match self {
                    $(Self::$form => $name,)+
                })
            }
        }

        const FORMS: &[Reader] = &[
            $(Reader { name: FormName::$form, is: <$form<'_> as Form>::is, read: <$form<'_> as Form>::read },)+
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
    pub fn of(bytes: impl AsRef<[u8]>) -> Option<Self> {
        match serde_json::from_slice(bytes.as_ref()) {
            Ok(value) => Self::of_value(&value),
            Err(_) => reader(&Input::Text(&String::from_utf8_lossy(bytes.as_ref()))).map(|form| form.name),
        }
    }

    /// Returns the form of parsed JSON; see [`FormName::of`].
    #[must_use]
    pub fn of_value(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        reader(&Input::Object(Cow::Borrowed(object))).map(|form| form.name)
    }
}

/// Implements the methods that write a form, with [`Form::write`].
macro_rules! written {
    ($form:ident) => {
        impl $form<'_> {
            /// Appends the JSON to a buffer, byte for byte as `Serialize` writes it.
            ///
            /// The parts that all errors of a code have in common were written when the registry was compiled, and are
            /// copied. Writing a bare error to a sufficiently large buffer does not allocate.
            pub fn write_to(&self, out: &mut Vec<u8>) {
                $crate::wire::form::Form::write(self, out);
            }

            /// Writes the JSON to a file or a connection, in a single call.
            ///
            /// # Errors
            /// Returns the error of the writer.
            pub fn write_io(&self, out: &mut impl ::std::io::Write) -> ::std::io::Result<()> {
                let mut bytes = Vec::new();
                self.write_to(&mut bytes);
                out.write_all(&bytes)
            }
        }

        impl ::std::fmt::Display for $form<'_> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut bytes = Vec::new();
                self.write_to(&mut bytes);
                f.write_str(::std::str::from_utf8(&bytes).map_err(|_| ::std::fmt::Error)?)
            }
        }
    };
}

pub(crate) use written;
