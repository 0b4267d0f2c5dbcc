//! The forms of an error.

use std::time::SystemTime;

use mcp_error_codes::McpError;
use mcp_error_codes::wire::{Envelope, RecordObject, ScrumBody, ScrumConflict, StandardResponse, ToolResponse};

/// A way to write an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    RecordObject,
    JsonRpcError,
    JsonRpcResponse,
    ToolResult,
    ToolResponse,
    ToolText,
    Problem,
    StandardResponse,
    Envelope,
    ScrumBody,
    ScrumConflict,
    LogEntry,
    ExactLogEntry,
    LogLine,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 14] = [
        Self::RecordObject,
        Self::JsonRpcError,
        Self::JsonRpcResponse,
        Self::ToolResult,
        Self::ToolResponse,
        Self::ToolText,
        Self::Problem,
        Self::StandardResponse,
        Self::Envelope,
        Self::ScrumBody,
        Self::ScrumConflict,
        Self::LogEntry,
        Self::ExactLogEntry,
        Self::LogLine,
    ];

    /// Writes an error.
    pub fn write(self, error: &McpError) -> String {
        let time = SystemTime::UNIX_EPOCH;
        match self {
            Self::RecordObject => RecordObject::new(error).to_string(),
            Self::JsonRpcError => error.json_rpc_error().to_string(),
            Self::JsonRpcResponse => error.json_rpc_response(7).to_string(),
            Self::ToolResult => error.tool_result().to_string(),
            Self::ToolResponse => ToolResponse::new(7, error.tool_result()).to_string(),
            Self::ToolText => error.tool_text(),
            Self::Problem => error.problem().to_string(),
            Self::StandardResponse => StandardResponse::new(error).at(time).to_string(),
            Self::Envelope => Envelope::new(error).to_string(),
            Self::ScrumBody => ScrumBody::new(error).to_string(),
            Self::ScrumConflict => ScrumConflict::new(error).to_string(),
            Self::LogEntry => error.log_entry("Server", time).to_string(),
            Self::ExactLogEntry => error.log_entry("Server", time).exact().to_string(),
            Self::LogLine => error.log_line("Server", time).to_string(),
        }
    }

    /// Returns whether the form has the code of every error with its system, and the whole message.
    pub fn is_exact(self) -> bool {
        matches!(
            self,
            Self::RecordObject
                | Self::JsonRpcError
                | Self::JsonRpcResponse
                | Self::ToolResult
                | Self::ToolResponse
                | Self::Problem
        )
    }
}
