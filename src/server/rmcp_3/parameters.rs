use std::borrow::Cow;

use ::rmcp::ErrorData;
use ::rmcp::handler::server::common::FromContextPart;
use ::rmcp::handler::server::prompt::PromptContext;
use ::rmcp::handler::server::tool::ToolCallContext;
use ::rmcp::model::ErrorCode;
use ::rmcp::schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use super::{error_data, watch};
use crate::arguments::parse;

/// The arguments of a tool or a prompt. Use it in place of the SDK's extractor of the same name.
///
/// Invalid arguments are answered before the handler runs, with the errors of
/// [`arguments::parse`](crate::arguments::parse). A tool answers with a tool result if the server is
/// [`Guarded`](super::Guarded). A prompt answers with a JSON-RPC error with the number -32602, which MCP requires.
///
/// The SDK's own extractor answers with text that has no code and repeats the value. In a guarded server, its answer has a code
/// but no location. `#[tool]` looks for exactly the name `Parameters` to find the input schema, so do not import it under another
/// name.
///
/// ```
/// use mcp_error_codes::rmcp_3::Parameters;
/// use rmcp::schemars::{self, JsonSchema};
/// use rmcp::{tool, tool_router};
///
/// #[derive(serde::Deserialize, JsonSchema)]
/// struct AddArguments {
///     left: i64,
///     right: i64,
/// }
///
/// struct Server;
///
/// #[tool_router]
/// impl Server {
///     #[tool(description = "Add two numbers")]
///     fn add(&self, Parameters(arguments): Parameters<AddArguments>) -> String {
///         (arguments.left + arguments.right).to_string()
///     }
/// }
///
/// let tools = Server::tool_router().list_all();
/// assert_eq!(tools[0].input_schema["required"], serde_json::json!(["left", "right"]));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parameters<T>(
    /// The arguments.
    pub T,
);

impl<S, T: DeserializeOwned> FromContextPart<ToolCallContext<'_, S>> for Parameters<T> {
    fn from_context_part(context: &mut ToolCallContext<'_, S>) -> Result<Self, ErrorData> {
        Ok(Self(parse(context.arguments.take())?))
    }
}

impl<S, T: DeserializeOwned> FromContextPart<PromptContext<'_, S>> for Parameters<T> {
    fn from_context_part(context: &mut PromptContext<'_, S>) -> Result<Self, ErrorData> {
        parse(context.arguments.take()).map(Self).map_err(|error| {
            let data = error_data(&error, ErrorCode::INVALID_PARAMS);
            watch::keep(error);
            data
        })
    }
}

impl<T: JsonSchema> JsonSchema for Parameters<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
