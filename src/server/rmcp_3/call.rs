use std::borrow::Cow;

use ::rmcp::model::{ErrorCode, ProtocolVersion, RequestId};
use ::rmcp::service::RequestContext;
use ::rmcp::{ErrorData, RoleServer};
use serde_json::Value;

use super::{error_data, number, record_object};
use crate::observe::names;
use crate::wire::RecordObject;
use crate::{McpError, Surface};

/// The parts of a request that the guard needs after it has passed the parameters to the handler.
pub(super) struct Call {
    method: String,
    pub(super) tool: Option<Cow<'static, str>>,
    id: RequestId,
    version: Option<ProtocolVersion>,
}

impl Call {
    pub(super) fn new(method: &str, context: &RequestContext<RoleServer>) -> Self {
        Self { method: method.to_owned(), tool: None, id: context.id.clone(), version: context.protocol_version() }
    }

    pub(super) fn of_tool(tool: Cow<'static, str>, context: &RequestContext<RoleServer>) -> Self {
        Self { tool: Some(tool), ..Self::new("tools/call", context) }
    }

    /// Adds the request as internal context, and the number if the error is sent as a JSON-RPC error.
    pub(super) fn add_context(&self, mut error: McpError, number: Option<ErrorCode>) -> McpError {
        error = error.with_internal(names::METHOD, &self.method);
        if let Some(tool) = &self.tool {
            error = error.with_internal(names::TOOL, tool);
        }
        error = error.with_internal(names::REQUEST_ID, self.id.to_string());
        if let Some(version) = &self.version {
            error = error.with_internal(names::PROTOCOL_VERSION, version.as_str());
        }
        if self.tool.is_some() {
            error = error.with_internal(names::OPERATION, names::EXECUTE_TOOL);
        }
        match number {
            Some(ErrorCode(number)) => {
                error.with_surface(Surface::Protocol).with_internal(names::STATUS_CODE, number.to_string())
            }
            None => error,
        }
    }

    /// Finds the error of this crate with which a request failed, and gives the data its number in the client's
    /// protocol version.
    ///
    /// # Errors
    /// Returns the same data if it does not come from this crate.
    pub(super) fn own_error(
        &self,
        mut data: ErrorData,
        kept: Vec<McpError>,
    ) -> Result<(McpError, ErrorData), ErrorData> {
        let Some(error) = data.data.as_ref().and_then(|object| own_error(object, kept)) else {
            return Err(data);
        };
        if data.code == number(error.json_rpc_number()) {
            data.code = self.number_of(&error);
        }
        Ok((error, data))
    }

    /// Completes the error of a panic.
    pub(super) fn panic_error(&self, mut error: McpError) -> (McpError, ErrorData) {
        if let Some(tool) = &self.tool {
            error = error.with_detail("toolName", tool);
        }
        let data = error_data(&error, self.number_of(&error));
        (error, data)
    }

    /// Returns the JSON-RPC number of an error in the client's protocol version.
    pub(super) fn number_of(&self, error: &McpError) -> ErrorCode {
        let version = self.version.as_ref().and_then(|version| version.as_str().parse().ok());
        number(version.map_or_else(|| error.json_rpc_number(), |version| error.json_rpc_number_in(version)))
    }
}

/// Returns the error for a record object in a response: the kept error with this object, or else one that is decoded
/// from it. Returns `None` if the object is not from this crate.
pub(super) fn own_error(object: &Value, kept: Vec<McpError>) -> Option<McpError> {
    let is_it = |error: &McpError| record_object(error).as_ref() == Some(object);
    if let Some(error) = kept.into_iter().rev().find(is_it) {
        return Some(error);
    }
    // The object does not contain the surface, so the default of the record applies.
    let error = RecordObject::decode(object)?;
    let record = error.brief();
    let names_it = *object.get("system")? == record.system.name && *object.get("code")? == record.code;
    names_it.then_some(error)
}
