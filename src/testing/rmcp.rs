//! Types of the Rust SDK as outcomes.

use std::any::Any;

use ::rmcp::model::{CallToolResponse, CallToolResult};
use ::rmcp::{ErrorData, ServiceError};

use crate::server::rmcp_3::{decode_error_data, decode_service_error, decode_tool_result};
use crate::testing::difference::shortened;
use crate::testing::outcome::{Found, Outcome};

impl Outcome for CallToolResult {
    fn found(&self) -> Found {
        match decode_tool_result(self) {
            Some(error) => Found::Error(error),
            None => Found::NoError(shortened(&serde_json::to_string(self).unwrap_or_else(|_| format!("{self:?}")))),
        }
    }
}

impl Outcome for CallToolResponse {
    fn found(&self) -> Found {
        match self {
            Self::Complete(result) => result.found(),
            unfinished => Found::NoError(shortened(&format!("{unfinished:?}"))),
        }
    }
}

impl Outcome for ErrorData {
    fn found(&self) -> Found {
        Found::Error(decode_error_data(self))
    }
}

/// A failure on this side, such as a timeout, is an error of the system `sdk`.
impl Outcome for ServiceError {
    fn found(&self) -> Found {
        match decode_service_error(self) {
            Some(error) => Found::Error(error),
            None => Found::Unreadable(format!("a failure on this side: {}", shortened(&self.to_string()))),
        }
    }
}

/// Reads an `Ok` value that may contain an error.
pub(super) fn success(value: &dyn Any) -> Option<Found> {
    let result = value.downcast_ref::<CallToolResult>().map(Outcome::found);
    result.or_else(|| value.downcast_ref::<CallToolResponse>().map(Outcome::found))
}
