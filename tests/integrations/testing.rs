//! Assertions on errors: what they accept, and their messages.
#![cfg(feature = "testing")]

use std::cell::Cell;
use std::error::Error;
use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::time::Duration;

use mcp_error_codes::testing::{Found, Outcome, Walk, expect};
use mcp_error_codes::wire::{Envelope, RecordObject};
use mcp_error_codes::{
    Code, McpError, Record, RegistryCode, Surface, assert_mcp_error, assert_no_mcp_error, filesystem, hyper_bun, mcp,
    super_mcp,
};
use serde_json::{Value, json};

type Checked = Result<(), Box<dyn Error>>;

thread_local! {
    /// The line where this thread is about to panic, if a test needs it. The panic is then not printed.
    static LINE: Cell<Option<u32>> = const { Cell::new(None) };
}

/// Returns the line in this file where something panics, and the text.
fn panic_of(run: impl FnOnce()) -> Result<(u32, String), &'static str> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| match LINE.get() {
            Some(_) => LINE.set(panic.location().filter(|place| place.file() == file!()).map(|place| place.line())),
            None => before(panic),
        }));
    });
    LINE.set(Some(0));
    let caught = catch_unwind(AssertUnwindSafe(run));
    let line = LINE.take().ok_or("it panicked in another file")?;
    let text = caught.err().ok_or("it did not panic")?.downcast::<String>().map_err(|_| "it has no text")?;
    Ok((line, *text))
}

fn failure(outcome: &(impl Outcome + ?Sized), code: impl RegistryCode) -> String {
    expect(code).check(outcome).err().unwrap_or_default()
}

