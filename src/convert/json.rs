use std::io;

use serde_json::Error;
use serde_json::error::Category;

use crate::convert::text::not_valid;
use crate::{McpError, mcp};

/// Converts an error of `serde_json` to the code for its category. The error becomes the source. Its text may repeat a value, so it
/// does not reach a peer unless it is one of the parser's fixed messages.
///
/// | category | code | message |
/// |---|---|---|
/// | `Syntax`, `Eof` | `VAL-003` | `not JSON`, and the text of the parser |
/// | `Data` | `VAL-003` | `JSON of an unexpected type` |
/// | `Io` | that of the I/O error | |
/// | `Syntax` without a line: a value that cannot be written as JSON | `-32603` | `a value cannot be written as JSON` |
///
/// If [`setup`](crate::setup) or a registry added there prefers a code for the kind, that code is used instead.
///
/// The line and the column are details, except for an error of `from_value`, which has none. JSON-RPC's -32700 is not
/// used, because it is about the JSON-RPC message, not its content.
///
/// The messages start with `a value is not valid: `, and the hint also fits a value that the server itself provided.
/// For a file of the server, `.map_err(std::io::Error::from)?` returns `COMMON-CORRUPT`. To parse arguments, use
/// [`arguments::parse`](crate::arguments::parse), whose error names the location.
///
/// ```
/// use mcp_error_codes::{McpError, common, filesystem};
/// use serde_json::{Value, from_str};
///
/// fn argument(text: &str) -> Result<Value, McpError> {
///     Ok(from_str(text)?)
/// }
///
/// fn file(text: &str) -> Result<Value, McpError> {
///     Ok(from_str(text).map_err(std::io::Error::from)?)
/// }
///
/// let error = argument("[1, 2").err().ok_or("an error")?;
/// assert!(error.is(filesystem::INVALID_PARAMETER_VALUE));
/// assert_eq!(error.detail("column"), Some(&5.into()));
/// assert!(file("[1, 2").is_err_and(|error| error.is(common::CORRUPT)));
/// # Ok::<(), &str>(())
/// ```
impl From<Error> for McpError {
    fn from(error: Error) -> Self {
        let made = match error.classify() {
            Category::Io => return Self::from(io::Error::from(error)),
            Category::Syntax if is_of_writing(&error) => {
                Self::new(mcp::INTERNAL_ERROR).with_message("a value cannot be written as JSON").on_tool_surface()
            }
            // These messages are fixed and contain no part of the input.
            Category::Syntax | Category::Eof => not_valid(format_args!("not JSON: {error}")),
            Category::Data => not_valid("JSON of an unexpected type"),
        };
        let placed = match error.line() {
            0 => made,
            line => made.with_detail("line", line).with_detail("column", error.column()),
        };
        placed.in_own_code().with_source(error)
    }
}

/// Returns whether the error is about writing a value. `serde_json` has no category for it. A parse error has a line,
/// and an error of `from_value` has the category `Data`, except for a key that is not a number.
fn is_of_writing(error: &Error) -> bool {
    error.line() == 0 && !error.to_string().starts_with("invalid value")
}
