//! The decisions of the guard. Nothing here depends on the type of the server, so a program contains this code only once.

use std::any::Any;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ::rmcp::ErrorData;
use ::rmcp::model::{CallToolResponse, CallToolResult, ErrorCode};
use serde_json::Value;

use super::call::{Call, own_error};
use super::watch::{Answer, Watched, boxed, keep, watch};
use super::{error_data, refusal, tool_result};
use crate::wire::META_KEY;
use crate::{McpError, Surface, hyper_bun};

/// The maximum number of tools in `availableTools`.
const MAX_TOOLS: usize = 50;

/// The maximum number of tools in the message.
const MAX_NAMED: usize = 10;

/// The options of a guarded server.
#[derive(Clone)]
pub(super) struct Rules {
    pub(super) unknown_tool_number: i32,
    pub(super) unknown_tool_surface: Surface,
    pub(super) before_answer: Option<Arc<BeforeAnswer>>,
    pub(super) on_error: Option<Arc<OnError>>,
}

pub(super) type BeforeAnswer = dyn Fn(McpError) -> McpError + Send + Sync;

pub(super) type OnError = dyn Fn(&mut McpError) + Send + Sync;

/// How a request failed.
pub(super) enum Failure {
    /// The handler returned a JSON-RPC error.
    Data(ErrorData),
    /// The handler panicked with this payload.
    Panic(Box<dyn Any + Send>),
}

/// The answer to a tool call.
pub(super) enum ToolAnswer {
    Final(Result<CallToolResponse, ErrorData>),
    /// The error may mean that the tool does not exist.
    MaybeUnknown(ErrorData),
}

