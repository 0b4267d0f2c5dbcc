//! `#[derive(IntoMcpError)]`, and what the code that it writes refers to.

use std::error::Error;
use std::fmt::Display;

use mcp_error_codes_core::{__spelling, Param};

use crate::McpError;

/// Writes the trait [`IntoMcpError`](trait@crate::IntoMcpError) for an error of your own: each variant is given a code, and its
/// fields become details.
///
/// It goes beside `thiserror`, whose attributes it reads too, or beside an implementation of `Display` by hand.
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
/// | `#[mcp(code = "FS-001")]` | names the code by its text, as [`code!`](crate::code) takes it: `system:text` works, an unknown text does not compile, a deprecated one warns |
/// | `#[mcp(code = filesystem::FILE_NOT_FOUND)]` | names the code by a constant, of any registry |
/// | `#[mcp(transparent)]` | takes the error that its only field turns into; there may be a backtrace beside it |
/// | `#[mcp(message)]` | makes the author's text, which `Display` prints, the message; without it, the message is the code's own, and the text is internal context of the name `error` |
/// | `#[mcp(internal)]` | makes every value internal context |
///
/// Each variant has either a code or `transparent`.
///
/// # Attributes of a field
///
/// | attribute | what the field becomes |
/// |---|---|
/// | none | a detail with the field's name. Where the code's message has a parameter that is spelt likewise, but for case and underscores, it has the parameter's name: `task_ids` fills `{taskIds}` |
/// | `#[mcp(name = "taskIds")]` | a detail with exactly this name; an unnamed field needs it |
/// | `#[mcp(display)]` | a detail with the text that `Display` prints, in the place of what `Serialize` gives |
/// | `#[mcp(internal)]` | internal context, which never goes to the peer |
/// | `#[mcp(retry_after)]` | how long to wait before the next try: a `Duration` |
/// | `#[mcp(skip)]` | nothing |
/// | `#[source]`, `#[from]` | the source, which never goes to the peer |
///
/// `name`, `display` and `internal` can stand together. Of an `Option`, `None` is left out.
///
/// As in `thiserror`, a field called `source` is the source unless another has the attribute, and the only field of
/// `#[error(transparent)]` is. An attribute of ours on a field called `source` says otherwise. A field of the type `Backtrace`,
/// or with `#[backtrace]`, is skipped unless an attribute says otherwise.
///
/// Details and internal context are redacted as [`with_detail`](McpError::with_detail) says.
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
/// | `#[mcp(registry = crate::codes)]` | takes the texts of codes from a registry of your own: from the `code!` of the module that includes it |
/// | `#[mcp(crate = path)]` | finds this crate under another path than `::mcp_error_codes` |
///
/// # With the official Rust SDK
/// With the feature `rmcp`, such an error is also what a `#[tool]` returns: `Result<T, StoreError>` arrives as
/// `Result<T, McpError>` does.
///
/// # Type parameters
/// A field whose type has a parameter in it gives the implementation the bound that it needs: `Serialize`, `Display`, or what turns
/// into the source or into an [`McpError`]. Other bounds come from the item.
pub use mcp_error_codes_derive::IntoMcpError;

/// What the source of an error is kept as.
pub type Source = Box<dyn Error + Send + Sync>;

/// A field of an author's error, on its way into an [`McpError`].
#[derive(Debug)]
pub struct Field<T>(pub T);

impl<T> Field<Option<T>> {
    /// Adds what is there. This function comes before that of the trait, so it takes every `Option`, whatever its name.
    pub fn add_to(self, error: McpError, add: impl FnOnce(McpError, T) -> McpError) -> McpError {
        match self.0 {
            Some(value) => add(error, value),
            None => error,
        }
    }
}

/// Adds a field that is no `Option`.
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

/// Returns the name of a field's detail: that of the parameter it means, else its own.
#[must_use]
pub fn detail_name(error: &McpError, field: &'static str) -> &'static str {
    let params = error.record().params;
    let is_spelt_likewise = |param: &&Param| __spelling(param.name).eq(__spelling(field));
    let exact = params.iter().find(|param| param.name == field);
    exact.or_else(|| params.iter().find(is_spelt_likewise)).map_or(field, |param| param.name)
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

/// Gives an author's error nothing more, without the feature `rmcp`.
#[cfg(not(feature = "rmcp-3"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __into_call_tool_result {
    ($($ignored:tt)*) => {};
}
