//! `#[derive(IntoMcpError)]`, and the items that the generated code uses.

use std::fmt::Display;

use crate::McpError;

/// Implements the trait [`IntoMcpError`](trait@crate::IntoMcpError) for an error of your own: each variant has a code, and its
/// fields become details.
///
/// Use it together with `thiserror`, whose attributes it reads as well, or with your own implementation of `Display`.
///
/// ```
/// use std::time::Duration;
/// use mcp_error_codes::{IntoMcpError, McpError, filesystem, hyper_bun};
///
/// # struct Handle;
/// # impl std::fmt::Debug for Handle {
/// #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("Handle") }
/// # }
/// #[derive(Debug, thiserror::Error, IntoMcpError)]
/// enum StoreError {
///     #[error("no note {path} in {query}")]
///     #[mcp(code = "FS-001")]
///     Missing {
///         path: String,
///         #[mcp(internal)]
///         query: String,
///         #[mcp(skip)]
///         handle: Handle,
///     },
///     #[error("too many notes")]
///     #[mcp(code = hyper_bun::SERVER_UNAVAILABLE)]
///     Busy {
///         #[mcp(retry_after)]
///         wait: Duration,
///     },
///     #[error(transparent)]
///     #[mcp(transparent)]
///     Io(#[from] std::io::Error),
/// }
///
/// fn read(path: &str) -> Result<String, McpError> {
///     Err(StoreError::Missing { path: path.to_owned(), query: "notes".to_owned(), handle: Handle })?
/// }
///
/// let error = read("a.txt").unwrap_err();
/// assert_eq!(error.to_string(), "FS-001: File not found: a.txt");
/// assert_eq!(error.detail("path"), Some(&"a.txt".into()));
/// assert_eq!(
///     error.internal().collect::<Vec<_>>(),
///     [("error", &"no note a.txt in notes".into()), ("query", &"notes".into())]
/// );
///
/// let busy = StoreError::Busy { wait: Duration::from_secs(5) }.into_mcp_error();
/// assert_eq!(busy.retry_after(), Some(Duration::from_secs(5)));
///
/// let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
/// assert!(StoreError::from(denied).into_mcp_error().is(filesystem::PERMISSION_DENIED));
/// ```
///
/// # Attributes of a variant, or of a struct
///
/// | attribute | what it does |
/// |---|---|
/// | `#[mcp(code = "FS-001")]` | sets the code by its text, as in [`code!`](crate::code): `system:text` works, an unknown text does not compile, and a deprecated one warns |
/// | `#[mcp(code = filesystem::FILE_NOT_FOUND)]` | sets the code by a constant, of any registry |
/// | `#[mcp(transparent)]` | uses the error that the only field converts to; a backtrace is allowed beside it |
/// | `#[mcp(message)]` | uses the text that `Display` prints as the message; without it, the message is that of the code, and the text is internal context with the name `error` |
/// | `#[mcp(internal)]` | makes every field internal context |
///
/// Each variant has either a code or `transparent`.
///
/// # Attributes of a field
///
/// | attribute | what the field becomes |
/// |---|---|
/// | none | a detail with the field's name. If the code's message has a parameter that differs only in case and underscores, the detail has the parameter's name: `task_ids` fills `{taskIds}` |
/// | `#[mcp(name = "taskIds")]` | a detail with exactly this name; required for an unnamed field |
/// | `#[mcp(display)]` | a detail with the text that `Display` prints, instead of the value that `Serialize` writes |
/// | `#[mcp(internal)]` | internal context, which never goes to the peer |
/// | `#[mcp(retry_after)]` | how long to wait before the next try: a `Duration` |
/// | `#[mcp(skip)]` | nothing |
/// | `#[source]`, `#[from]` | the source, which never goes to the peer |
///
/// `name`, `display` and `internal` can be combined. An `Option` that is `None` is left out.
///
/// As in `thiserror`, a field called `source` is the source unless another field has the attribute, and so is the only field of
/// `#[error(transparent)]`. An attribute of this derive on a field called `source` overrides that. A field of the type `Backtrace`
/// or with `#[backtrace]` is skipped unless it has an attribute of this derive.
///
/// Details and internal context are redacted as in [`with_detail`](McpError::with_detail).
///
/// ```
/// use std::net::Ipv4Addr;
/// use mcp_error_codes::{IntoMcpError, McpError};
///
/// #[derive(Debug, thiserror::Error, IntoMcpError)]
/// #[error("{host} sent {size} bytes")]
/// #[mcp(code = "SEC-011")]
/// struct TooLarge {
///     size: u64,
///     max_file_size: u64,
///     #[mcp(display, name = "from")]
///     host: Ipv4Addr,
///     reason: Option<String>,
/// }
///
/// let error = McpError::from(TooLarge { size: 9, max_file_size: 8, host: Ipv4Addr::LOCALHOST, reason: None });
/// assert_eq!(error.to_string(), "SEC-011: File size 9 exceeds maximum 8");
/// assert_eq!(
///     error.details().collect::<Vec<_>>(),
///     [("size", &9.into()), ("maxFileSize", &8.into()), ("from", &"127.0.0.1".into())]
/// );
/// ```
///
/// # Attributes of the enum, or of a struct
///
/// | attribute | what it does |
/// |---|---|
/// | `#[mcp(transparent)]` | makes every variant transparent that has no code |
/// | `#[mcp(registry = crate::codes)]` | looks up texts of codes in a registry of your own, with the `code!` of the module that includes it |
/// | `#[mcp(crate = path)]` | sets the path of this crate, if it is not `::mcp_error_codes` |
/// | `#[mcp(no_error_data)]` | leaves out `From<StoreError> for ErrorData`, if you write it yourself; see below |
///
/// ```
/// use mcp_error_codes::{IntoMcpError, McpError, common, filesystem};
///
/// #[derive(Debug, thiserror::Error, IntoMcpError)]
/// #[error(transparent)]
/// #[mcp(transparent)]
/// enum LoadError {
///     Io(#[from] std::io::Error),
///     Json(#[from] serde_json::Error),
///     #[error("the note is empty")]
///     #[mcp(code = common::CORRUPT)]
///     Empty,
/// }
///
/// fn load(path: &str) -> Result<serde_json::Value, LoadError> {
///     let text = std::fs::read_to_string(path)?;
///     if text.is_empty() { Err(LoadError::Empty) } else { Ok(serde_json::from_str(&text)?) }
/// }
///
/// let error = load("no such file").map_err(McpError::from).unwrap_err();
/// assert!(error.is(filesystem::FILE_NOT_FOUND));
/// assert!(McpError::from(LoadError::Empty).is(common::CORRUPT));
/// ```
///
/// # With the official Rust SDK
/// With the feature `rmcp-3`, a `#[tool]` can return `Result<T, StoreError>`, which arrives as `Result<T, McpError>` does. Prompts and
/// resources return `Result<T, ErrorData>`, and `?` converts the error there too: the derive implements
/// `From<StoreError> for ErrorData`. If you have an implementation of your own, write `#[mcp(no_error_data)]`.
///
/// # Type parameters
/// The implementation has the bounds that fields with type parameters need: `Serialize`, `Display`, or a conversion into the source
/// or into an [`McpError`]. Other bounds are copied from the item.
pub use mcp_error_codes_derive::IntoMcpError;