impl Rules {
    /// Runs a request that is not a tool call. A failure is answered with a JSON-RPC error.
    pub(super) fn guard<'a, T: 'a>(&'a self, call: Call, request: Answer<'a, T>) -> Answer<'a, T> {
        boxed(async move {
            let Watched { outcome, kept } = watch(request).await;
            let failure = match outcome {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(data)) => Failure::Data(data),
                Err(payload) => Failure::Panic(payload),
            };
            Err(self.answer_failure(&call, failure, kept))
        })
    }

    /// Runs a tool call. A failure is answered on the surface of the error. `others` returns the names of all tools
    /// unless the tool is one of them, and runs only if the tool may be unknown.
    pub(super) fn guard_tool<'a>(
        &'a self,
        call: Call,
        request: Answer<'a, CallToolResponse>,
        others: Answer<'a, Option<Vec<Cow<'static, str>>>>,
    ) -> Answer<'a, CallToolResponse> {
        boxed(async move {
            match self.answer_tool(&call, watch(request).await) {
                ToolAnswer::Final(answer) => answer,
                // A server may panic here too.
                ToolAnswer::MaybeUnknown(data) => match watch(others).await.outcome {
                    Ok(Ok(Some(names))) => self.answer_unknown(&call, names, data),
                    _ => Err(data),
                },
            }
        })
    }

    /// Answers a request that failed and is not a tool call.
    pub(super) fn answer_failure(&self, call: &Call, failure: Failure, kept: Vec<McpError>) -> ErrorData {
        match of_failure(call, failure, kept) {
            Ok((error, data)) => {
                let (error, data) = self.changed(call, error, data);
                self.report(call, error, Some(data.code));
                data
            }
            Err(foreign) => foreign,
        }
    }

    /// Answers a tool call.
    pub(super) fn answer_tool(&self, call: &Call, watched: Watched<Result<CallToolResponse, ErrorData>>) -> ToolAnswer {
        let Watched { outcome, kept } = watched;
        let failure = match outcome {
            Ok(Ok(answer)) => return ToolAnswer::Final(self.answer_result(call, answer, kept)),
            Ok(Err(data)) => Failure::Data(data),
            Err(payload) => Failure::Panic(payload),
        };
        match of_failure(call, failure, kept) {
            Ok((error, data)) => ToolAnswer::Final(self.answer_error(call, error, data)),
            Err(foreign) if foreign.code == ErrorCode::INVALID_PARAMS && foreign.data.is_none() => {
                ToolAnswer::MaybeUnknown(foreign)
            }
            Err(foreign) => ToolAnswer::Final(Err(foreign)),
        }
    }

    /// Answers a call to a tool that is not in the list. What the handler said stays in the log, because a tool that the
    /// server does not list may have failed.
    pub(super) fn answer_unknown(
        &self,
        call: &Call,
        mut names: Vec<Cow<'static, str>>,
        said: ErrorData,
    ) -> Result<CallToolResponse, ErrorData> {
        let mut message = format!("Unknown tool: {}", call.tool.as_deref().unwrap_or_default());
        if !names.is_empty() {
            message.push_str(". Tools of this server: ");
            message.push_str(&names[..names.len().min(MAX_NAMED)].join(", "));
            if let Some(more @ 1..) = names.len().checked_sub(MAX_NAMED) {
                message.push_str(&format!(" and {more} more"));
            }
        }
        names.truncate(MAX_TOOLS);
        let error = hyper_bun::tool_not_found()
            .with_message(message)
            .with_detail("requestedTool", &call.tool)
            .with_detail("availableTools", names)
            .in_own_code()
            .with_surface(self.unknown_tool_surface)
            .with_source(said);
        let data = error_data(&error, ErrorCode(self.unknown_tool_number));
        self.answer_error(call, error, data)
    }

    /// Answers a tool call with the handler's result, unless the SDK rejected its arguments.
    fn answer_result(
        &self,
        call: &Call,
        answer: CallToolResponse,
        kept: Vec<McpError>,
    ) -> Result<CallToolResponse, ErrorData> {
        if let CallToolResponse::Complete(result) = &answer {
            if let Some(error) = refusal::of_result(result) {
                let data = error_data(&error, ErrorCode::INVALID_PARAMS);
                return self.answer_error(call, error, data);
            }
            if let Some(error) = record_of(result).and_then(|object| own_error(object, kept)) {
                if self.before_answer.is_some() {
                    let data = error_data(&error, call.number_of(&error));
                    return self.answer_error(call, error.with_surface(Surface::Tool), data);
                }
                self.report(call, error.with_surface(Surface::Tool), None);
            }
        }
        Ok(answer)
    }

    /// Answers a tool call with an error, on the surface of the error.
    fn answer_error(&self, call: &Call, error: McpError, data: ErrorData) -> Result<CallToolResponse, ErrorData> {
        let (error, data) = self.changed(call, error, data);
        if error.as_sent().surface() != Surface::Tool {
            self.report(call, error, Some(data.code));
            return Err(data);
        }
        let result = tool_result(&error);
        self.report(call, error, None);
        Ok(result.into())
    }

    /// Calls `before_answer`, and returns the error to answer with and the JSON-RPC error to send for it.
    fn changed(&self, call: &Call, error: McpError, data: ErrorData) -> (McpError, ErrorData) {
        let Some(change) = &self.before_answer else { return (error, data) };
        let before = call.add_context(error.clone(), None);
        let Ok(changed) = catch_unwind(AssertUnwindSafe(|| change(before))) else { return (error, data) };
        // The author may have set the number of this code, and the specification sets that of an unknown tool.
        let number = if changed.is_of(error.brief()) { data.code } else { call.number_of(&changed) };
        let data = error_data(&changed, number);
        (changed, data)
    }

    /// Calls `on_error` with an error that answers a request. `number` is its number if it is sent as a JSON-RPC error.
    fn report(&self, call: &Call, mut error: McpError, number: Option<ErrorCode>) {
        if let Some(on_error) = &self.on_error {
            error = call.add_context(error, number);
            let _ = catch_unwind(AssertUnwindSafe(|| on_error(&mut error)));
        }
        // An outer guard finds the error, and its telemetry sees that the error is already recorded.
        keep(error);
    }
}

/// Returns the error of a failure, and the JSON-RPC error to send for it.
///
/// # Errors
/// Returns the same JSON-RPC error if it does not come from this crate.
fn of_failure(call: &Call, failure: Failure, kept: Vec<McpError>) -> Result<(McpError, ErrorData), ErrorData> {
    let data = match failure {
        Failure::Data(data) => data,
        Failure::Panic(payload) => return Ok(call.panic_error(McpError::from_panic(payload))),
    };
    call.own_error(data, kept).or_else(|foreign| match refusal::of_data(&foreign) {
        Some(error) => {
            let data = error_data(&error, ErrorCode::INVALID_PARAMS);
            Ok((error, data))
        }
        None => Err(foreign),
    })
}

/// Returns the record object of a failed call.
fn record_of(result: &CallToolResult) -> Option<&Value> {
    result.meta.as_ref().filter(|_| result.is_error == Some(true))?.0.get(META_KEY)
}