#[test]
fn every_form_of_an_error_is_read_and_is_there_afterwards() -> Checked {
    let sent = filesystem::file_not_found("a.txt").with_error_id("e-1");
    let texts = [
        sent.json_rpc_response(7).to_string(),
        sent.json_rpc_error().to_string(),
        sent.tool_result().to_string(),
        sent.problem().to_string(),
        Envelope::new(&sent).to_string(),
        RecordObject::new(&sent).to_string(),
    ];
    for text in texts {
        let value: Value = serde_json::from_str(&text)?;
        let bytes = text.clone().into_bytes();
        assert_mcp_error!(text, filesystem::FILE_NOT_FOUND, message = "File not found: a.txt", path = "a.txt");
        assert_mcp_error!(*text, filesystem::FILE_NOT_FOUND, path = "a.txt");
        assert_mcp_error!(&text, filesystem::FILE_NOT_FOUND, path = "a.txt");
        assert_mcp_error!(value, filesystem::FILE_NOT_FOUND, path = "a.txt");
        assert_mcp_error!(bytes, filesystem::FILE_NOT_FOUND, path = "a.txt");
        assert_mcp_error!(bytes[..], filesystem::FILE_NOT_FOUND, path = "a.txt");
        assert_eq!((value, bytes), (serde_json::from_str(&text)?, text.into_bytes()));
    }
    assert_mcp_error!(*br#"{"code":-32700,"message":"no"}"#, mcp::PARSE_ERROR, message = "no");
    assert_mcp_error!("2025-01-15 14:23:45.123 | ERROR | FS-001 | Files | gone", filesystem::FILE_NOT_FOUND);

    let failed: Result<String, McpError> = Err(sent);
    let error = assert_mcp_error!(failed, filesystem::FILE_NOT_FOUND, error_id = "e-1", path = "a.txt",);
    assert_eq!(error.record().http_status, 404);
    assert_eq!(failed.err().map(|error| error.to_string()), Some(error.to_string()));
    Ok(())
}

#[test]
fn any_other_error_becomes_one_that_is_asserted() {
    let failed: io::Result<()> = Err(ErrorKind::StorageFull.into());
    assert_mcp_error!(failed.map_err(McpError::from), filesystem::DISK_FULL);
    let twice: Result<(), Result<(), McpError>> = Err(Err(filesystem::disk_full()));
    assert_mcp_error!(twice, filesystem::DISK_FULL);
}

#[test]
fn the_parts_are_named_as_they_are_called() {
    let error = McpError::new(hyper_bun::SERVER_UNAVAILABLE)
        .with_detail("type", "stdio")
        .with_detail("message", json!({"nested": [1, null]}))
        .with_detail("two words", 2.5)
        .with_error_id("e-1")
        .with_retry_after(Duration::from_secs(20));
    assert_mcp_error!(
        error,
        hyper_bun::SERVER_UNAVAILABLE,
        type = "stdio",
        "message" = json!({"nested": [1, null]}),
        "two words" = 2.5,
        message = "MCP Server Unavailable",
        error_id = String::from("e-1"),
        retry_after = Duration::from_secs(20),
        surface = hyper_bun::SERVER_UNAVAILABLE.record().surface,
    );
    // A wait from the record's schedule counts too.
    let bare = McpError::new(hyper_bun::SERVER_UNAVAILABLE);
    assert_mcp_error!(bare, hyper_bun::SERVER_UNAVAILABLE, retry_after = Duration::from_secs(1));
    // If a part is expected twice, the last value counts.
    assert_mcp_error!(filesystem::file_not_found("b"), filesystem::FILE_NOT_FOUND, path = "a", path = "b");
}

#[test]
fn another_code_is_shown_with_all_that_is_known_of_the_error() {
    let error = McpError::from(io::Error::new(ErrorKind::NotFound, "os said no"))
        .with_detail("path", "a.txt")
        .with_internal("target", "/srv/a.txt")
        .with_retry_after(Duration::from_millis(1_500))
        .with_error_id("e-1");
    assert_eq!(
        failure(&error, filesystem::DIRECTORY_NOT_FOUND),
        r#"not the expected error (- expected, + found)
- code             filesystem:FS-002 (Directory Not Found)
+ code             filesystem:FS-001 (File Not Found)
  message          "File not found: a.txt"
  details.path     "a.txt"
  retry_after      1.5s
  error_id         "e-1"
  surface          tool
  internal.target  "/srv/a.txt"
  source           "os said no""#
    );
    // Two records with the same text.
    assert_eq!(
        failure(&json!({"code": -32602, "message": "no"}), super_mcp::INVALID_PARAMS),
        r#"not the expected error (- expected, + found)
- code     super-mcp:-32602 (Invalid parameters provided)
+ code     mcp:-32602 (Invalid params)
  message  "no"
  surface  protocol"#
    );
}

#[test]
fn every_part_that_differs_has_two_lines() {
    let error = McpError::new(filesystem::BATCH_OPERATION_FAILED)
        .with_detail("done", json!({"files": ["a", "b"], "at": {"line": 1}}))
        .with_detail("kept", [1])
        .with_detail("note", "é\n");
    let expected = expect(filesystem::BATCH_OPERATION_FAILED)
        .message("another")
        .detail("done", json!({"files": ["a", "c", "d"], "at": {"line": 1, "column": 2}, "by": "me"}))
        .detail("kept", [1])
        .detail("gone", true)
        .retry_after(Duration::from_secs(2))
        .error_id("e-2")
        .surface(Surface::Protocol);
    assert_eq!(
        expected.check(&error).err().unwrap_or_default(),
        r#"not the expected error (- expected, + found)
  code                    filesystem:OP-001 (Batch Operation Failed)
- message                 "another"
+ message                 "Batch Operation Failed"
  details.done.at.line    1
- details.done.at.column  2
+ details.done.at.column  absent
  details.done.files[0]   "a"
- details.done.files[1]   "c"
+ details.done.files[1]   "b"
- details.done.files[2]   "d"
+ details.done.files[2]   absent
- details.done.by         "me"
+ details.done.by         absent
  details.kept            [1]
  details.note            "é\n"
- details.gone            true
+ details.gone            absent
- retry_after             2s
+ retry_after             absent
- error_id                "e-2"
+ error_id                absent
- surface                 protocol
+ surface                 tool"#
    );
}

#[test]
fn a_value_must_be_the_whole_of_what_was_found() {
    let error = filesystem::disk_full().with_detail("files", json!([{"a": 1, "b": 2}, 3]));
    assert_eq!(
        expect(filesystem::DISK_FULL).detail("files", json!([{"a": 1}])).check(&error).err().unwrap_or_default(),
        r#"not the expected error (- expected, + found)
  code                filesystem:FS-006 (Disk Full)
  message             "Disk full: insufficient space for operation"
  details.files[0].a  1
- details.files[0].b  absent
+ details.files[0].b  2
- details.files[1]    absent
+ details.files[1]    3
  surface             tool"#
    );
    let error = filesystem::disk_full().with_detail("files", json!([]));
    assert!(expect(filesystem::DISK_FULL).detail("files", json!([])).check(&error).is_ok());
    for other in [json!({}), json!(null), json!([null]), json!("[]")] {
        assert!(expect(filesystem::DISK_FULL).detail("files", &other).check(&error).is_err(), "{other}");
    }
}

#[test]
fn what_was_not_asked_for_is_shortened() {
    let error = filesystem::disk_full().with_message("é".repeat(500)).with_detail("note", "x".repeat(500));
    let text = expect(filesystem::DISK_FULL).detail("note", "x").check(&error).err().unwrap_or_default();
    assert_eq!(
        text.lines().collect::<Vec<_>>(),
        [
            "not the expected error (- expected, + found)",
            "  code          filesystem:FS-006 (Disk Full)",
            &format!("  message       \"{}… [302 more]", "é".repeat(199)),
            "- details.note  \"x\"",
            &format!("+ details.note  \"{}\"", "x".repeat(500)),
            "  surface       tool",
        ]
    );
}

#[test]
fn what_is_no_error_is_shown_as_what_it_is() {
    let fails = |outcome: &dyn Outcome, text: &str| {
        let expected = format!("expected filesystem:FS-001 (File Not Found), found {text}");
        assert_eq!(failure(outcome, filesystem::FILE_NOT_FOUND), expected);
    };
    fails(&Ok::<_, McpError>("he\"llo".to_owned()), r#"no error: Ok("he\"llo")"#);
    fails(&Ok::<_, McpError>(json!({"a": 1})), r#"no error: Ok({"a":1})"#);
    fails(&Ok::<_, McpError>(7_u8), "no error: Ok of the type u8");
    fails(&json!({"ok": true}), r#"no error: {"ok":true}"#);
    fails(&r#"{"jsonrpc":"2.0","id":1,"result":{}}"#, r#"no error: {"jsonrpc":"2.0","id":1,"result":{}}"#);
    fails(&"hello\n", r#""hello\n", which contains no recognized error"#);
    fails(&[0xff, b'a'], "\"\u{fffd}a\", which contains no recognized error");
    let long = format!("no error: [\"{}… [103 more]", "x".repeat(198));
    fails(&json!(["x".repeat(299)]), &long);
}

/// A code of a registry that is not registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct OutOfPaper;

// Generated code does the same.
impl mcp_error_codes::__private::Generated for OutOfPaper {}

impl RegistryCode for OutOfPaper {
    fn record(self) -> &'static Record {
        &acme::OUT_OF_PAPER
    }

    fn from_record(record: &'static Record) -> Option<Self> {
        std::ptr::eq(record, &acme::OUT_OF_PAPER).then_some(Self)
    }
}

mod acme {
    use mcp_error_codes::__private::RecordBuilder;
    use mcp_error_codes::record::{Family, Retry};
    use mcp_error_codes::{Category, Record, RetryClass, Severity, Surface, System};

    const FAMILIES: &[Family] = &[Family::__new("AC", "Acme", "Codes of a test.", &[], &[], &[], &[])];

    static SYSTEM: System =
        System::__new("acme", "acme", "Acme", "A system of a test.", "0.1", "none", &[], FAMILIES, None);

    pub(super) static OUT_OF_PAPER: Record =
        RecordBuilder::new(0, "AC-001", &SYSTEM, &FAMILIES[0], "OUT_OF_PAPER", "Out of Paper")
            .severity(Severity::Error)
            .category(Category::General)
            .retry(Retry::new(RetryClass::DoNotRetry))
            .surface(Surface::Tool)
            .build();
}

#[test]
fn codes_of_other_registries_are_asserted_and_a_missing_installation_is_told() {
    let error = McpError::new(OutOfPaper);
    assert_mcp_error!(error, OutOfPaper, message = "Out of Paper");
    assert_eq!(
        failure(&error.tool_result().to_string(), OutOfPaper),
        r#"not the expected error (- expected, + found)
- code     acme:AC-001 (Out of Paper)
+ code     acme:AC-001 (not known here)
  message  "Out of Paper"
  surface  tool
note: the registry of the system "acme" is not known here; call `mcp_error_codes::setup` first"#
    );
}

#[test]
fn a_bare_number_is_told_to_be_no_code() {
    assert_eq!(
        failure(&json!({"code": -32001, "message": "no such package"}), super_mcp::PACKAGE_NOT_FOUND),
        r#"not the expected error (- expected, + found)
- code     super-mcp:-32001 (Package ID not in configuration)
+ code     unknown:-32001 (not known here)
  message  "no such package"
  surface  protocol
note: a bare number means no system's code; `Decoder::in_system("super-mcp")` reads it as that system's"#
    );
}

#[test]
fn no_error_is_asserted_too() -> Checked {
    assert_no_mcp_error!(Ok::<_, McpError>(7));
    assert_no_mcp_error!(json!({"jsonrpc": "2.0", "id": 1, "result": {"content": [], "isError": false}}));
    let failed: Result<(), McpError> = Err(filesystem::file_not_found("a.txt"));
    let (line, text) = panic_of(|| assert_no_mcp_error!(failed))?;
    assert_eq!(line, line!() - 1);
    assert_eq!(
        text,
        r#"expected no error, found
  code          filesystem:FS-001 (File Not Found)
  message       "File not found: a.txt"
  details.path  "a.txt"
  surface       tool"#
    );
    // The text of a tool result is read too.
    let (_, text) = panic_of(|| assert_no_mcp_error!("FS-001: gone"))?;
    assert_eq!(
        text,
        r#"expected no error, found
  code     filesystem:FS-001 (File Not Found)
  message  "gone"
  surface  tool"#
    );
    Ok(())
}

#[test]
fn a_failure_is_at_the_line_of_the_macro() -> Checked {
    let error = filesystem::disk_full();
    let (line, text) = panic_of(|| {
        assert_mcp_error!(error, filesystem::FILE_NOT_FOUND);
    })?;
    assert_eq!(line, line!() - 2);
    assert_eq!(text, failure(&error, filesystem::FILE_NOT_FOUND));
    let (line, _) = panic_of(|| Walk::new([filesystem::DISK_FULL]).finish())?;
    assert_eq!(line, line!() - 1);
    let (line, _) = panic_of(|| Walk::each([filesystem::DISK_FULL], |_| filesystem::file_not_found("a")))?;
    assert_eq!(line, line!() - 1);
    Ok(())
}

#[test]
fn the_response_and_the_code_are_computed_once() {
    let (mut calls, mut codes) = (0, 0);
    let mut call = || {
        calls += 1;
        filesystem::disk_full()
    };
    let mut code = || {
        codes += 1;
        filesystem::DISK_FULL
    };
    assert_mcp_error!(call(), code());
    assert_eq!((calls, codes), (1, 1));
}

#[test]
fn a_response_type_of_ones_own_is_an_outcome() {
    struct Response(Vec<u8>);

    impl Outcome for Response {
        fn found(&self) -> Found {
            self.0.found()
        }
    }

    assert_mcp_error!(Response(filesystem::disk_full().problem().to_string().into()), filesystem::DISK_FULL);
}

const DECLARED: [Code; 3] = [filesystem::FILE_NOT_FOUND, filesystem::DISK_FULL, filesystem::BATCH_OPERATION_FAILED];

#[test]
fn a_walk_that_meets_every_code_ends_well() {
    let mut walk = Walk::new(DECLARED);
    walk.saw(&Err::<(), _>(filesystem::disk_full()));
    walk.saw(&Ok::<_, McpError>(()));
    walk.saw("what cannot be read counts for nothing");
    walk.saw(&filesystem::batch_operation_failed("1 of 2").json_rpc_response(1).to_string());
    walk.saw(&filesystem::disk_full());
    let text = "1 of 3 declared codes was never raised\n  never raised: filesystem:FS-001 (File Not Found)";
    assert_eq!(walk.check(), Err(text.to_owned()));
    walk.saw(&filesystem::file_not_found("a"));
    assert_eq!(walk.check(), Ok(()));
    walk.finish();
    Walk::new([] as [Code; 0]).finish();
}

#[test]
fn the_causes_of_an_error_count() {
    let batch = |cause| filesystem::batch_operation_failed("1 of 2").with_failure(cause);
    let deep = batch(batch(filesystem::disk_full())).with_failure(filesystem::file_not_found("a"));
    let mut in_process = Walk::new(DECLARED);
    in_process.saw(&deep);
    assert_eq!(in_process.check(), Ok(()));
    let mut on_the_wire = Walk::new(DECLARED);
    on_the_wire.saw(&deep.tool_result().to_string());
    assert_eq!(on_the_wire.check(), Ok(()));

    let mut of_two_registries = Walk::new([filesystem::BATCH_OPERATION_FAILED]);
    of_two_registries.declare([OutOfPaper]);
    of_two_registries.saw(&batch(McpError::new(OutOfPaper)));
    of_two_registries.finish();
}

#[test]
fn a_walk_names_all_that_is_missing_and_all_that_is_too_much() {
    let mut walk = Walk::new(DECLARED);
    assert_eq!(
        walk.check().err().unwrap_or_default(),
        "3 of 3 declared codes were never raised
  never raised: filesystem:FS-001 (File Not Found)
  never raised: filesystem:FS-006 (Disk Full)
  never raised: filesystem:OP-001 (Batch Operation Failed)"
    );
    for _ in 0..2 {
        walk.saw(&json!({"code": 1234, "message": "out of paper"}));
        walk.saw(&McpError::new(mcp::PARSE_ERROR));
        walk.saw(&McpError::new(OutOfPaper).tool_result().to_string());
        walk.saw(&filesystem::disk_full());
        walk.saw(&filesystem::file_not_found("a"));
    }
    let text = "1 of 3 declared codes was never raised, and 3 codes were raised and not declared
  never raised: filesystem:OP-001 (Batch Operation Failed)
  not declared: mcp:-32700 (Parse error)
  not declared: unknown:1234 (not known here)
  not declared: acme:AC-001 (not known here)";
    assert_eq!(walk.check(), Err(text.to_owned()));
    assert_eq!(panic_of(|| walk.finish()).map(|(_, told)| told), Ok(text.to_owned()));

    let mut walk = Walk::new([] as [Code; 0]);
    walk.saw(&filesystem::disk_full());
    let text = "1 code was raised and not declared\n  not declared: filesystem:FS-006 (Disk Full)";
    assert_eq!(walk.check(), Err(text.to_owned()));
}

#[test]
fn each_code_must_come_when_it_is_asked_for() -> Checked {
    Walk::each(DECLARED, McpError::new);
    let raise = |code: Code| match code {
        filesystem::FILE_NOT_FOUND => Ok(()),
        filesystem::DISK_FULL => Err(McpError::new(filesystem::WRITE_ERROR)),
        code => Err(McpError::new(code)),
    };
    assert_eq!(
        panic_of(|| Walk::each(DECLARED, raise))?.1,
        r#"expected filesystem:FS-001 (File Not Found), found no error: Ok of the type ()

not the expected error (- expected, + found)
- code         filesystem:FS-006 (Disk Full)
+ code         filesystem:FS-008 (Write Error)
  message      "Write Error"
  retry_after  1s
  surface      tool"#
    );
    Ok(())
}

#[cfg(feature = "rmcp-3")]
mod of_the_rust_sdk {
    use mcp_error_codes::rmcp_3::tool_result;
    use mcp_error_codes::sdk;
    use rmcp::handler::server::tool::IntoCallToolResult;
    use rmcp::model::{CallToolResponse, CallToolResult, ContentBlock};
    use rmcp::{ErrorData, Json, ServiceError};

    use super::*;

    #[test]
    fn results_are_read_on_either_surface() {
        let sent = filesystem::file_not_found("a.txt");
        assert_mcp_error!(tool_result(&sent), filesystem::FILE_NOT_FOUND, path = "a.txt", surface = Surface::Tool);
        let data = ErrorData::from(sent.clone());
        assert_mcp_error!(data, filesystem::FILE_NOT_FOUND, path = "a.txt", surface = Surface::Protocol);

        let answered: Result<CallToolResult, ServiceError> = Ok(tool_result(&sent));
        assert_mcp_error!(answered, filesystem::FILE_NOT_FOUND, surface = Surface::Tool);
        let refused: Result<CallToolResult, ServiceError> = Err(ServiceError::McpError(sent.clone().into()));
        assert_mcp_error!(refused, filesystem::FILE_NOT_FOUND, surface = Surface::Protocol);
        assert!(answered.is_ok() && refused.is_err());

        let handled: Result<CallToolResponse, ErrorData> = sent.clone().into_call_tool_result();
        assert_mcp_error!(handled, filesystem::FILE_NOT_FOUND, surface = Surface::Tool);
        let tool: Result<CallToolResult, McpError> = Ok(tool_result(&sent));
        assert_mcp_error!(tool, filesystem::FILE_NOT_FOUND);
        // The result of a handler with an output schema, whose success type has no `Debug`.
        assert_mcp_error!(Err::<Json<u8>, _>(sent), filesystem::FILE_NOT_FOUND);
    }

    #[test]
    fn a_success_is_shown_and_a_closed_transport_is_an_error_of_the_sdk() -> Checked {
        let result = CallToolResult::success(vec![ContentBlock::text("hello")]);
        let success: Result<CallToolResult, ServiceError> = Ok(result.clone());
        assert_no_mcp_error!(success);
        assert_no_mcp_error!(CallToolResponse::from(result));
        assert_eq!(
            failure(&success, filesystem::FILE_NOT_FOUND),
            "expected filesystem:FS-001 (File Not Found), found no error: \
             {\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"hello\"}],\"isError\":false}"
        );
        let closed: Result<CallToolResult, ServiceError> = Err(ServiceError::TransportClosed);
        assert_eq!(
            failure(&closed, filesystem::FILE_NOT_FOUND),
            "not the expected error (- expected, + found)\n\
             - code     filesystem:FS-001 (File Not Found)\n\
             + code     sdk:CONNECTION_CLOSED (Connection closed)\n  message  \"Transport closed\"\n  surface  local"
        );
        assert_mcp_error!(Err::<CallToolResult, _>(ServiceError::TransportClosed), sdk::CONNECTION_CLOSED);
        let (_, text) = panic_of(|| assert_no_mcp_error!(closed))?;
        assert!(text.contains("sdk:CONNECTION_CLOSED"), "{text}");
        Ok(())
    }

    #[test]
    fn a_walk_sees_what_a_client_receives() {
        let mut walk = Walk::new([filesystem::FILE_NOT_FOUND, hyper_bun::TOOL_NOT_FOUND]);
        walk.saw(&Ok::<_, ServiceError>(tool_result(&filesystem::file_not_found("a"))));
        walk.saw(&Err::<CallToolResult, _>(ServiceError::McpError(McpError::new(hyper_bun::TOOL_NOT_FOUND).into())));
        walk.finish();
    }
}
