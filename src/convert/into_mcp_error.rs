use crate::McpError;

/// Converts your own error into an [`McpError`]. With an implementation, `?` and `into()` work.
///
/// A blanket `From` converts every type that implements this trait, so implement this trait and not `From`. The codes of every registry
/// implement it as well.
///
/// With the feature `derive`, a derive macro of the same name implements it from attributes.
///
/// ```
/// use mcp_error_codes::{IntoMcpError, McpError, filesystem};
///
/// enum StoreError {
///     Missing(String),
/// }
///
/// impl IntoMcpError for StoreError {
///     fn into_mcp_error(self) -> McpError {
///         match self {
///             Self::Missing(path) => filesystem::file_not_found(path),
///         }
///     }
/// }
///
/// fn open() -> Result<(), McpError> {
///     Err(StoreError::Missing("a.txt".into()))?
/// }
///
/// assert!(open().is_err_and(|error| error.is(filesystem::FILE_NOT_FOUND)));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not convert into an `McpError`",
    label = "write `.or_code(filesystem::FILE_NOT_FOUND)?`, derive `IntoMcpError` for the error, or enable the feature of its crate",
    note = "`or_code` and `or_error` are methods of `mcp_error_codes::ResultExt`",
    note = "for an error type of your own, write `#[derive(IntoMcpError)]` or implement the trait `IntoMcpError`",
    note = "errors of other crates convert with the feature of that crate, such as `reqwest-0_13`, `rusqlite` or `sqlx`"
)]
pub trait IntoMcpError {
    /// Converts the error.
    fn into_mcp_error(self) -> McpError;
}

impl<E: IntoMcpError> From<E> for McpError {
    fn from(error: E) -> Self {
        error.into_mcp_error()
    }
}