/// A field of an author's error that is added to an [`McpError`].
#[derive(Debug)]
pub struct Field<T>(pub T);

impl<T> Field<Option<T>> {
    /// Adds the value if there is one. This method takes precedence over that of the trait, so it handles every `Option`, under any
    /// name.
    pub fn add_to(self, error: McpError, add: impl FnOnce(McpError, T) -> McpError) -> McpError {
        match self.0 {
            Some(value) => add(error, value),
            None => error,
        }
    }
}

/// Adds a field that is not an `Option`.
pub trait AddField {
    /// The type of the field.
    type Value;

    /// Adds the field.
    fn add_to(self, error: McpError, add: impl FnOnce(McpError, Self::Value) -> McpError) -> McpError;
}

impl<T> AddField for Field<T> {
    type Value = T;

    fn add_to(self, error: McpError, add: impl FnOnce(McpError, T) -> McpError) -> McpError {
        add(error, self.0)
    }
}

/// Returns what `Display` prints.
#[must_use]
pub fn text(value: &impl Display) -> String {
    value.to_string()
}

/// Returns the name of a field's detail: that of the matching parameter, else the name of the field.
#[must_use]
pub fn detail_name(error: &McpError, field: &'static str) -> &'static str {
    error.record().param(field).map_or(field, |param| param.name)
}

/// Lets a tool of the official Rust SDK return an author's error.
#[cfg(feature = "rmcp-3")]
#[doc(hidden)]
#[macro_export]
macro_rules! __into_call_tool_result {
    ([$($parameters:tt)*] [$($type:tt)*] [$($bounds:tt)*]) => {
        #[automatically_derived]
        impl $($parameters)* $crate::__private::IntoCallToolResult for $($type)* $($bounds)* {
            fn into_call_tool_result(
                self,
            ) -> ::core::result::Result<$crate::__private::CallToolResponse, $crate::__private::ErrorData> {
                let error = $crate::IntoMcpError::into_mcp_error(self);
                $crate::__private::IntoCallToolResult::into_call_tool_result(error)
            }
        }
    };
}

/// Lets `?` convert an author's error in prompts and resources of the official Rust SDK.
#[cfg(feature = "rmcp-3")]
#[doc(hidden)]
#[macro_export]
macro_rules! __into_error_data {
    ([$($parameters:tt)*] [$($type:tt)*] [$($bounds:tt)*]) => {
        #[automatically_derived]
        impl $($parameters)* ::core::convert::From<$($type)*> for $crate::__private::ErrorData $($bounds)* {
            fn from(error: $($type)*) -> Self {
                ::core::convert::Into::into($crate::IntoMcpError::into_mcp_error(error))
            }
        }
    };
}

/// Does nothing without the feature `rmcp-3`.
#[cfg(not(feature = "rmcp-3"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __into_error_data {
    ($($ignored:tt)*) => {};
}

/// Does nothing without the feature `rmcp-3`.
#[cfg(not(feature = "rmcp-3"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __into_call_tool_result {
    ($($ignored:tt)*) => {};
}
