use std::error::Error;
use std::fmt::Display;

use crate::{McpError, RegistryCode, common};

/// Replaces the error of a `Result`, or the `None` of an `Option`, with an error that has a code.
///
/// The error of a `Result` becomes the source, for logs. The peer receives only the code. The error can have any type
/// that converts into `Box<dyn Error + Send + Sync>`: an error type, the errors of `anyhow` and `eyre`, a boxed error,
/// a `String` or a `&str`.
///
/// ```
/// use mcp_error_codes::{McpError, ResultExt, filesystem, scrum};
///
/// fn limit(text: &str) -> Result<u32, McpError> {
///     text.parse().or_code(scrum::INVALID_WIP_VALUE)
/// }
///
/// fn first(paths: &[String]) -> Result<&String, McpError> {
///     paths.first().or_error(|| filesystem::empty_array("paths"))
/// }
///
/// assert_eq!(limit("12").ok(), Some(12));
/// let error = limit("many").unwrap_err();
/// assert!(error.is(scrum::INVALID_WIP_VALUE) && std::error::Error::source(&error).is_some());
/// assert_eq!(first(&[]).unwrap_err().to_string(), "VAL-004: Array parameter cannot be empty: paths");
/// ```
///
/// ```
/// use mcp_error_codes::{McpError, ResultExt, common};
///
/// fn parse(text: &str) -> Result<u32, String> {
///     text.parse().map_err(|_| format!("no number in {text:?}"))
/// }
///
/// fn import(text: &str) -> anyhow::Result<u32> {
///     anyhow::Context::context(text.parse(), "line 1")
/// }
///
/// fn count(text: &str) -> Result<u32, McpError> {
///     Ok(parse(text).or_code(common::CORRUPT)? + import(text).or_code(common::CORRUPT)?)
/// }
///
/// let error = count("hunter2").unwrap_err();
/// assert!(!error.tool_result().to_string().contains("hunter2"));
/// assert!(format!("{error:?}").contains("no number in"));
/// ```
pub trait ResultExt<T>: Sized {
    /// Replaces a failure with the error that the function returns.
    ///
    /// # Errors
    /// Returns the error of `make`, with the failure as its source.
    fn or_error(self, make: impl FnOnce() -> McpError) -> Result<T, McpError>;

    /// Replaces a failure with the error of a code.
    ///
    /// # Errors
    /// Returns the error of the code, with the failure as its source.
    fn or_code(self, code: impl RegistryCode) -> Result<T, McpError> {
        self.or_error(|| McpError::new(code))
    }

    /// Replaces a failure with an error of the kind `misconfigured`: a setting of the program is missing or not valid.
    /// The hint asks the caller, who did nothing wrong, to tell the user.
    ///
    /// ```
    /// use mcp_error_codes::{Kind, McpError, ResultExt};
    ///
    /// fn port(text: &str) -> Result<u16, McpError> {
    ///     text.parse().or_misconfigured("PORT")
    /// }
    ///
    /// let error = port("many").unwrap_err();
    /// assert_eq!((error.kind(), &*error.message()), (Kind::Misconfigured, "the setting `PORT` is missing or not valid"));
    /// ```
    ///
    /// # Errors
    /// Returns an error with the code that the program prefers for `misconfigured`, or else with
    /// `COMMON-MISCONFIGURED`. The failure becomes its source.
    fn or_misconfigured(self, setting: impl Display) -> Result<T, McpError> {
        self.or_error(|| {
            let error = McpError::new(common::MISCONFIGURED);
            error.with_message(format!("the setting `{setting}` is missing or not valid")).in_own_code()
        })
    }
}

impl<T, E: Into<Box<dyn Error + Send + Sync>>> ResultExt<T> for Result<T, E> {
    fn or_error(self, make: impl FnOnce() -> McpError) -> Result<T, McpError> {
        self.map_err(|error| make().with_source(error))
    }
}

impl<T> ResultExt<T> for Option<T> {
    fn or_error(self, make: impl FnOnce() -> McpError) -> Result<T, McpError> {
        self.ok_or_else(make)
    }
}
