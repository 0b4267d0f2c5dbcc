use crate::{Code, McpError, common, filesystem, hyper_bun, orchestrator, scrum};

pub(super) fn from_status(status: u16) -> Option<McpError> {
    if (100..=399).contains(&status) {
        return None;
    }
    let error = McpError::new(code(status))
        .with_message(format!("the upstream answered with status {status}"))
        .with_detail("upstreamStatus", status)
        .in_own_code()
        .on_tool_surface();
    Some(error)
}

/// Returns the code of a status. RFC 9110 lets a client read an unknown 4xx as 400 and an unknown 5xx as 500.
const fn code(status: u16) -> Code {
    match status {
        401 => orchestrator::AUTHENTICATION_FAILED,
        402 | 403 | 451 => common::PERMISSION_DENIED,
        404 | 410 => scrum::NOT_FOUND,
        405 | 406 | 415 | 417 | 426 | 501 | 505 | 510 => common::UNSUPPORTED,
        407 | 421 | 506 | 508 | 511 | 525 | 526 => common::MISCONFIGURED,
        408 | 504 | 522 | 524 | 598 | 599 => hyper_bun::TOOL_EXECUTION_TIMEOUT,
        409 | 423 => common::CONFLICT,
        411 => common::MALFORMED,
        412 | 428 => common::FAILED_PRECONDITION,
        413 | 414 | 431 => common::TOO_LARGE,
        425 | 502 | 503 | 521 | 523 | 529 => hyper_bun::SERVER_UNAVAILABLE,
        429 | 509 => filesystem::RATE_LIMIT_EXCEEDED,
        499 => common::CANCELLED,
        507 => common::EXHAUSTED,
        424 => common::UPSTREAM_FAILED,
        400..=499 => filesystem::INVALID_PARAMETER_VALUE,
        _ => common::UPSTREAM_FAILED,
    }
}
