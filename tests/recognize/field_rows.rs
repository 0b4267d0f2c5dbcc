//! Each error that the official SDKs and their clients are known to write is found by its number and text.

use mcp_error_codes::{Recognition, recognize};

/// Whether a text decides between the codes that it may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// The code is the answer.
    Answer,
    /// The code is one of the candidates, and no other code is the answer.
    Candidate,
}
use Found::{Answer, Candidate};

/// What the official SDKs send or report, one line for each SDK and message.
const OF_SDKS: &[(&str, &str, Found)] = &[
    ("MCP error -32000: Connection closed", "sdk:CONNECTION_CLOSED", Answer),
    ("MCP error -32000: Request was cancelled", "sdk:CANCELLED_BY_CLIENT", Answer),
    // Refusals at the HTTP layer.
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Bad Request: Mcp-Session-Id header is required"},"id":null}"#,
        "sdk:SESSION_ID_REQUIRED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Bad Request: Server not initialized"},"id":null}"#,
        "sdk:REQUEST_BEFORE_INITIALIZATION",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Bad Request: Unsupported protocol version: 2023-01-01 (supported versions: 2025-06-18, 2025-11-25)"},"id":null}"#,
        "sdk:PROTOCOL_VERSION_REFUSED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Event store not configured"},"id":null}"#,
        "sdk:EVENT_REPLAY_FAILED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Invalid event ID format"},"id":null}"#,
        "sdk:EVENT_REPLAY_FAILED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Invalid Host header: evil.example"},"id":null}"#,
        "sdk:HTTP_FORBIDDEN",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Invalid Origin header: https://evil.example"},"id":null}"#,
        "sdk:HTTP_FORBIDDEN",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Method not allowed."},"id":null}"#,
        "sdk:HTTP_METHOD_NOT_ALLOWED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Not Acceptable: Client must accept both application/json and text/event-stream"},"id":null}"#,
        "sdk:HTTP_CONTENT_TYPE_REFUSED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Conflict: Only one SSE stream is allowed per session"},"id":null}"#,
        "sdk:STREAM_CONFLICT",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Payload too large: request body exceeds 4194304 bytes"},"id":null}"#,
        "sdk:REQUEST_BODY_TOO_LARGE",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Unsupported Media Type: Content-Type must be application/json"},"id":null}"#,
        "sdk:HTTP_CONTENT_TYPE_REFUSED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Error replaying events"},"id":null}"#,
        "sdk:EVENT_REPLAY_FAILED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Bad Request: No valid session ID provided"},"id":null}"#,
        "sdk:SESSION_ID_REQUIRED",
        Answer,
    ),
    (
        "McpError: MCP error -32001: Request timed out { code: -32001, data: { timeout: 60000 } }",
        "sdk:REQUEST_TIMEOUT",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}"#,
        "sdk:SESSION_NOT_FOUND",
        Answer,
    ),
    // C#.
    (
        r#"{"jsonrpc":"2.0","id":"","error":{"code":-32000,"message":"Bad Request: A new session can only be created by an initialize request. Include a valid Mcp-Session-Id header."}}"#,
        "sdk:SESSION_ID_REQUIRED",
        Answer,
    ),
    // Python 2.
    ("mcp.shared.exceptions.MCPError: Request 'tools/call' timed out", "sdk:REQUEST_TIMEOUT", Answer),
    (
        r#"{"jsonrpc":"2.0","id":4,"error":{"code":-32000,"message":"Connection closed"}}"#,
        "sdk:CONNECTION_CLOSED",
        Answer,
    ),
    // An uncaught exception of a handler.
    (
        r#"{"jsonrpc":"2.0","id":5,"error":{"code":0,"message":"'NoneType' object has no attribute 'get'"}}"#,
        "sdk:HANDLER_CRASHED",
        Candidate,
    ),
    (r#"{"jsonrpc":"2.0","id":6,"error":{"code":0,"message":"Request cancelled"}}"#, "sdk:REQUEST_CANCELLED", Answer),
    (
        r#"ErrorData(code=408, message='Timed out while waiting for response to ListToolsRequest. Waited 10.0 seconds.', data=None)"#,
        "sdk:REQUEST_TIMEOUT",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":7,"error":{"code":32600,"message":"Session terminated"}}"#,
        "sdk:SESSION_TERMINATED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":8,"error":{"code":-32600,"message":"Session terminated"}}"#,
        "sdk:SESSION_TERMINATED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":9,"error":{"code":-32600,"message":"Unexpected content type: text/html"}}"#,
        "sdk:CLIENT_HTTP_UNEXPECTED_CONTENT",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32600,"message":"Session not found"}}"#,
        "sdk:SESSION_NOT_FOUND",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":"server-error","error":{"code":-32603,"message":"Too many open sessions"}}"#,
        "sdk:TOO_MANY_SESSIONS",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":0,"error":{"code":-32602,"message":"Invalid request parameters","data":""}}"#,
        "sdk:REQUEST_BEFORE_INITIALIZATION",
        Candidate,
    ),
    (
        r#"{"jsonrpc":"2.0","id":11,"error":{"code":-32800,"message":"Request cancelled"}}"#,
        "sdk:REQUEST_CANCELLED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":12,"error":{"code":-32800,"message":"Tool execution cancelled: user pressed stop"}}"#,
        "sdk:REQUEST_CANCELLED",
        Answer,
    ),
    // Ruby uses the number in the other direction.
    (r#"{"jsonrpc":"2.0","id":13,"error":{"code":-32001}}"#, "sdk:CLIENT_RESPONSE_TIMEOUT", Candidate),
    // Kotlin.
    (
        "io.modelcontextprotocol.kotlin.sdk.types.McpException: MCP error -32000: Connection closed",
        "sdk:CONNECTION_CLOSED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":14,"error":{"code":-32002,"message":"Resource not found: file:///notes/a.md"}}"#,
        "mcp:-32002",
        Answer,
    ),
    // Swift.
    ("[-32001] Transport error: The socket is not connected.", "sdk:TRANSPORT_ERROR", Answer),
    // PHP.
    (
        r#"{"jsonrpc":"2.0","id":15,"error":{"code":-32000,"message":"the queue does not answer"}}"#,
        "sdk:UNSPECIFIED_SERVER_ERROR",
        Candidate,
    ),
    // Go.
    (
        r#"{"jsonrpc":"2.0","id":16,"error":{"code":-32001,"message":"unknown error"}}"#,
        "sdk:UNSPECIFIED_SERVER_ERROR",
        Candidate,
    ),
    (
        r#"{"jsonrpc":"2.0","id":17,"error":{"code":-32003,"message":"client is closing"}}"#,
        "sdk:CONNECTION_CLOSED",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":18,"error":{"code":-32004,"message":"server is closing"}}"#,
        "sdk:SERVER_CLOSING",
        Answer,
    ),
    ("sending \"tools/call\": rejected by transport: broken session", "sdk:REJECTED_BY_TRANSPORT", Answer),
    (
        r#"{"jsonrpc":"2.0","id":19,"error":{"code":-31001,"message":"client does not support CreateMessage"}}"#,
        "sdk:CLIENT_FEATURE_NOT_SUPPORTED",
        Answer,
    ),
    // Numbers that are not in the specification any more.
    (
        r#"{"jsonrpc":"2.0","id":20,"error":{"code":-32002,"message":"Resource not found","data":{"uri":"file:///a.md"}}}"#,
        "mcp:-32002",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":21,"error":{"code":-32042,"message":"URL elicitation required","data":{"elicitations":[{"mode":"url","elicitationId":"e1","url":"https://example.com/auth","message":"sign in"}]}}}"#,
        "mcp:-32042",
        Answer,
    ),
    (r#"{"jsonrpc":"2.0","id":22,"error":{"code":-1,"message":"User rejected sampling request"}}"#, "mcp:-1", Answer),
    // The codes of TypeScript 2.
    ("SdkError: CONNECTION_CLOSED: Connection closed", "sdk:CONNECTION_CLOSED", Answer),
    ("SdkError: NOT_CONNECTED: Not connected", "sdk:NOT_CONNECTED", Answer),
    ("SdkError [ALREADY_CONNECTED]", "sdk:ALREADY_CONNECTED", Candidate),
    (
        "SdkError: CAPABILITY_NOT_SUPPORTED: Server does not support prompts (required for prompts/get)",
        "sdk:CAPABILITY_NOT_SUPPORTED",
        Answer,
    ),
    ("SdkError: REQUEST_TIMEOUT: Request timed out", "sdk:REQUEST_TIMEOUT", Answer),
    ("SdkError: SEND_FAILED: Failed to send response: write after end", "sdk:SEND_FAILED", Answer),
    ("SdkError: INVALID_RESULT: Invalid result for tools/list: expected an array", "sdk:INVALID_RESULT", Answer),
    (
        "SdkError: UNSUPPORTED_RESULT_TYPE: Unsupported result type 'deferred' for tools/call",
        "sdk:UNSUPPORTED_RESULT_TYPE",
        Answer,
    ),
    (
        "SdkError: INPUT_REQUIRED_ROUNDS_EXCEEDED: Multi-round-trip request 'tools/call' still required input after 8 rounds",
        "sdk:INPUT_REQUIRED_ROUNDS_EXCEEDED",
        Answer,
    ),
    (
        "SdkError: LIST_PAGINATION_EXCEEDED: tools/list: exceeded listMaxPages (64)",
        "sdk:LIST_PAGINATION_EXCEEDED",
        Answer,
    ),
    (
        "SdkError: METHOD_NOT_SUPPORTED_BY_PROTOCOL_VERSION: Method 'tasks/get' is not supported by the negotiated protocol version (wire era legacy)",
        "sdk:METHOD_NOT_SUPPORTED_BY_PROTOCOL_VERSION",
        Answer,
    ),
    (
        "SdkError: ERA_NEGOTIATION_FAILED: Version negotiation failed: the server answered twice",
        "sdk:ERA_NEGOTIATION_FAILED",
        Answer,
    ),
    (
        "SdkHttpError: CLIENT_HTTP_NOT_IMPLEMENTED: Error POSTing to endpoint: bad gateway",
        "sdk:CLIENT_HTTP_NOT_IMPLEMENTED",
        Answer,
    ),
    (
        "SdkHttpError: CLIENT_HTTP_AUTHENTICATION: Server returned 401 after re-authentication",
        "sdk:CLIENT_HTTP_AUTHENTICATION",
        Answer,
    ),
    (
        "SdkHttpError: CLIENT_HTTP_FORBIDDEN: Server returned 403 insufficient_scope after step-up re-authorization",
        "sdk:CLIENT_HTTP_FORBIDDEN",
        Answer,
    ),
    (
        "SdkHttpError: CLIENT_HTTP_UNEXPECTED_CONTENT: Unexpected content type: text/html",
        "sdk:CLIENT_HTTP_UNEXPECTED_CONTENT",
        Answer,
    ),
    (
        "SdkHttpError: CLIENT_HTTP_FAILED_TO_OPEN_STREAM: Failed to open SSE stream: Not Found",
        "sdk:CLIENT_HTTP_FAILED_TO_OPEN_STREAM",
        Answer,
    ),
    (
        "SdkHttpError: CLIENT_HTTP_FAILED_TO_TERMINATE_SESSION: Failed to terminate session: Gone",
        "sdk:CLIENT_HTTP_FAILED_TO_TERMINATE_SESSION",
        Answer,
    ),
    // An HTTP status as the number.
    (
        r#"Streamable HTTP error: Error POSTing to endpoint (HTTP 404): {"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}"#,
        "sdk:SESSION_NOT_FOUND",
        Answer,
    ),
    // Rust.
    ("ServiceError: Transport closed", "sdk:CONNECTION_CLOSED", Candidate),
    ("Transport send error: channel is full", "sdk:SEND_FAILED", Answer),
    ("request timeout after 30s", "sdk:REQUEST_TIMEOUT", Answer),
    ("task cancelled for reason shutdown", "sdk:CANCELLED_BY_CLIENT", Answer),
    ("Unexpected response type", "sdk:INVALID_RESULT", Answer),
    ("input_required did not complete within 10 MRTR rounds", "sdk:INPUT_REQUIRED_ROUNDS_EXCEEDED", Answer),
    ("subscription consumer lagged behind its 64-message buffer", "sdk:SUBSCRIPTION_LOST", Answer),
    ("unexpected end of stream", "sdk:CONNECTION_CLOSED", Answer),
    ("Unexpected content type: text/plain", "sdk:CLIENT_HTTP_UNEXPECTED_CONTENT", Answer),
    ("Server does not support SSE", "sdk:CLIENT_HTTP_FAILED_TO_OPEN_STREAM", Answer),
    ("Not Found: Session not found", "sdk:SESSION_NOT_FOUND", Answer),
    ("Not Acceptable: Client must accept text/event-stream", "sdk:HTTP_CONTENT_TYPE_REFUSED", Answer),
    ("Forbidden: Host header is not allowed", "sdk:HTTP_FORBIDDEN", Answer),
    (r#"{"jsonrpc":"2.0","id":23,"error":{"code":-32602,"message":"tool not found"}}"#, "sdk:UNKNOWN_TOOL", Answer),
    (
        r#"{"content":[{"type":"text","text":"failed to deserialize parameters: missing field `city`"}],"isError":true}"#,
        "sdk:INPUT_VALIDATION_FAILED",
        Answer,
    ),
    // Parameters that mean more than their number.
    (
        r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Unsupported protocol version","data":{"supported":["2025-06-18"],"requested":"1.0.0"}}}"#,
        "mcp:-32022",
        Answer,
    ),
    (
        r#"{"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"Resource not found","data":{"uri":"notes://7"}}}"#,
        "mcp:-32002",
        Answer,
    ),
    // A client's own judgement of a result.
    (
        "MCP error -32600: Tool forecast has an output schema but did not return structured content",
        "sdk:INVALID_STRUCTURED_CONTENT",
        Answer,
    ),
    (
        "MCP error -32602: Structured content does not match the tool's output schema: data/temp must be number",
        "sdk:INVALID_STRUCTURED_CONTENT",
        Answer,
    ),
    (
        r#"{"content":[{"type":"text","text":"MCP error -32602: Tool forecast not found"}],"isError":true}"#,
        "sdk:UNKNOWN_TOOL",
        Answer,
    ),
    (
        r#"{"content":[{"type":"text","text":"MCP error -32602: Tool forecast disabled"}],"isError":true}"#,
        "sdk:UNKNOWN_TOOL",
        Answer,
    ),
    (
        r#"{"content":[{"type":"text","text":"MCP error -32602: Input validation error: Invalid arguments for tool forecast: city is required"}],"isError":true}"#,
        "sdk:INPUT_VALIDATION_FAILED",
        Answer,
    ),
    (
        "MCP error -32602: Output validation error: Invalid structured content for tool forecast: temp is missing",
        "sdk:OUTPUT_VALIDATION_FAILED",
        Answer,
    ),
    (
        "MCP error -32601: Tool forecast requires task augmentation (taskSupport: 'required')",
        "sdk:TASK_REQUIRED",
        Answer,
    ),
];

/// Failures that have no number of their own.
const WITHOUT_NUMBER: &[(&str, &str, Found)] = &[
    (r#"SyntaxError: Unexpected token 'd', "[dotenv@17."... is not valid JSON"#, "sdk:STDOUT_POLLUTED", Answer),
    ("SyntaxError: Unexpected token S in JSON at position 0", "sdk:STDOUT_POLLUTED", Answer),
    ("failed to read message: invalid character 'S' looking for beginning of value", "sdk:STDOUT_POLLUTED", Answer),
    ("Error: spawn npx ENOENT", "sdk:COMMAND_NOT_FOUND", Candidate),
    ("spawn uvx ENOENT", "sdk:COMMAND_NOT_FOUND", Candidate),
    ("zsh: command not found: npx", "sdk:COMMAND_NOT_FOUND", Answer),
    ("'npx' is not recognized as an internal or external command,", "sdk:COMMAND_NOT_FOUND", Answer),
    ("Error: write EPIPE", "sdk:CONNECTION_CLOSED", Candidate),
    ("Error: read ECONNRESET", "sdk:CONNECTION_CLOSED", Candidate),
    ("Broken pipe (os error 32)", "sdk:CONNECTION_CLOSED", Answer),
    ("Error: connect ECONNREFUSED 127.0.0.1:3000", "sdk:ENDPOINT_UNREACHABLE", Candidate),
    ("TypeError: fetch failed", "sdk:ENDPOINT_UNREACHABLE", Candidate),
    ("Timed out while waiting for response to ClientRequest. Waited 5.0 seconds.", "sdk:REQUEST_TIMEOUT", Answer),
    ("RuntimeError: Received request before initialization was complete", "sdk:REQUEST_BEFORE_INITIALIZATION", Answer),
    ("SSE error: Non-200 status code (405)", "sdk:CLIENT_HTTP_FAILED_TO_OPEN_STREAM", Answer),
    ("Error POSTing to endpoint (HTTP 502): Bad Gateway", "sdk:CLIENT_HTTP_NOT_IMPLEMENTED", Answer),
    (
        "Error: Access denied - path outside allowed directories: /etc/hosts not in /srv/notes",
        "filesystem:SEC-001",
        Answer,
    ),
    ("Input validation error: 7 is not of type 'string'", "sdk:INPUT_VALIDATION_FAILED", Answer),
    ("1 validation error for call[forecast]\ncity\n  Missing required argument", "sdk:INPUT_VALIDATION_FAILED", Answer),
    (
        r#"MCP error -32602: [{"code":"invalid_type","expected":"string","received":"undefined","path":["city"],"message":"Required"}]"#,
        "sdk:INPUT_VALIDATION_FAILED",
        Answer,
    ),
    ("HTTP 429: 429 Too Many Requests", "sdk:REQUEST_RATE_LIMITED", Answer),
    ("rate limit exceeded", "sdk:REQUEST_RATE_LIMITED", Candidate),
    ("quota exceeded", "sdk:REQUEST_RATE_LIMITED", Candidate),
    (
        "Server transport closed unexpectedly, this is likely due to the process exiting early.",
        "sdk:SERVER_PROCESS_EXITED",
        Answer,
    ),
    ("Could not attach to MCP server notes", "sdk:SERVER_PROCESS_EXITED", Answer),
    ("MCP server notes failed to start", "sdk:SERVER_PROCESS_EXITED", Answer),
    ("Error: Server's protocol version is not supported: 2024-10-07", "sdk:SERVER_VERSION_NOT_SUPPORTED", Answer),
    ("invalid_token", "sdk:CLIENT_HTTP_AUTHENTICATION", Candidate),
    ("SSE error: Non-200 status code (401)", "sdk:CLIENT_HTTP_AUTHENTICATION", Answer),
    ("HTTP 401: invalid_client", "sdk:CLIENT_HTTP_AUTHENTICATION", Candidate),
    ("insufficient_scope", "sdk:CLIENT_HTTP_FORBIDDEN", Candidate),
];

/// Describes how an answer differs from what a table says of it.
fn complaint(text: &str, code: &str, found: Found) -> Option<String> {
    let recognition = recognize(text);
    let name = |finding: &mcp_error_codes::Finding| {
        finding.record().map_or_else(String::new, |record| format!("{}:{}", record.system.name, record.code))
    };
    let answers: Vec<String> = recognition.errors.iter().filter_map(|error| error.answer()).map(name).collect();
    let is_candidate = recognition.errors.iter().flat_map(|error| &error.findings).any(|finding| name(finding) == code);
    let is_right = match found {
        Answer => answers == [code],
        Candidate => is_candidate && answers.iter().all(|answer| answer == code),
    };
    (!is_right).then(|| format!("{text:?}\n  is not {code} as {found:?}: {}", all(&recognition)))
}

fn all(recognition: &Recognition) -> String {
    let findings = recognition.errors.iter().flat_map(|error| error.findings.iter().take(4));
    findings.map(|finding| format!("{finding} [{}]", finding.reason())).collect::<Vec<_>>().join("\n    ")
}

fn check(rows: &[(&str, &str, Found)]) {
    let complaints: Vec<_> = rows.iter().filter_map(|(text, code, found)| complaint(text, code, *found)).collect();
    assert!(complaints.is_empty(), "{} of {}\n{}", complaints.len(), rows.len(), complaints.join("\n"));
}

#[test]
fn errors_of_the_official_sdks_are_found() {
    check(OF_SDKS);
}

#[test]
fn failures_without_a_number_are_found() {
    check(WITHOUT_NUMBER);
}
