//! `#[derive(IntoMcpError)]`, and the items that the generated code uses.

use std::fmt::Display;

use crate::{McpError, Record};

/// Implements the trait [`IntoMcpError`](trait@crate::IntoMcpError) for your own error type: each variant has a code, and its
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
/// | `#[mcp(code = "FS-001")]` | sets the code by its text, as in [`code!`](crate::code): `system:text` works, an unknown code does not compile, and a deprecated one causes a warning |
/// | `#[mcp(code = filesystem::FILE_NOT_FOUND)]` | sets the code by a constant, of any registry |
/// | `#[mcp(transparent)]` | uses the error that the only field converts to; the variant may also have a backtrace |
/// | `#[mcp(message)]` | uses the text that `Display` prints as the message; without it, the message is that of the code, and the text is internal context with the name `error` |
/// | `#[mcp(scenario = "DISK_FULL")]` | uses this scenario of the code, with the message of the scenario if it has one |
/// | `#[mcp(internal)]` | makes every field internal context |
///
/// Each variant has either a code or `transparent`. Fields fill the parameters of the code's message by name, in any
/// order. If a field fills a parameter, every parameter needs a field. It is a compile error if one is missing, or if a
/// field has nearly the name of a parameter without a field. Two details must not have names that differ only in case,
/// hyphens and underscores. If no field fills a parameter, the message is the title of the code.
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
/// | `#[mcp(transparent)]` | makes every variant without a code transparent |
/// | `#[mcp(registry = crate::codes)]` | looks up codes in your own registry, with the `code!` of the module that includes it |
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
/// With the feature `rmcp-3`, a `#[tool]` can return `Result<T, StoreError>`, which reaches the model like
/// `Result<T, McpError>`. Prompts and resources return `Result<T, ErrorData>`, and `?` converts the error there too:
/// the derive implements `From<StoreError> for ErrorData`. If you have your own implementation, write
/// `#[mcp(no_error_data)]`.
///
/// # Type parameters
/// The implementation has the bounds that fields with type parameters need: `Serialize`, `Display`, or a conversion into the source
/// or into an [`McpError`]. Other bounds are copied from the item.
pub use mcp_error_codes_derive::IntoMcpError;

/// A field of an author's error that is added to an [`McpError`].
#[derive(Debug)]
pub struct Field<T>(pub T);

impl<T> Field<Option<T>> {
    /// Adds the value if there is one. This method takes precedence over that of the trait, so it handles every
    /// `Option`, even under an alias.
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
    let of_scenario = error.brief_scenario().into_iter().flat_map(|case| case.params);
    let mut of_scenario = of_scenario.filter(|param| is_same_name(param.name, field));
    of_scenario.next().or_else(|| error.brief().param(field)).map_or(field, |param| param.name)
}

/// Returns the error as that of a scenario, if there is one.
pub fn of_scenario(error: McpError, scenario: Option<u16>) -> McpError {
    match scenario {
        Some(at) => error.__scenario(at),
        None => error,
    }
}

/// Finds the position of a scenario of a code, and checks that details fill the message. Generated code calls it in a constant, so
/// a mistake does not compile.
///
/// # Panics
/// Panics if the code has no such scenario, or if a parameter of the message has no detail although another parameter
/// has one or a detail has nearly its name.
#[must_use]
pub const fn scenario_of(record: &'static Record, scenario: Option<&str>, details: &[&str]) -> Option<u16> {
    let (position, message, params) = match scenario {
        None => (None, record.message, record.params),
        Some(name) => {
            let at = position_of(record, name);
            let case = &record.scenarios[at];
            match case.message {
                Some(message) => (Some(at as u16), Some(message), case.params),
                None => (Some(at as u16), record.message, record.params),
            }
        }
    };
    let mut filled = 0;
    let mut at = 0;
    while at < params.len() {
        if has_name(details, params[at].name) {
            filled += 1;
        }
        at += 1;
    }
    let mut at = 0;
    while at < params.len() {
        let near = nearest(details, params[at].name, params);
        if !has_name(details, params[at].name) && (filled > 0 || near.is_some()) {
            let start = match near {
                Some(near) => {
                    Sentence::new().with("the field `").with(near).with("` is not a parameter, and there is ")
                }
                None => Sentence::new(),
            };
            let text = start
                .with("no field for the parameter `")
                .with(params[at].name)
                .with("` of the message of ")
                .with(record.system.name)
                .with(":")
                .with(record.code)
                .with(": ")
                .with(match message {
                    Some(message) => message,
                    None => record.title,
                });
            panic!("{}", text.as_str());
        }
        at += 1;
    }
    position
}

