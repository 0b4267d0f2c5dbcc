use std::fmt;
use std::time::SystemTime;

use mcp_error_codes_core::OneLine;

use crate::McpError;
use crate::error::Received;
use crate::wire::form::Form;
use crate::wire::input::Input;
use crate::wire::limits::MAX_DETAILS;
use crate::wire::log_context::{Name, OnOneLine, context, joined};
use crate::wire::logged_error::{LoggedError, MESSAGE, is_exact};
use crate::wire::read::received;
use crate::wire::reader::Reader;
use crate::wire::timestamp::Timestamp;

/// A log entry, in the format of the Hyper-Bun reference:
///
/// ```text
/// 2025-01-15 14:23:45.123 | ERROR | NX-MCP-001 | MCPServer | Tool execution failed
///   toolName: checksum
///   errorId: 7f3a
/// ```
///
/// The first line contains the time (UTC, to the millisecond), the level (the severity of the code), the code (`system:code`
/// if the bare code means another system's), the module, and the message. The lines below it contain the details, the error
/// id, the internal context, and the sources (`cause`), each indented by two spaces. A log is for operators: an entry
/// contains what no peer receives.
///
/// Every character that could end a line is escaped, so no value can forge an entry. A string is written without quotes.
/// Any other value is written as JSON, and so is a string that would be read back as something else: `"42"`, or
/// `"two\nlines"`. A colon in a name is escaped, and so is the first letter of a name that is `errorId` or `cause`. A
/// bar in the module becomes a space. [`LoggedError`] reads an entry.
///
/// `Display` prints the entry, without a final line end.
#[derive(Debug, Clone, Copy)]
pub struct LogEntry<'a> {
    error: &'a McpError,
    module: &'a str,
    time: SystemTime,
    is_exact: bool,
}

impl<'a> LogEntry<'a> {
    #[inline]
    pub(crate) const fn new(error: &'a McpError, module: &'a str, time: SystemTime) -> Self {
        Self { error, module, time, is_exact: false }
    }

    /// Repeats a message that does not fit on one line as JSON, on the first line below, so that it is read back
    /// unchanged.
    ///
    /// ```
    /// use std::time::SystemTime;
    /// use mcp_error_codes::{McpError, decode, filesystem};
    ///
    /// let error = McpError::new(filesystem::DISK_FULL).with_message("two\nlines");
    /// let entry = error.log_entry("files", SystemTime::UNIX_EPOCH).exact().to_string();
    /// assert!(entry.ends_with("two\\nlines\n  message: \"two\\nlines\""), "{entry}");
    /// assert_eq!(decode(entry)?.message(), "two\nlines");
    /// # Ok::<(), mcp_error_codes::wire::DecodeError>(())
    /// ```
    #[must_use]
    #[inline]
    pub const fn exact(mut self) -> Self {
        self.is_exact = true;
        self
    }
}

impl Form for LogEntry<'_> {
    #[inline]
    fn is(input: &Input<'_>) -> bool {
        matches!(input, Input::Text(text) if LoggedError::read(text).is_some())
    }

    /// Converts the entry to an error. Its context is meant for operators, so it stays internal.
    #[inline]
    fn read(input: Input<'_>, reader: Reader<'_>) -> McpError {
        let entry = match input {
            Input::Text(text) => LoggedError::read(text).unwrap_or_default(),
            Input::Object(_) => LoggedError::default(),
        };
        let record = reader.lookup(entry.code);
        let code = record.is_none().then(|| entry.code.to_owned());
        let mut error = received(record, entry.message, Received { code, ..Received::default() });
        if let Some(id) = entry.error_id {
            error = error.with_error_id(id);
        }
        for (name, value) in joined(entry.context).take(MAX_DETAILS) {
            error = error.with_internal(name, value);
        }
        error
    }

    #[inline]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.to_string().as_bytes());
    }
}

impl fmt::Display for LogEntry<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = &*self.error.as_sent();
        let time = Timestamp(self.time).to_string().replace('T', " ");
        let module = self.module.replace('|', " ");
        write!(f, "{} | {} | ", time.trim_end_matches('Z'), error.brief().severity)?;
        let exact = error.message();
        let message = OneLine(&exact).to_string();
        write!(f, "{} | {} | {message}", OneLine(&error.code_text()), OneLine(&module))?;
        let mut lines = context(error).peekable();
        // The exact message then comes first, before a detail of this name that could be mistaken for it.
        let is_mistaken = lines.peek().is_some_and(|(name, value)| {
            *name == Name::Given(MESSAGE) && value.as_str().is_some_and(|text| is_exact(text, &message))
        });
        if self.is_exact && (message != exact || is_mistaken) {
            write!(f, "\n  {MESSAGE}: {}", OnOneLine(&exact.into_owned().into()))?;
        }
        lines.try_for_each(|(name, value)| write!(f, "\n  {name}: {}", OnOneLine(&value)))
    }
}
