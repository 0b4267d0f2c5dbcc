//! What each field is converted to.

use std::backtrace::Backtrace;
use std::error::Error;
use std::fmt;
use std::io;
use std::num::ParseIntError;
use std::sync::Arc;
use std::time::Duration;

use mcp_error_codes::{IntoMcpError, filesystem};
use serde_json::json;

use super::{only_text, parts};

/// A type that implements neither `Serialize` nor `Display`.
#[derive(Debug)]
struct Handle;

type Maybe<T> = Option<T>;

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum Failure {
    #[error("fields")]
    #[mcp(code = "FS-001")]
    Named {
        path: String,
        lines: Vec<u32>,
        #[mcp(internal)]
        query: String,
        #[mcp(internal, name = "row")]
        at: u64,
        #[mcp(skip)]
        handle: Handle,
    },
    #[error("parameters")]
    #[mcp(code = "SEC-011")]
    Parameters { size: u64, max_file_size: u64 },
    #[error("a list")]
    #[mcp(code = "BLOCKED_BY_DEPENDENCIES")]
    List { task_ids: Vec<&'static str> },
    #[error("an exact name")]
    #[mcp(code = "SEC-011")]
    Exact {
        size: u64,
        #[mcp(name = "max_file_size")]
        limit: u64,
    },
    #[error("raw")]
    #[mcp(code = "FS-002")]
    Raw { r#type: &'static str, path_: &'static str, api_key: &'static str },
    #[error("displayed")]
    #[mcp(code = "NX-MCP-012")]
    Displayed {
        #[mcp(display)]
        reason: fmt::Error,
        #[mcp(display, name = "number")]
        error: ParseIntError,
        #[mcp(internal, display)]
        inner: fmt::Error,
    },
    #[error("optional")]
    #[mcp(code = "FS-009")]
    Optional {
        detail: Option<String>,
        other_name: Maybe<u8>,
        #[mcp(display)]
        shown: std::option::Option<fmt::Error>,
        #[mcp(internal)]
        inside: Option<u8>,
        unit: (),
    },
    #[error("unnamed")]
    #[mcp(code = "OP-001")]
    Unnamed(#[mcp(name = "details")] String, #[mcp(skip)] Handle, #[mcp(name = "row", internal)] u8),
    #[error("wait")]
    #[mcp(code = "NX-MCP-030")]
    Wait(#[mcp(retry_after)] Duration),
    #[error("perhaps a wait")]
    #[mcp(code = "NX-MCP-030")]
    MaybeWait {
        #[mcp(retry_after)]
        wait: Option<Duration>,
    },
}

fn parse_error() -> ParseIntError {
    "".parse::<u8>().expect_err("no number")
}

#[test]
fn named_fields_are_details_by_name() {
    let failure = Failure::Named { path: "a".into(), lines: vec![1, 2], query: "q".into(), at: 3, handle: Handle };
    let error = failure.into_mcp_error();
    assert_eq!(error.to_string(), "FS-001: File not found: a");
    assert_eq!(
        parts(&error),
        (json!({"path": "a", "lines": [1, 2]}), json!({"error": "fields", "query": "q", "row": 3}))
    );
    let order: Vec<_> = error.details().chain(error.internal()).map(|(name, _)| name).collect();
    assert_eq!(order, ["path", "lines", "error", "query", "row"]);
}

#[test]
fn a_field_that_is_spelt_like_a_parameter_fills_it() {
    let error = Failure::Parameters { size: 9, max_file_size: 8 }.into_mcp_error();
    assert_eq!(error.to_string(), "SEC-011: File size 9 exceeds maximum 8");
    assert_eq!(parts(&error).0, json!({"size": 9, "maxFileSize": 8}));

    let error = Failure::List { task_ids: vec!["t-1", "t-2"] }.into_mcp_error();
    assert_eq!(error.message(), "Cannot move to in_progress: task is blocked by incomplete dependencies: t-1, t-2");
}

#[test]
fn a_name_that_is_given_stands_as_it_is() {
    let error = Failure::Exact { size: 9, limit: 8 }.into_mcp_error();
    assert_eq!(parts(&error).0, json!({"size": 9, "max_file_size": 8}));
    assert_eq!(error.message(), "File Size Exceeded");
}

#[test]
fn keywords_and_secrets_are_names_like_any_other() {
    let error = Failure::Raw { r#type: "folder", path_: "a", api_key: "k-1" }.into_mcp_error();
    assert_eq!(parts(&error).0, json!({"type": "folder", "path": "a", "api_key": "[redacted]"}));
    assert_eq!(error.message(), "Directory not found: a");
}

#[test]
fn display_takes_the_place_of_serialize() {
    let error = Failure::Displayed { reason: fmt::Error, error: parse_error(), inner: fmt::Error }.into_mcp_error();
    let printed = fmt::Error.to_string();
    assert_eq!(parts(&error).0, json!({"reason": printed, "number": "cannot parse integer from empty string"}));
    assert_eq!(parts(&error).1, json!({"error": "displayed", "inner": printed}));
}

#[test]
fn none_is_left_out_under_any_name_of_the_type() {
    let none = Failure::Optional { detail: None, other_name: None, shown: None, inside: None, unit: () };
    assert_eq!(parts(&none.into_mcp_error()), (json!({"unit": null}), only_text("optional")));

    let some = Failure::Optional {
        detail: Some("d".into()),
        other_name: Some(1),
        shown: Some(fmt::Error),
        inside: Some(2),
        unit: (),
    };
    let expected = json!({"detail": "d", "other_name": 1, "shown": fmt::Error.to_string(), "unit": null});
    assert_eq!(parts(&some.into_mcp_error()), (expected, json!({"error": "optional", "inside": 2})));
}

#[test]
fn unnamed_fields_have_the_names_that_are_given() {
    let error = Failure::Unnamed("2 of 3".into(), Handle, 7).into_mcp_error();
    assert_eq!(error.to_string(), "OP-001: Batch operation failed: 2 of 3");
    assert_eq!(parts(&error), (json!({"details": "2 of 3"}), json!({"error": "unnamed", "row": 7})));
}

#[test]
fn a_wait_is_when_to_try_again() {
    let wait = Duration::from_secs(9);
    for failure in [Failure::Wait(wait), Failure::MaybeWait { wait: Some(wait) }] {
        let error = failure.into_mcp_error();
        assert_eq!(error.retry_after(), Some(wait));
        assert_eq!(parts(&error).0, json!({}));
    }
    let own = Failure::MaybeWait { wait: None }.into_mcp_error().retry_after();
    assert_eq!(own, Some(Duration::from_secs(1)));
}

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum Caused {
    #[error("by attribute")]
    #[mcp(code = "FS-007")]
    Attribute {
        path: String,
        #[source]
        cause: io::Error,
    },
    #[error("by name")]
    #[mcp(code = "FS-007")]
    Name { source: io::Error },
    #[error("converted")]
    #[mcp(code = "VAL-003")]
    Converted(#[from] ParseIntError),
    #[error("perhaps")]
    #[mcp(code = "FS-007")]
    Maybe(#[source] Option<io::Error>),
    #[error("shared")]
    #[mcp(code = "FS-007")]
    Shared(#[source] Arc<io::Error>),
    #[error("of any kind")]
    #[mcp(code = "FS-007")]
    Boxed(#[source] Box<dyn Error + Send + Sync>),
    #[error(transparent)]
    #[mcp(code = "FS-008")]
    Shown(Box<dyn Error + Send + Sync>),
    #[error("left out")]
    #[mcp(code = "FS-007")]
    Skipped {
        #[source]
        #[mcp(skip)]
        cause: fmt::Error,
    },
}

#[test]
fn a_source_is_kept_for_logs_and_is_no_detail() {
    let other = || io::Error::other("the disk is on fire");
    let all = [
        Caused::Attribute { path: "a".into(), cause: other() },
        Caused::Name { source: other() },
        Caused::Converted(parse_error()),
        Caused::Maybe(Some(other())),
        Caused::Shared(Arc::new(other())),
        Caused::Boxed(Box::new(other())),
        Caused::Shown(Box::new(other())),
    ];
    for failure in all {
        let text = failure.to_string();
        let path = matches!(failure, Caused::Attribute { .. });
        let error = failure.into_mcp_error();
        let source = error.source().map(ToString::to_string);
        let expected = if error.is(filesystem::INVALID_PARAMETER_VALUE) {
            "cannot parse integer from empty string"
        } else {
            "the disk is on fire"
        };
        assert_eq!(source.as_deref(), Some(expected), "{text}");
        let details = if path { json!({"path": "a"}) } else { json!({}) };
        assert_eq!(parts(&error), (details, only_text(&text)));
        assert!(!error.tool_result().to_string().contains("fire"));
    }
    assert!(Caused::Maybe(None).into_mcp_error().source().is_none());
    assert!(Caused::Skipped { cause: fmt::Error }.into_mcp_error().source().is_none());
}

/// An author without `thiserror` may have a text with this name, and a backtrace.
#[derive(Debug, IntoMcpError)]
#[mcp(code = "OP-006")]
struct Plain {
    #[mcp(name = "source")]
    source: &'static str,
    backtrace: Backtrace,
    #[mcp(internal, display, name = "trace")]
    shown: Backtrace,
}

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plain")
    }
}

#[test]
fn an_attribute_says_that_a_source_or_a_backtrace_is_a_value() {
    let error = Plain { source: "a.txt", backtrace: Backtrace::disabled(), shown: Backtrace::disabled() };
    assert!(matches!(error.backtrace.status(), std::backtrace::BacktraceStatus::Disabled));
    let error = error.into_mcp_error();
    assert!(error.source().is_none());
    assert_eq!(parts(&error), (json!({"source": "a.txt"}), json!({"error": "plain", "trace": "disabled backtrace"})));
}