const fn position_of(record: &'static Record, name: &str) -> usize {
    let mut at = 0;
    while at < record.scenarios.len() {
        if is_equal(record.scenarios[at].name.as_bytes(), name.as_bytes()) {
            return at;
        }
        at += 1;
    }
    let mut text = Sentence::new().with(record.system.name).with(":").with(record.code).with(" has no scenario `");
    text = text.with(name).with(if record.scenarios.is_empty() { "`" } else { "`; its scenarios are:" });
    let mut at = 0;
    while at < record.scenarios.len() {
        text = text.with(" ").with(record.scenarios[at].name);
        at += 1;
    }
    panic!("{}", text.as_str());
}

const fn has_name(names: &[&str], name: &str) -> bool {
    let mut at = 0;
    while at < names.len() {
        if is_same_name(names[at], name) {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns the detail with nearly this name, if it is not another parameter's.
const fn nearest<'d>(details: &[&'d str], name: &str, params: &[mcp_error_codes_core::Param]) -> Option<&'d str> {
    let mut at = 0;
    while at < details.len() {
        let mut is_param = false;
        let mut other = 0;
        while other < params.len() {
            is_param |= is_same_name(details[at], params[other].name);
            other += 1;
        }
        if !is_param && name.len() > 3 && is_near(details[at].as_bytes(), name.as_bytes()) {
            return Some(details[at]);
        }
        at += 1;
    }
    None
}

/// Returns whether a name is another one with an `s` appended.
const fn is_plural(longer: &[u8], shorter: &[u8]) -> bool {
    match longer {
        [start @ .., b's'] => is_equal(start, shorter),
        _ => false,
    }
}

/// Returns whether two names differ by one letter that is changed, added, dropped or swapped with its neighbour. A
/// singular and its plural count as different names.
const fn is_near(a: &[u8], b: &[u8]) -> bool {
    if is_plural(a, b) || is_plural(b, a) {
        return false;
    }
    let mut start = 0;
    while start < a.len() && start < b.len() && a[start].eq_ignore_ascii_case(&b[start]) {
        start += 1;
    }
    let mut end = 0;
    while end < a.len() - start && end < b.len() - start {
        if !a[a.len() - 1 - end].eq_ignore_ascii_case(&b[b.len() - 1 - end]) {
            break;
        }
        end += 1;
    }
    match (a.len() - start - end, b.len() - start - end) {
        (0 | 1, 0 | 1) => true,
        (2, 2) => a[start].eq_ignore_ascii_case(&b[start + 1]) && a[start + 1].eq_ignore_ascii_case(&b[start]),
        _ => false,
    }
}

const fn is_equal(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Returns whether two names differ only in case and in `-` and `_`.
const fn is_same_name(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        (a, b) = (trimmed(a), trimmed(b));
        match (a, b) {
            ([], []) => return true,
            ([first, rest_a @ ..], [second, rest_b @ ..]) if first.eq_ignore_ascii_case(second) => {
                (a, b) = (rest_a, rest_b);
            }
            _ => return false,
        }
    }
}

/// Returns a name without its leading separators.
const fn trimmed(mut name: &[u8]) -> &[u8] {
    while let [b'-' | b'_', rest @ ..] = name {
        name = rest;
    }
    name
}

/// A string that is built in a constant. Text beyond its capacity is dropped.
struct Sentence {
    bytes: [u8; Self::MAX],
    length: usize,
}

impl Sentence {
    const MAX: usize = 400;

    const fn new() -> Self {
        Self { bytes: [0; Self::MAX], length: 0 }
    }

    const fn with(mut self, text: &str) -> Self {
        // A part is added whole or not at all, so no character is cut in two.
        if self.length + text.len() <= Self::MAX {
            let mut at = 0;
            while at < text.len() {
                self.bytes[self.length] = text.as_bytes()[at];
                self.length += 1;
                at += 1;
            }
        }
        self
    }

    const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
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
