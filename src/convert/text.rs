//! Errors of parsing text and decoding bytes.

use std::char::ParseCharError;
use std::error::Error;
use std::fmt::Display;
use std::net::AddrParseError;
use std::num::{IntErrorKind, ParseFloatError, ParseIntError, TryFromIntError};
use std::str::{ParseBoolError, Utf8Error};
use std::string::FromUtf8Error;

use crate::convert::upstream;
use crate::{McpError, common, filesystem};

fn value(expected: &str, error: impl Error + Send + Sync + 'static) -> McpError {
    not_valid(expected).with_source(error)
}

/// Returns the error for an invalid value of unknown origin, so the text does not blame the caller.
pub(super) fn not_valid(wrong: impl Display) -> McpError {
    let code = filesystem::INVALID_PARAMETER_VALUE;
    upstream::advised(McpError::new(code).with_message(format!("a value is not valid: {wrong}")), code, Some(HINT))
}

const HINT: &str = "Correct the value and call again if you sent it; otherwise tell the user that a setting or a file of the tool is wrong.";

/// Converts the error to `VAL-003`. The message says what is wrong with the number. The error becomes the source. It
/// does not contain the parsed text, so the peer does not receive that text.
///
/// If [`setup`](crate::setup) or a registry added there prefers a code for the kind, that code is used instead.
///
/// The errors of parsing other values are converted the same way:
///
/// | error | message |
/// |---|---|
/// | `ParseIntError` | `expected an integer`, `expected a smaller integer`, `expected a larger integer`, `expected an integer other than 0` |
/// | `TryFromIntError` | `the integer is out of range` |
/// | `ParseFloatError` | `expected a number` |
/// | `ParseBoolError` | ``expected `true` or `false` `` |
/// | `ParseCharError` | `expected a character` |
/// | `AddrParseError` | `expected a network address` |
///
/// The message starts with `a value is not valid: `. The value may come from the caller or from the server, and the
/// hint fits both. For a setting, use [`or_misconfigured`](crate::ResultExt::or_misconfigured).
///
/// The errors do not contain the name of the parameter. Add it with
/// `McpError::from(error).with_detail("parameter", "limit")`.
///
/// ```
/// use mcp_error_codes::{McpError, filesystem};
///
/// fn limit(text: &str) -> Result<u8, McpError> {
///     Ok(text.parse()?)
/// }
///
/// let error = limit("256").err().ok_or("an error")?;
/// assert!(error.is(filesystem::INVALID_PARAMETER_VALUE));
/// assert_eq!(error.message(), "a value is not valid: expected a smaller integer");
/// # Ok::<(), &str>(())
/// ```
impl From<ParseIntError> for McpError {
    fn from(error: ParseIntError) -> Self {
        let expected = match error.kind() {
            IntErrorKind::PosOverflow => "expected a smaller integer",
            IntErrorKind::NegOverflow => "expected a larger integer",
            IntErrorKind::Zero => "expected an integer other than 0",
            _ => "expected an integer",
        };
        value(expected, error)
    }
}

/// Converts the error to `VAL-003`, as for `ParseIntError`.
impl From<TryFromIntError> for McpError {
    fn from(error: TryFromIntError) -> Self {
        value("the integer is out of range", error)
    }
}

/// Converts the error to `VAL-003`, as for `ParseIntError`.
impl From<ParseFloatError> for McpError {
    fn from(error: ParseFloatError) -> Self {
        value("expected a number", error)
    }
}

/// Converts the error to `VAL-003`, as for `ParseIntError`.
impl From<ParseBoolError> for McpError {
    fn from(error: ParseBoolError) -> Self {
        value("expected `true` or `false`", error)
    }
}

/// Converts the error to `VAL-003`, as for `ParseIntError`.
impl From<ParseCharError> for McpError {
    fn from(error: ParseCharError) -> Self {
        value("expected a character", error)
    }
}

/// Converts the error to `VAL-003`, as for `ParseIntError`.
impl From<AddrParseError> for McpError {
    fn from(error: AddrParseError) -> Self {
        value("expected a network address", error)
    }
}

/// Converts the error to `COMMON-CORRUPT`, as for a file that `std::fs::read_to_string` cannot read because it is not UTF-8.
/// (Arguments are JSON and therefore already UTF-8.) The detail `offset` is the number of valid bytes. The error becomes the source.
///
/// ```
/// use mcp_error_codes::{McpError, common};
///
/// fn text(bytes: &[u8]) -> Result<&str, McpError> {
///     Ok(std::str::from_utf8(bytes)?)
/// }
///
/// let error = text(b"na\xefve").err().ok_or("an error")?;
/// assert!(error.is(common::CORRUPT));
/// assert_eq!(error.message(), "not UTF-8");
/// assert_eq!(error.detail("offset"), Some(&2.into()));
/// # Ok::<(), &str>(())
/// ```
impl From<Utf8Error> for McpError {
    fn from(error: Utf8Error) -> Self {
        Self::new(common::CORRUPT)
            .with_message("not UTF-8")
            .with_detail("offset", error.valid_up_to())
            .in_own_code()
            .with_source(error)
    }
}

/// Converts the error to `COMMON-CORRUPT`, as for `Utf8Error`, which becomes the source. The bytes are dropped.
impl From<FromUtf8Error> for McpError {
    fn from(error: FromUtf8Error) -> Self {
        Self::from(error.utf8_error())
    }
}
