use std::time::Duration;

use crate::{McpError, Surface, filesystem, hyper_bun, orchestrator, scrum, super_mcp};

pub(super) fn from_status(status: u16) -> Option<McpError> {
    let code = match status {
        100..=399 => return None,
        400 | 413 | 422 => filesystem::INVALID_PARAMETER_VALUE,
        401 => orchestrator::AUTHENTICATION_FAILED,
        404 | 410 => scrum::NOT_FOUND,
        408 | 502..=504 => hyper_bun::SERVER_UNAVAILABLE,
        409 => scrum::CONFLICT,
        429 => filesystem::RATE_LIMIT_EXCEEDED,
        _ => super_mcp::DOWNSTREAM_ERROR,
    };
    let error = McpError::new(code)
        .with_message(format!("the upstream answered with status {status}"))
        .with_detail("upstreamStatus", status)
        .with_surface(Surface::Tool);
    Some(error)
}

impl McpError {
    /// Sets how long to wait from the text of a `Retry-After` header in seconds (RFC 9110, section 10.2.3), as
    /// [`with_retry_after`](Self::with_retry_after) does.
    ///
    /// Any other text changes nothing, a date included.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mcp_error_codes::{McpError, filesystem};
    ///
    /// let limited = McpError::new(filesystem::RATE_LIMIT_EXCEEDED);
    /// assert_eq!(limited.clone().with_retry_after_header("30").retry_after(), Some(Duration::from_secs(30)));
    /// assert_eq!(limited.with_retry_after_header("soon").retry_after(), None);
    /// ```
    pub fn with_retry_after_header(self, text: &str) -> Self {
        let text = text.trim();
        // `parse` takes a sign too, and a header has none.
        let seconds = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        match seconds {
            Some(seconds) => self.with_retry_after(Duration::from_secs(seconds)),
            None => self,
        }
    }
}
