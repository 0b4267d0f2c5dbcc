use crate::{McpError, Surface, filesystem, hyper_bun, orchestrator, scrum, super_mcp};

impl McpError {
    /// Makes the error of what another service answered over HTTP, from the status; none for 100 to 399, which are no failures.
    ///
    /// | status | code | retry |
    /// |---|---|---|
    /// | 400, 413, 422 | `VAL-003` | after a change |
    /// | 401 | `C002` | after a new authentication |
    /// | 404, 410 | `NOT_FOUND` | after a change |
    /// | 408, 502, 503, 504 | `NX-MCP-030` | after a delay |
    /// | 409 | `CONFLICT` | after a change |
    /// | 429 | `SEC-010` | after a delay |
    /// | 403, any other from 400 to 599, and what is no HTTP status | `-32007` of `super-mcp` | after a change |
    ///
    /// The detail `upstreamStatus` holds the status, and the message names it. The surface is the tool result: what an
    /// upstream refuses, the model has to know. A body may hold anything, so it belongs in the internal context; a
    /// `Retry-After` header, in [`with_retry_after_header`](Self::with_retry_after_header).
    ///
    /// ```
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// fn body(status: u16, retry_after: Option<&str>, body: String) -> Result<String, McpError> {
    ///     match McpError::from_upstream_status(status) {
    ///         Some(error) => Err(error.with_retry_after_header(retry_after.unwrap_or_default()).with_internal("body", body)),
    ///         None => Ok(body),
    ///     }
    /// }
    ///
    /// assert_eq!(body(200, None, "fine".into()).ok().as_deref(), Some("fine"));
    /// let error = body(503, Some("120"), "db-7 is down".into()).err().ok_or("an error")?;
    /// assert!(error.is(hyper_bun::SERVER_UNAVAILABLE));
    /// assert_eq!(error.message(), "the upstream answered with status 503");
    /// assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(120));
    /// assert!(!error.tool_result().to_string().contains("db-7"));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn from_upstream_status(status: u16) -> Option<Self> {
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
        let error = Self::new(code)
            .with_message(format!("the upstream answered with status {status}"))
            .with_detail("upstreamStatus", status)
            .with_surface(Surface::Tool);
        Some(error)
    }
}
