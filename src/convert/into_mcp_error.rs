use crate::McpError;

/// What turns an error of your own into an [`McpError`]: implement it, and `?` and `into()` do the rest.
///
/// It stands beside `From`, because a crate of yours cannot say how two types of other crates convert; the blanket
/// `From` takes every type that implements it. The codes of every registry implement it too.
///
/// With the feature `derive`, a derive macro of the same name writes it from attributes.
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
pub trait IntoMcpError {
    /// Turns the error into an [`McpError`].
    fn into_mcp_error(self) -> McpError;
}

impl<E: IntoMcpError> From<E> for McpError {
    fn from(error: E) -> Self {
        error.into_mcp_error()
    }
}
