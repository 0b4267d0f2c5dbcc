use crate::{Code, Kind, McpError, common, filesystem, hyper_bun, orchestrator, scrum};

pub(super) fn from_status(status: u16) -> Option<McpError> {
    let kind = Kind::of_http_status(status)?;
    let error = McpError::new(code(kind))
        .with_message(format!("the upstream answered with status {status}"))
        .with_detail("upstreamStatus", status)
        .in_own_code()
        .on_tool_surface();
    Some(error)
}

/// Returns the code of a kind: the documented one that says more, else that of the system `common`.
const fn code(kind: Kind) -> Code {
    match kind {
        Kind::Unauthenticated => orchestrator::AUTHENTICATION_FAILED,
        Kind::NotFound => scrum::NOT_FOUND,
        Kind::Timeout => hyper_bun::TOOL_EXECUTION_TIMEOUT,
        Kind::Unavailable => hyper_bun::SERVER_UNAVAILABLE,
        Kind::RateLimited => filesystem::RATE_LIMIT_EXCEEDED,
        Kind::InvalidArgument => filesystem::INVALID_PARAMETER_VALUE,
        Kind::PermissionDenied => common::PERMISSION_DENIED,
        Kind::Unsupported => common::UNSUPPORTED,
        Kind::Misconfigured => common::MISCONFIGURED,
        Kind::Conflict => common::CONFLICT,
        Kind::Malformed => common::MALFORMED,
        Kind::FailedPrecondition => common::FAILED_PRECONDITION,
        Kind::TooLarge => common::TOO_LARGE,
        Kind::Cancelled => common::CANCELLED,
        Kind::Exhausted => common::EXHAUSTED,
        _ => common::UPSTREAM_FAILED,
    }
}
