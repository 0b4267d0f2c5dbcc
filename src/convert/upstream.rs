use std::fmt::Display;

use crate::{Code, Kind, McpError, common, filesystem, hyper_bun, orchestrator, scrum};

/// How a status is reported. `said` follows "the service behind this tool".
struct Answer {
    code: Code,
    said: &'static str,
    /// The hint, or `None` if the hint of the code suits a service behind a tool.
    hint: Option<&'static str>,
}

pub(super) fn from_status(status: u16) -> Option<McpError> {
    if (100..=399).contains(&status) {
        return None;
    }
    let Answer { code, said, hint } = answer(status);
    let error = McpError::new(code)
        .with_message(format!("the service behind this tool {said} (status {status})"))
        .with_detail("upstreamStatus", status);
    Some(advised(error, code, hint))
}

/// Returns the error for a service that cannot be reached.
pub(super) fn unreachable(reason: impl Display) -> McpError {
    let error = McpError::new(hyper_bun::SERVER_NOT_AVAILABLE)
        .with_message(format!("the service behind this tool cannot be reached: {reason}"))
        .with_detail("reason", reason.to_string());
    advised(error, hyper_bun::SERVER_NOT_AVAILABLE, Some(Kind::Unavailable.hint()))
}

/// Returns the error for a service whose connection broke during the request.
pub(super) fn broken(reason: impl Display) -> McpError {
    let error = McpError::new(hyper_bun::SERVER_NOT_AVAILABLE)
        .with_message(format!("the connection to the service behind this tool broke: {reason}"))
        .with_detail("reason", reason.to_string());
    advised(error, hyper_bun::SERVER_NOT_AVAILABLE, Some(BROKEN))
}

/// The hint for a connection that broke during the request.
pub(super) const BROKEN: &str =
    "Find out whether the request took effect, then wait and retry; tell the user if it still fails.";

/// Gives an error the program's own code or, if there is none, a suitable hint. A hint from a team's registry takes
/// precedence.
pub(super) fn advised(error: McpError, code: Code, hint: Option<&'static str>) -> McpError {
    let error = error.in_own_code().on_tool_surface();
    match hint.filter(|_| error.hint() == code.__brief().hint) {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// Returns how a status is reported. RFC 9110 lets a client treat an unknown 4xx as 400 and an unknown 5xx as 500.
const fn answer(status: u16) -> Answer {
    let (code, said, hint) = match status {
        401 => (
            orchestrator::AUTHENTICATION_FAILED,
            "did not accept the credentials",
            Some("Ask the user to renew the credentials for the service behind this tool, then call again."),
        ),
        402 => (
            common::PERMISSION_DENIED,
            "requires payment",
            Some("Do not repeat the request, and tell the user that the service behind this tool requires payment."),
        ),
        403 => (common::PERMISSION_DENIED, "refused the request", None),
        451 => (common::PERMISSION_DENIED, "refused the request for legal reasons", None),
        404 => (scrum::NOT_FOUND, "does not have what was requested", Some(NOT_FOUND)),
        410 => (scrum::NOT_FOUND, "no longer has what was requested", Some(NOT_FOUND)),
        405 | 406 | 415 | 417 | 426 | 501 | 505 | 510 => (common::UNSUPPORTED, "does not support the request", None),
        407 | 511 => (common::MISCONFIGURED, "cannot be reached without a login to the network or its proxy", None),
        421 | 506 | 508 | 525 | 526 => (common::MISCONFIGURED, "is not set up for the request", None),
        408 | 504 | 522 | 524 | 598 | 599 => {
            (hyper_bun::TOOL_EXECUTION_TIMEOUT, "did not answer in time", Some(Kind::Timeout.hint()))
        }
        409 => (common::CONFLICT, "reports a conflict with the current state", None),
        423 => (common::CONFLICT, "reports a lock", None),
        411 => (
            common::MALFORMED,
            "could not read the request",
            Some("Do not repeat the request, and report the failure to the user."),
        ),
        412 | 428 => (
            common::FAILED_PRECONDITION,
            "requires another state first",
            Some("Read the current state, take the missing step if you can, then repeat the request."),
        ),
        413 | 414 | 431 => (common::TOO_LARGE, "received more than it accepts at once", None),
        425 | 502 | 503 | 521 | 523 | 529 => {
            (hyper_bun::SERVER_UNAVAILABLE, "cannot serve the request at the moment", None)
        }
        429 | 509 => (
            filesystem::RATE_LIMIT_EXCEEDED,
            "received too many requests",
            Some("Wait as long as this text says, or a minute if it names no wait, then send fewer requests."),
        ),
        499 => (common::CANCELLED, "reports that the request was cancelled", None),
        507 => (
            common::EXHAUSTED,
            "has no space left",
            Some("Ask the user to free space in the service behind this tool or to raise its quota."),
        ),
        424 => (common::UPSTREAM_FAILED, "failed because another request failed", None),
        400..=499 => (
            filesystem::INVALID_PARAMETER_VALUE,
            "rejected the request as invalid",
            Some("Correct the arguments and call again; tell the user if the request is rejected again."),
        ),
        _ => (common::UPSTREAM_FAILED, "failed", None),
    };
    Answer { code, said, hint }
}

const NOT_FOUND: &str =
    "Check the names and ids in the arguments and list what exists; tell the user if it does not exist.";
