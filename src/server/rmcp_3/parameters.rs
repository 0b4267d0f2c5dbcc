use std::borrow::Cow;

use ::rmcp::ErrorData;
use ::rmcp::handler::server::common::FromContextPart;
use ::rmcp::handler::server::prompt::PromptContext;
use ::rmcp::handler::server::tool::ToolCallContext;
use ::rmcp::model::ErrorCode;
use ::rmcp::schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{error_data, watch};
use crate::arguments::node::Node;
use crate::{McpError, filesystem};

/// The arguments of a tool or a prompt, in the place of the SDK's own extractor of this name.
///
/// Arguments that do not fit are answered before the handler runs, as [`parse_arguments`] says. From a tool they arrive
/// as a tool result where the server is [`Guarded`](super::Guarded), from a prompt as a JSON-RPC error with the number
/// -32602, as MCP wants it.
///
/// The SDK's own, if it is imported instead, answers with a text without a code, which repeats the value; where the server is
/// guarded, with a code, and without the place. `#[tool]` looks for
/// exactly this name to find the input schema, so do not import it under another.
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
        Ok(Self(parse_arguments(context.arguments.take())?))
    }
}

impl<S, T: DeserializeOwned> FromContextPart<PromptContext<'_, S>> for Parameters<T> {
    fn from_context_part(context: &mut PromptContext<'_, S>) -> Result<Self, ErrorData> {
        let parsed = parse_arguments(context.arguments.take());
        parsed.map(Self).map_err(invalid_params)
    }
}

/// Makes the JSON-RPC error of arguments with the number that MCP wants for it.
pub(super) fn invalid_params(error: McpError) -> ErrorData {
    let data = error_data(&error, ErrorCode::INVALID_PARAMS);
    watch::keep(error);
    data
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

/// Reads arguments as their type; none at all is an object without members. [`Parameters`] does so, and a `call_tool` that is
/// written by hand may.
///
/// Every error names the place, such as `edits[1].newText`, in the detail `parameter`, and never repeats a value, which may
/// be a secret. What a type of yours says in `serde::de::Error::custom` is passed on, with what has the shape of a secret
/// redacted.
///
/// # Errors
/// The first of these: `VAL-001` for a member that is missing, `VAL-002` for a value of the wrong type, in the words of JSON
/// Schema, and `VAL-003` for a value that its type does not allow.
///
/// ```
/// use mcp_error_codes::filesystem;
/// use mcp_error_codes::rmcp_3::parse_arguments;
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Watch {
///     path: String,
///     #[serde(default)]
///     recursive: bool,
/// }
///
/// let arguments = serde_json::json!({"path": "src", "recursive": "true"}).as_object().cloned();
/// let error = parse_arguments::<Watch>(arguments).unwrap_err();
/// assert!(error.is(filesystem::INVALID_PARAMETER_TYPE));
/// assert_eq!(error.message(), "Invalid parameter type: expected boolean, got string in `recursive`");
///
/// let error = parse_arguments::<Watch>(None).unwrap_err();
/// assert_eq!(error.to_string(), "VAL-001: Missing required parameter: path");
/// ```
pub fn parse_arguments<T: DeserializeOwned>(arguments: Option<Map<String, Value>>) -> Result<T, McpError> {
    let arguments = Value::Object(arguments.unwrap_or_default());
    T::deserialize(&arguments).map_err(|said| {
        // Whether the arguments fit, `serde_json` decides. Why they do not, a second run tells, through a deserializer whose
        // error keeps what serde reports as it is, with the place, so that no message has to be taken apart.
        match T::deserialize(Node(&arguments)) {
            Err(mismatch) if mismatch.agrees_with(&said) => mismatch.into_error(),
            // The text of `serde_json` may repeat a value.
            _ => filesystem::invalid_parameter_value("the arguments do not fit the input schema").with_source(said),
        }
    })
}
