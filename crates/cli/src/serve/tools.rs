use mcp_error_codes::rmcp_3::Parameters;
use mcp_error_codes::{McpError, Recognizer, Record};
use rmcp::handler::server::tool::ToolRouter;
use rmcp::{Json, tool, tool_router};
use serde_json::Value;

use super::answer::{Codes, Explanations, Help};
use super::argument::{DecodeArguments, ExplainArguments, HelpArguments, ListArguments, SearchArguments};
use super::decoded::Decoded;
use super::registry_server::RegistryServer;
use super::{help, miss, schema};
use crate::filter::{Filter, Status};
use crate::findings::{self, Found};
use crate::query::{self, Answer};
use crate::ranking::rank;

impl RegistryServer {
    /// Returns the tools, with schemas that all clients read the same way.
    pub(crate) fn tools() -> ToolRouter<Self> {
        let mut tools = Self::tool_router();
        tools.map.values_mut().for_each(|tool| schema::simplify(&mut tool.attr));
        tools
    }
}

// The tools are read-only, idempotent and local.
#[tool_router]
impl RegistryServer {
    #[tool(
        title = "Explain an error",
        description = "Explain an MCP error: what it means, why it happens, what you should do next and whether to retry. Use it \
                       whenever a call fails with an error code, number, name or message. The answer says how sure it is. If it \
                       is ambiguous, everything that the error may be is listed, and none of it is the answer.",
        annotations(read_only_hint = true, destructive_hint = false, idempotent_hint = true, open_world_hint = false)
    )]
    fn explain_error(&self, Parameters(wanted): Parameters<ExplainArguments>) -> Result<Json<Explanations>, McpError> {
        let answer = query::answer(Recognizer::new(), &wanted.query).map_err(|unknown| miss::unknown_code(&unknown))?;
        match answer {
            Answer::Found(Found { none: Some(none), .. }) => Err(miss::invalid("query", none)),
            answer => Ok(Json(Explanations::new(answer, wanted.manual))),
        }
    }

    #[tool(
        title = "Search errors",
        description = "Search the error codes by words that describe a failure. The best match comes first. Use it to find the \
                       code of a failure that you can only describe, or the right code for a new failure.",
        annotations(read_only_hint = true, destructive_hint = false, idempotent_hint = true, open_world_hint = false)
    )]
    fn search_errors(&self, Parameters(wanted): Parameters<SearchArguments>) -> Json<Codes> {
        let records: Vec<&'static Record> = rank(&wanted.words).iter().map(|hit| hit.record).collect();
        Json(Codes::page(&records, 0, limit(wanted.limit, 50)))
    }

    #[tool(
        title = "List errors",
        description = "List the error codes that match every filter, or all error codes. Use it to see which codes a system or a \
                       family has, or which ones may be retried.",
        annotations(read_only_hint = true, destructive_hint = false, idempotent_hint = true, open_world_hint = false)
    )]
    fn list_errors(&self, Parameters(wanted): Parameters<ListArguments>) -> Result<Json<Codes>, McpError> {
        let status = wanted.status.as_deref().map(Status::parse).transpose();
        let filter = Filter {
            system: wanted.system.iter().map(|system| system.0.0).collect(),
            family: wanted.family.iter().map(|family| family.0.0).collect(),
            kind: wanted.kind.iter().map(|word| word.0).collect(),
            severity: wanted.severity.iter().map(|word| word.0).collect(),
            category: wanted.category.iter().map(|word| word.0).collect(),
            status: status.map_err(|reason| miss::invalid("status", reason))?.into_iter().collect(),
            surface: wanted.surface.iter().map(|word| word.0).collect(),
            retry: wanted.retry.iter().map(|word| word.0).collect(),
            recoverable: None,
            deprecated: wanted.deprecated,
        };
        let records: Vec<&'static Record> = filter.records().collect();
        let offset = usize::try_from(wanted.offset).unwrap_or(usize::MAX);
        Ok(Json(Codes::page(&records, offset, limit(wanted.limit, 500))))
    }

    #[tool(
        title = "Decode an error",
        description = "Decode a received error body, as text or JSON: which code and details it has, what it means and what to \
                       do. Give the system of the sender if you know it, because applications may use the same numbers.",
        annotations(read_only_hint = true, destructive_hint = false, idempotent_hint = true, open_world_hint = false)
    )]
    fn decode_error(&self, Parameters(wanted): Parameters<DecodeArguments>) -> Result<Json<Decoded>, McpError> {
        if wanted.status.is_some_and(|status| !(100..=599).contains(&status)) {
            return Err(miss::invalid("status", "expected an HTTP status, from 100 to 599".to_owned()));
        }
        let body = match wanted.body {
            Value::String(text) => text,
            json => json.to_string(),
        };
        let mut recognizer = Recognizer::new();
        recognizer = wanted.system.map_or(recognizer, |system| recognizer.in_system(system.0.0));
        recognizer = wanted.status.map_or(recognizer, |status| recognizer.http_status(status));
        let found = findings::in_text(recognizer, &body);
        match &found.none {
            Some(none) => Err(miss::no_error(none)),
            None => Ok(Json(Decoded::new(&found))),
        }
    }

    #[tool(
        title = "Get help",
        description = "Answer the help calls that the errors of Super-MCP name: get_help(error_code: -32003) for one of its codes, \
                       get_help(topic: \"error_handling\") for a topic, or no arguments for a list of all topics and codes.",
        annotations(read_only_hint = true, destructive_hint = false, idempotent_hint = true, open_world_hint = false)
    )]
    fn get_help(&self, Parameters(wanted): Parameters<HelpArguments>) -> Result<Json<Help>, McpError> {
        help::help(&wanted).map(Json)
    }
}

/// Limits a value to the bounds of its schema.
fn limit(wanted: u64, max: usize) -> usize {
    usize::try_from(wanted).unwrap_or(max).clamp(1, max)
}
