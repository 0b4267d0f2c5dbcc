use std::io;

use serde_json::Error;
use serde_json::error::Category;

use crate::{McpError, filesystem, hyper_bun};

/// Gives an error of `serde_json` the code that fits its category. The error itself is kept as the source, and its text, which
/// may repeat a value, does not reach a peer unless it is one of the parser's own.
///
/// | category | code | message |
/// |---|---|---|
/// | `Syntax`, `Eof` | `VAL-003` | `not JSON`, and what the parser says |
/// | `Data` | `VAL-003` | `JSON of another type than expected` |
/// | `Io` | that of the I/O error | |
/// | `Syntax` without a line: a value that cannot be written as JSON | `NX-MCP-001` | `errorType` is `serialization` |
///
/// The line and the column are details, where there are any: `from_value` knows none. JSON-RPC's -32700 is no match, as it
/// is about the message and not about what is in it.
///
/// For JSON that an argument holds or points at, `VAL-003` tells the caller what to change. For a file of the server's own,
/// `.map_err(std::io::Error::from)?` makes a read error of it, `FS-007`. To read arguments, `parse_arguments` of the feature
/// `rmcp` says which one is wrong and why.
///
/// ```
/// use mcp_error_codes::{McpError, filesystem};
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
/// assert!(file("[1, 2").is_err_and(|error| error.is(filesystem::READ_ERROR)));
/// # Ok::<(), &str>(())
/// ```
impl From<Error> for McpError {
    fn from(error: Error) -> Self {
        let made = match error.classify() {
            Category::Io => return Self::from(io::Error::from(error)),
            Category::Syntax if is_of_writing(&error) => {
                hyper_bun::tool_execution_failed().with_detail("errorType", "serialization")
            }
            // These texts are fixed, and none of them holds a part of the input.
            Category::Syntax | Category::Eof => filesystem::invalid_parameter_value(format_args!("not JSON: {error}")),
            Category::Data => filesystem::invalid_parameter_value("JSON of another type than expected"),
        };
        let placed = match error.line() {
            0 => made,
            line => made.with_detail("line", line).with_detail("column", error.column()),
        };
        placed.with_source(error)
    }
}

/// Tells whether a value could not be written. There is no category for it; but where a text was read there is a line,
/// and what `from_value` finds is data, save for a key that is no number.
fn is_of_writing(error: &Error) -> bool {
    error.line() == 0 && !error.to_string().starts_with("invalid value")
}
