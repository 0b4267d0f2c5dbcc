use ::rmcp::model::CallToolResult;
use ::rmcp::{ErrorData, ServiceError};

use crate::wire::Decoder;
use crate::{McpError, sdk};

/// Returns the error of a tool call, from either surface.
///
/// Returns `None` for a success. See [`decode_tool_result`] and [`decode_service_error`] for what is read, and for
/// failures on the client's own side.
///
/// ```
/// use mcp_error_codes::{filesystem, rmcp_3::{decode_call, tool_result}};
/// use rmcp::ServiceError;
///
/// let sent = filesystem::file_not_found("a.txt");
/// let on_the_tool_surface = Ok(tool_result(&sent));
/// let on_the_protocol_surface = Err(ServiceError::McpError(sent.into()));
/// for outcome in [on_the_tool_surface, on_the_protocol_surface] {
///     assert!(decode_call(&outcome).is_some_and(|error| error.is(filesystem::FILE_NOT_FOUND)));
/// }
/// ```
#[must_use]
#[inline]
pub fn decode_call(outcome: &Result<CallToolResult, ServiceError>) -> Option<McpError> {
    match outcome {
        Ok(result) => decode_tool_result(result),
        Err(error) => decode_service_error(error),
    }
}

/// Returns the error of a tool result: from the record object in `_meta`, else from the text `CODE: message`.
///
/// Any other text of a failed call becomes the message of an error with the record `UNKNOWN`. Returns `None` for a
/// success, whatever its text says. A result without `isError` counts as a failure if its text is a SCRUM claim
/// conflict.
///
/// ```
/// use mcp_error_codes::rmcp_3::decode_tool_result;
/// use rmcp::model::{CallToolResult, ContentBlock};
///
/// let foreign = CallToolResult::error(vec![ContentBlock::text("the printer is out of paper")]);
/// assert!(decode_tool_result(&foreign).is_some_and(|error| error.message() == "the printer is out of paper"));
///
/// let success = CallToolResult::success(vec![ContentBlock::text("FS-001: File not found: a.txt")]);
/// assert!(decode_tool_result(&success).is_none());
/// ```
#[must_use]
#[inline]
pub fn decode_tool_result(result: &CallToolResult) -> Option<McpError> {
    // Avoids a copy of every success.
    if result.is_error == Some(false) {
        return None;
    }
    Decoder::new().decode_value(serde_json::to_value(result).ok()?).ok()
}

/// Returns the error of a request that failed.
///
/// If the peer answered with an error, it is that error. A failure that the SDK reports itself, such as a timeout or a
/// closed transport, becomes the matching code of the system `sdk`. Its surface is [`Local`](crate::Surface::Local),
/// because the peer sent nothing. The SDK's client also rejects some requests with a bare -32601, which looks exactly
/// like an answer from the peer.
///
/// Returns `None` for a failure that this version of the crate does not know.
///
/// ```
/// use std::time::Duration;
/// use mcp_error_codes::{Surface, mcp, rmcp_3::decode_service_error, sdk};
/// use rmcp::{ErrorData, ServiceError};
///
/// let answer = ServiceError::McpError(ErrorData::invalid_request("no", None));
/// assert!(decode_service_error(&answer).is_some_and(|error| error.is(mcp::INVALID_REQUEST)));
///
/// let timeout = ServiceError::Timeout { timeout: Duration::from_secs(60) };
/// let error = decode_service_error(&timeout).ok_or("an unknown failure")?;
/// assert!(error.is(sdk::REQUEST_TIMEOUT));
/// assert_eq!(error.surface(), Surface::Local);
/// # Ok::<(), &str>(())
/// ```
#[must_use]
#[inline]
pub fn decode_service_error(error: &ServiceError) -> Option<McpError> {
    let code = match error {
        ServiceError::McpError(data) => return Some(decode_error_data(data)),
        ServiceError::TransportSend(_) => sdk::SEND_FAILED,
        ServiceError::TransportClosed => sdk::CONNECTION_CLOSED,
        ServiceError::UnexpectedResponse => sdk::INVALID_RESULT,
        ServiceError::SubscriptionLagged { .. } => sdk::SUBSCRIPTION_LOST,
        ServiceError::Cancelled { .. } => sdk::CANCELLED_BY_CLIENT,
        ServiceError::Timeout { .. } => sdk::REQUEST_TIMEOUT,
        ServiceError::InputRequiredRoundsExceeded { .. } => sdk::INPUT_REQUIRED_ROUNDS_EXCEEDED,
        // The SDK may add variants.
        _ => return None,
    };
    Some(McpError::new(code).with_message(error.to_string()))
}

/// Returns the error of an [`ErrorData`]: from the record object in its data, else from its number if the specification
/// defines that.
///
/// ```
/// use mcp_error_codes::{filesystem, rmcp_3::decode_error_data};
/// use rmcp::{ErrorData, model::ErrorCode};
///
/// let data = ErrorData::from(filesystem::file_not_found("a.txt"));
/// assert!(decode_error_data(&data).is(filesystem::FILE_NOT_FOUND));
///
/// let bare = ErrorData::new(ErrorCode(1_234), "the number may be any server's", None);
/// assert_eq!(decode_error_data(&bare).record().code, "UNKNOWN");
/// ```
#[inline]
pub fn decode_error_data(data: &ErrorData) -> McpError {
    Decoder::new().decode_json_rpc(data.code.0.into(), data.message.as_ref(), data.data.clone())
}
