//! The arguments of the tools.
//!
//! The field comments are the descriptions that a model reads.

use mcp_error_codes::{Category, Kind, RetryClass, Severity, Surface};
use rmcp::schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::Value;

use super::topic;
use super::vocabulary::{FamilyName, SystemName, Word};

#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ExplainArguments {
    /// A code ("FS-001", "-32602"), a name or an alias in any spelling ("file not found"), a JSON-RPC number, an error message or
    /// a log line. "system:code" names exactly one code: "super-mcp:-32602".
    pub(crate) query: String,
    /// Whether to include the complete manual page as Markdown, with scenarios, examples, commands and related codes.
    #[serde(default)]
    pub(crate) manual: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SearchArguments {
    /// What went wrong, in a few words: "symlink outside workspace", "rate limit".
    pub(crate) words: String,
    /// The maximum number of codes to return.
    #[serde(default = "ten")]
    #[schemars(range(min = 1, max = 50))]
    pub(crate) limit: u64,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ListArguments {
    /// Only the codes of this system.
    pub(crate) system: Option<Word<SystemName>>,
    /// Only the codes of this family.
    pub(crate) family: Option<Word<FamilyName>>,
    /// Only the codes of this kind.
    pub(crate) kind: Option<Word<Kind>>,
    /// Only the codes of this severity.
    pub(crate) severity: Option<Word<Severity>>,
    /// Only the codes of this category.
    pub(crate) category: Option<Word<Category>>,
    /// Only the codes of this surface: "tool" (a tool result with isError) or "protocol" (a JSON-RPC error).
    pub(crate) surface: Option<Word<Surface>>,
    /// Only the codes with this retry advice.
    pub(crate) retry: Option<Word<RetryClass>>,
    /// Only the codes with this HTTP status ("404") or class of statuses ("5xx").
    #[schemars(regex(pattern = "^([1-5][0-9][0-9]|[1-5][xX][xX])$"))]
    pub(crate) status: Option<String>,
    /// true for only the deprecated codes, false for only the others.
    pub(crate) deprecated: Option<bool>,
    /// The maximum number of codes to return.
    #[serde(default = "fifty")]
    #[schemars(range(min = 1, max = 500))]
    pub(crate) limit: u64,
    /// The number of codes to skip: next_offset of the previous answer.
    #[serde(default)]
    pub(crate) offset: u64,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct DecodeArguments {
    /// The error as it was received, as JSON or as text: a JSON-RPC response or its error, a tool result, problem details, another
    /// error body, a batch or a log line.
    #[schemars(schema_with = "text_or_json")]
    pub(crate) body: Value,
    /// The system of the server that sent the error, if known. A number or a message then means a code of this system.
    pub(crate) system: Option<Word<SystemName>>,
    /// The HTTP status of the response.
    #[schemars(range(min = 100, max = 599))]
    pub(crate) status: Option<u16>,
}

#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct HelpArguments {
    /// The topic.
    #[schemars(schema_with = "topics")]
    pub(crate) topic: Option<String>,
    /// The number of an error of Super-MCP, such as -32003 or, since protocol 2026-07-28, -33003.
    pub(crate) error_code: Option<i64>,
}

fn ten() -> u64 {
    10
}

fn fifty() -> u64 {
    50
}

fn text_or_json(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [{ "type": "string" }, { "type": "object" }, { "type": "array" }] })
}

fn topics(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": topic::topics() })
}
