//! What a variant declares: its code, its message, and whether it is internal or transparent.

use std::error::Error;
use std::io;

use mcp_error_codes::{IntoMcpError, McpError, filesystem, hyper_bun, super_mcp};
use serde_json::json;

use super::{only_text, parts};

const OWN_NAME: mcp_error_codes::Code = filesystem::DISK_FULL;

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum Failure {
    #[error("by text")]
    #[mcp(code = "FS-004")]
    Text,
    #[error("by text with its system")]
    #[mcp(code = "super-mcp:-32602")]
    FullText,
    #[error("by a constant")]
    #[mcp(code = hyper_bun::SERVER_UNAVAILABLE)]
    Constant(),
    #[error("by a constant of the author's")]
    #[mcp(code = OWN_NAME)]
    OwnConstant {},
    #[error("the disk of {owner} is full, and ghp_0123456789abcdefghijklmnopqrstuvwxyz is a token")]
    #[mcp(code = "FS-006", message)]
    Message { owner: String },
    #[error("the query was {query}")]
    #[mcp(code = "R008")]
    #[mcp(internal)]
    Internal { query: String, row: u8 },
    #[error("told to the model: {query}")]
    #[mcp(internal, message, code = "R008")]
    InternalWithMessage { query: String },
    #[error("reading")]
    #[mcp(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    #[mcp(transparent)]
    Inner { inner: Inner },
}

#[derive(Debug, thiserror::Error, IntoMcpError)]
#[error("inner {path}")]
#[mcp(code = "FS-001")]
struct Inner {
    path: String,
}

#[test]
fn a_code_is_named_by_its_text_or_by_a_constant() {
    assert!(Failure::Text.into_mcp_error().is(filesystem::FILE_ALREADY_EXISTS));
    assert!(Failure::FullText.into_mcp_error().is(super_mcp::INVALID_PARAMS));
    assert!(Failure::Constant().into_mcp_error().is(hyper_bun::SERVER_UNAVAILABLE));
    assert!(Failure::OwnConstant {}.into_mcp_error().is(filesystem::DISK_FULL));
}

#[test]
fn the_text_is_for_logs_unless_it_is_the_message() {
    let silent = Failure::Constant().into_mcp_error();
    assert_eq!(silent.to_string(), "NX-MCP-030: MCP Server Unavailable");
    assert_eq!(parts(&silent), (json!({}), only_text("by a constant")));
    assert!(!silent.tool_result().to_string().contains("by a constant"));

    let message = Failure::Message { owner: "anna".into() }.into_mcp_error();
    assert_eq!(message.to_string(), "FS-006: the disk of anna is full, and [redacted] is a token");
    assert_eq!(parts(&message), (json!({"owner": "anna"}), json!({})));
}

#[test]
fn an_internal_variant_shows_no_value() {
    let internal = Failure::Internal { query: "select".into(), row: 7 }.into_mcp_error();
    assert_eq!(parts(&internal), (json!({}), json!({"error": "the query was select", "query": "select", "row": 7})));

    let with_message = Failure::InternalWithMessage { query: "select".into() }.into_mcp_error();
    assert_eq!(with_message.message(), "told to the model: select");
    assert_eq!(parts(&with_message), (json!({}), json!({"query": "select"})));
}

#[test]
fn a_transparent_variant_is_what_its_field_is() {
    let denied = McpError::from(Failure::from(io::Error::from(io::ErrorKind::PermissionDenied)));
    assert!(denied.is(filesystem::PERMISSION_DENIED));
    assert_eq!(parts(&denied), (json!({}), json!({})));
    assert!(denied.source().is_some_and(<dyn Error>::is::<io::Error>));

    let inner = Failure::Inner { inner: Inner { path: "a.txt".into() } }.into_mcp_error();
    assert_eq!(inner.to_string(), "FS-001: File not found: a.txt");
    assert_eq!(parts(&inner), (json!({"path": "a.txt"}), only_text("inner a.txt")));
}

#[test]
fn a_transparent_struct_is_what_its_field_is() {
    #[derive(Debug, thiserror::Error, IntoMcpError)]
    #[error(transparent)]
    #[mcp(transparent)]
    struct Wrapped(McpError);

    let error = Wrapped(filesystem::file_not_found("a.txt")).into_mcp_error();
    assert_eq!(error.to_string(), "FS-001: File not found: a.txt");
    assert_eq!(parts(&error), (json!({"path": "a.txt"}), json!({})));
}

#[test]
fn the_question_mark_converts() {
    fn fails() -> Result<(), McpError> {
        Err(Failure::Text)?
    }
    assert!(fails().is_err_and(|error| error.is(filesystem::FILE_ALREADY_EXISTS)));
}

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum OfScenario {
    #[error("the gate {gate_id} is not known")]
    #[mcp(code = "NOT_FOUND", scenario = "UNKNOWN_GATE_ID")]
    Gate { gate_id: String },
    #[error("all parameters, spelt as Rust spells them")]
    #[mcp(code = mcp_error_codes::scrum::WIP_LIMIT_EXCEEDED)]
    Whole { status: String, count: u32, limit: u32 },
    #[error("the text needs no parameters: {status}")]
    #[mcp(code = "WIP_LIMIT_EXCEEDED", message)]
    OwnText { status: String },
}

#[test]
fn a_variant_may_be_a_scenario_of_its_code() {
    let error = OfScenario::Gate { gate_id: "g-1".to_owned() }.into_mcp_error();
    assert_eq!(error.scenario().map(|case| case.name), Some("UNKNOWN_GATE_ID"));
    assert_eq!(error.message(), mcp_error_codes::scrum::unknown_gate_id("g-1").message());
    assert!(error.message().contains("g-1"), "{}", error.message());
    let whole = OfScenario::Whole { status: "review".to_owned(), count: 4, limit: 3 }.into_mcp_error();
    assert_eq!(whole.message(), mcp_error_codes::scrum::wip_limit_exceeded("review", 4, 3).message());
    assert_eq!(whole.scenario(), None);
    let own = OfScenario::OwnText { status: "review".to_owned() }.into_mcp_error();
    assert_eq!(own.message(), "the text needs no parameters: review");
}
