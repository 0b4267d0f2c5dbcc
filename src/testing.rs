//! Assertions on errors in tests: [`assert_mcp_error!`](crate::assert_mcp_error),
//! [`assert_no_mcp_error!`](crate::assert_no_mcp_error), and [`Walk`], which checks that a server returns every code it declares.
//!
//! ```
//! use mcp_error_codes::{McpError, assert_mcp_error, assert_no_mcp_error, filesystem};
//!
//! fn read(path: &str) -> Result<String, McpError> {
//!     match path {
//!         "a.txt" => Ok("hello".to_owned()),
//!         path => Err(filesystem::file_not_found(path)),
//!     }
//! }
//!
//! assert_mcp_error!(read("b.txt"), filesystem::FILE_NOT_FOUND);
//! assert_no_mcp_error!(read("a.txt"));
//! ```
//!
//! They accept an [`Outcome`]: an error, a result, a type of the Rust SDK, JSON, text or bytes. They borrow it, so you
//! can still use it afterwards. [`expect`] does the same without a macro, and can return the text of a failure.

mod difference;
mod expected;
mod outcome;
#[cfg(feature = "proptest-1")]
pub mod proptest_1;
mod result;
#[cfg(feature = "rmcp-3")]
mod rmcp;
mod set_up;
mod walk;

pub use self::expected::{Expected, expect, expect_no_error};
pub use self::outcome::{Found, Outcome};
pub use self::set_up::expect_set_up;
pub use self::walk::Walk;

/// Asserts that an [`Outcome`](crate::testing::Outcome) is the error of a code, and returns the error in an `Arc` for further checks.
///
/// After the code come the expected parts of the error, in any order: `message`, `retry_after` (a `Duration`),
/// `error_id` and `surface` by these names, and a detail by its own name, in quotes if it is not a word or is one of
/// these four. Other parts are not checked.
///
/// # Panics
/// Panics if the outcome is another error or not an error. The message compares the expected error with the actual one, part by part.
///
/// ```
/// use mcp_error_codes::{assert_mcp_error, filesystem};
///
/// let sent = filesystem::file_not_found("a.txt").with_detail("line 1", 7).tool_result().to_string();
/// let error = assert_mcp_error!(
///     sent,
///     filesystem::FILE_NOT_FOUND,
///     message = "File not found: a.txt",
///     path = "a.txt",
///     "line 1" = 7,
/// );
/// assert!(error.record().recoverable);
/// ```
///
/// The message of a failure:
///
/// ```
/// use mcp_error_codes::testing::expect;
/// use mcp_error_codes::filesystem;
///
/// let failure = expect(filesystem::DIRECTORY_NOT_FOUND).detail("path", "b").check(&filesystem::file_not_found("a"));
/// assert_eq!(failure.unwrap_err(), r#"not the expected error (- expected, + found)
/// - code          filesystem:FS-002 (Directory Not Found)
/// + code          filesystem:FS-001 (File Not Found)
///   message       "File not found: a"
/// - details.path  "b"
/// + details.path  "a"
///   surface       tool"#);
/// ```
#[macro_export]
macro_rules! assert_mcp_error {
    ($response:expr, $code:expr $(, $part:tt = $value:expr)* $(,)?) => {
        match (&$response, $crate::testing::expect($code)) {
            (response, expected) => {
                $(let expected = $crate::__expected_part!(expected, $part = $value);)*
                expected.assert(response)
            }
        }
    };
}

/// Asserts that an [`Outcome`](crate::testing::Outcome) is not an error.
///
/// # Panics
/// Panics with the error if the outcome is one, or if that is unknown because the call failed without an answer from
/// the peer or the bytes are not JSON.
///
/// ```
/// mcp_error_codes::assert_no_mcp_error!(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
/// ```
#[macro_export]
macro_rules! assert_no_mcp_error {
    ($response:expr $(,)?) => {
        $crate::testing::expect_no_error(&$response)
    };
}

/// Adds an expected part.
#[doc(hidden)]
#[macro_export]
macro_rules! __expected_part {
    ($expected:ident, message = $value:expr) => {
        $expected.message($value)
    };
    ($expected:ident, retry_after = $value:expr) => {
        $expected.retry_after($value)
    };
    ($expected:ident, error_id = $value:expr) => {
        $expected.error_id($value)
    };
    ($expected:ident, surface = $value:expr) => {
        $expected.surface($value)
    };
    ($expected:ident, $name:ident = $value:expr) => {
        $expected.detail(::core::stringify!($name), $value)
    };
    ($expected:ident, $name:literal = $value:expr) => {
        $expected.detail($name, $value)
    };
}
