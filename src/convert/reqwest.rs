//! Errors of `reqwest` 0.13.

use std::error::Error as StdError;
use std::io;

use ::reqwest::Error;

use crate::convert::upstream;
use crate::{Kind, McpError, common, hyper_bun, mcp};

/// Converts an error of a request to another service. The first matching row applies.
///
/// | `reqwest::Error` | kind | code |
/// |---|---|---|
/// | `is_builder` | `internal` | `-32603` |
/// | `is_connect` | `unavailable` | `NX-MCP-012` |
/// | `is_timeout` | `timeout` | `NX-MCP-002` |
/// | `is_status` | by the status | that of [`McpError::from_upstream_status`] |
/// | `is_body`, `is_request`, and `is_decode` if the connection broke in the middle of the body | `unavailable` | `NX-MCP-030` |
/// | `is_redirect`, `is_decode` | `upstream_failed` | `COMMON-UPSTREAM-FAILED` |
/// | `is_upgrade` | `unsupported` | `COMMON-UNSUPPORTED` |
/// | any other | `operation_failed` | `NX-MCP-001` |
///
/// A timeout while connecting is a failure to connect: nothing was sent, so a retry is safe. After any other timeout,
/// it is not known whether the request took effect.
///
/// If [`setup`](crate::setup) or a registry added there prefers a code for the kind, that code is used instead.
///
/// The URL of the request may contain a key, so neither the peer nor the log receives it. The host is internal context, and the error
/// without its URL becomes the source. The surface is the tool result. `error_for_status` drops the headers of the response: if the
/// service sends `Retry-After`, check the status with [`McpError::from_upstream_status`] and pass the header on.
///
/// ```
/// use mcp_error_codes::{McpError, hyper_bun};
///
/// async fn weather(address: &str) -> Result<String, McpError> {
///     Ok(reqwest::get(address).await?.error_for_status()?.text().await?)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), &'static str> {
/// // Nothing listens on port 1.
/// let error = weather("http://127.0.0.1:1/?key=hunter2").await.err().ok_or("an error")?;
/// assert!(error.is(hyper_bun::SERVER_NOT_AVAILABLE));
/// assert_eq!(error.message(), "the service behind this tool cannot be reached");
/// assert!(!format!("{error:?}").contains("hunter2"));
/// # Ok(())
/// # }
/// ```
impl From<Error> for McpError {
    fn from(error: Error) -> Self {
        let host = error.url().and_then(|url| url.host_str()).map(str::to_owned);
        let error = error.without_url();
        let made = match by_status(&error) {
            Some(made) => made,
            None => {
                let (code, message, hint) = meaning(&error);
                upstream::advised(Self::new(code).with_message(message), code, hint)
            }
        };
        let made = match host {
            Some(host) => made.with_internal("host", host),
            None => made,
        };
        made.with_source(error)
    }
}

fn by_status(error: &Error) -> Option<McpError> {
    McpError::from_upstream_status(error.status()?.as_u16())
}

fn meaning(error: &Error) -> (crate::Code, &'static str, Option<&'static str>) {
    if error.is_builder() {
        (mcp::INTERNAL_ERROR, "the request to the service behind this tool is not valid", None)
    } else if error.is_connect() {
        (
            hyper_bun::SERVER_NOT_AVAILABLE,
            "the service behind this tool cannot be reached",
            Some(Kind::Unavailable.hint()),
        )
    } else if error.is_timeout() {
        (
            hyper_bun::TOOL_EXECUTION_TIMEOUT,
            "the service behind this tool did not answer in time",
            Some(Kind::Timeout.hint()),
        )
    } else if is_broken(error) {
        (hyper_bun::SERVER_UNAVAILABLE, "the connection to the service behind this tool broke", Some(upstream::BROKEN))
    } else if error.is_redirect() {
        (common::UPSTREAM_FAILED, "the service behind this tool redirects in a way that cannot be followed", None)
    } else if error.is_decode() {
        (common::UPSTREAM_FAILED, "the response of the service behind this tool cannot be read", None)
    } else if error.is_upgrade() {
        (common::UNSUPPORTED, "the service behind this tool does not support the protocol", None)
    } else {
        (hyper_bun::TOOL_EXECUTION_FAILED, "the request to the service behind this tool failed", None)
    }
}

/// Returns whether the connection broke. If it breaks in the middle of a body, reqwest reports a body that cannot be
/// decoded, but its source is that of the connection, and not an error of JSON or of a decompressor.
fn is_broken(error: &Error) -> bool {
    let is_of_content =
        |source: &(dyn StdError + 'static)| source.is::<serde_json::Error>() || source.is::<io::Error>();
    let is_cut_off = || error.is_decode() && error.source().is_some_and(|source| !is_of_content(source));
    error.is_body() || error.is_request() || is_cut_off()
}
