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
