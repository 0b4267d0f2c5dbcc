//! An error: its parts, what it prints, and what stays internal.
#![cfg(feature = "std")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::time::Duration;

use mcp_error_codes::wire::{Details, RecordObject};
use mcp_error_codes::{Code, McpError, Surface, decode, filesystem, hyper_bun, scrum, super_mcp};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// Returns an error with everything that an error can have.
fn full() -> McpError {
    filesystem::file_not_found("a.txt")
        .with_detail("workspace", "home")
        .with_internal("sql", "SELECT 1")
        .with_source(Outer(Inner))
        .with_retry_after(Duration::from_secs(5))
        .with_error_id("e-1")
        .with_surface(Surface::Protocol)
        .with_failure(filesystem::disk_full().with_internal("device", "sda1"))
}

#[derive(Debug)]
struct Inner;

impl fmt::Display for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("inner trouble")
    }
}

impl Error for Inner {}

#[derive(Debug)]
struct Outer(Inner);

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("outer trouble")
    }
}

impl Error for Outer {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// Returns every form in which an error leaves the process.
fn wire_forms(error: &McpError) -> [String; 6] {
    [
        error.to_string(),
        error.tool_text(),
        error.json_rpc_error().to_string(),
        error.json_rpc_response("7").to_string(),
        error.tool_result().to_string(),
        RecordObject::new(error).to_string(),
    ]
}

#[test]
fn an_error_knows_its_code() {
    for code in Code::all() {
        let error = McpError::new(code);
        assert_eq!(error.code(), Some(code));
        assert!(error.is(code));
        assert_eq!(error.record(), code.record());
        assert_eq!(error.code_text(), code.to_string());
        assert_eq!(error.surface(), code.record().surface);
        assert_eq!(Code::all().filter(|other| error.is(*other)).count(), 1);
    }
}

#[test]
fn a_code_is_matched_by_pattern() {
    let answer = match full().code() {
        Some(filesystem::FILE_NOT_FOUND) => "missing",
        Some(_) => "other",
        None => "foreign",
    };
    assert_eq!(answer, "missing");
    let foreign = decode(r#"{"code":1234,"message":"out of paper"}"#).expect("it is an error");
    assert_eq!(foreign.code(), None);
}

#[test]
fn display_prints_the_code_and_the_message() {
    assert_eq!(full().to_string(), "FS-001: File not found: a.txt");
    assert_eq!(McpError::new(hyper_bun::TOOL_NOT_FOUND).to_string(), "NX-MCP-010: MCP Tool Not Found");
    assert_eq!(McpError::new(super_mcp::INVALID_PARAMS).code_text(), "super-mcp:-32602");
    assert!(McpError::new(super_mcp::INVALID_PARAMS).to_string().starts_with("super-mcp:-32602: "));
    // A value cannot end a log line.
    assert_eq!(filesystem::file_not_found("a\nb").to_string(), r"FS-001: File not found: a\nb");
}

#[test]
fn debug_adds_everything() {
    assert_eq!(
        format!("{:?}", McpError::new(hyper_bun::TOOL_NOT_FOUND)),
        r#"McpError { code: hyper-bun:NX-MCP-010, message: "MCP Tool Not Found" }"#
    );
    let debug = format!("{:?}", full());
    let expected = concat!(
        r#"McpError { code: filesystem:FS-001, message: "File not found: a.txt", "#,
        r#"details: {"path": "a.txt", "workspace": "home"}, internal: {"sql": "SELECT 1"}, error_id: "e-1", "#,
        r#"retry_after: 5s, surface: Protocol, failures: [McpError { code: filesystem:FS-006, message: "Disk full: insufficient space for operation", "#,
        r#"internal: {"device": "sda1"} }], source: ["outer trouble", "inner trouble"] }"#,
    );
    assert_eq!(debug, expected);
}

#[test]
fn nothing_internal_is_in_any_form_that_leaves_the_process() {
    for form in wire_forms(&full()) {
        for internal in ["sql", "SELECT", "trouble", "device", "sda1"] {
            assert!(!form.contains(internal), "{internal} in {form}");
        }
        assert!(form.contains("a.txt"));
    }
}

#[test]
fn a_source_is_kept_with_its_chain() {
    let error = full();
    let source = error.source().expect("the source was set");
    assert_eq!(source.to_string(), "outer trouble");
    assert_eq!(source.source().map(ToString::to_string).as_deref(), Some("inner trouble"));
    assert!(source.downcast_ref::<Outer>().is_some());
    let text = McpError::new(filesystem::DISK_FULL).with_source("only a text");
    assert_eq!(text.source().map(ToString::to_string).as_deref(), Some("only a text"));
    assert!(McpError::new(filesystem::DISK_FULL).source().is_none());
}

#[test]
fn an_endless_chain_of_sources_is_printed_in_part() {
    #[derive(Debug)]
    struct Endless;
    impl fmt::Display for Endless {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("again")
        }
    }
    impl Error for Endless {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(self)
        }
    }
    let debug = format!("{:?}", McpError::new(filesystem::DISK_FULL).with_source(Endless));
    assert_eq!(debug.matches("again").count(), 32);
}

#[test]
fn details_stand_in_the_order_in_which_they_were_added() {
    let error =
        McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_detail("z", 1).with_detail("a", 2).with_detail("m", 3);
    let details: Vec<_> = error.details().collect();
    assert_eq!(details, [("z", &json!(1)), ("a", &json!(2)), ("m", &json!(3))]);
    assert_eq!(error.detail("a"), Some(&json!(2)));
    assert_eq!(error.detail("A"), None);
}

#[test]
fn a_detail_that_is_set_again_is_replaced_where_it_stands() {
    let error =
        McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_detail("a", 1).with_detail("b", 2).with_detail("a", "new");
    assert_eq!(error.details().collect::<Vec<_>>(), [("a", &json!("new")), ("b", &json!(2))]);
    let error = error.with_internal("x", 1).with_internal("x", 2);
    assert_eq!(error.internal().collect::<Vec<_>>(), [("x", &json!(2))]);
}

#[test]
fn internal_context_and_details_do_not_mix() {
    let error = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_detail("a", 1).with_internal("a", 2);
    assert_eq!((error.detail("a"), error.internal().next()), (Some(&json!(1)), Some(("a", &json!(2)))));
}

/// Always fails to serialize.
struct Broken;

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("out of ink"))
    }
}

#[test]
fn a_detail_that_does_not_serialise_is_recorded_and_the_error_kept() {
    let error = filesystem::file_not_found("a").with_detail("broken", Broken).with_internal("broken", Broken);
    let told = json!("[not serialisable: out of ink]");
    assert_eq!(error.detail("broken"), Some(&told));
    assert_eq!(error.internal().collect::<Vec<_>>(), [("broken", &told)]);
    assert_eq!(error.to_string(), "FS-001: File not found: a");

    let within = McpError::new(filesystem::DISK_FULL).with_detail(
        "list",
        vec![Ok(1), Err(Broken)]
            .into_iter()
            .map(|item| match item {
                Ok(number) => Part::Number(number),
                Err(broken) => Part::Broken(broken),
            })
            .collect::<Vec<_>>(),
    );
    assert_eq!(within.detail("list"), Some(&told));

    let keys = BTreeMap::from([((1, 2), "a pair is no key")]);
    let error = McpError::new(filesystem::DISK_FULL).with_detail("map", keys);
    assert_eq!(error.detail("map"), Some(&json!("[not serialisable: key must be a string]")));

    let too_big = McpError::new(filesystem::DISK_FULL).with_detail("number", u128::MAX);
    assert_eq!(too_big.detail("number"), Some(&json!("[not serialisable: number out of range]")));
}

#[derive(Serialize)]
#[serde(untagged)]
enum Part {
    Number(u8),
    Broken(Broken),
}

#[test]
fn numbers_that_json_does_not_have_become_null() {
    let error = McpError::new(filesystem::DISK_FULL).with_detail("ratio", f64::NAN).with_detail("rest", f64::INFINITY);
    assert_eq!((error.detail("ratio"), error.detail("rest")), (Some(&Value::Null), Some(&Value::Null)));
}

#[test]
fn a_stack_trace_becomes_internal_unless_it_is_allowed() {
    let trace = "at main.rs:1";
    for key in [
        "stack",
        "stackTrace",
        "stack_trace",
        "STACKTRACE",
        "backtrace",
        "errorStackTrace",
        "Traceback",
        "back-trace",
        "trace",
    ] {
        let error = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_detail(key, trace);
        assert_eq!(error.detail(key), None, "{key}");
        assert_eq!(error.internal().collect::<Vec<_>>(), [(key, &json!(trace))]);
        assert!(wire_forms(&error).iter().all(|form| !form.contains("main.rs")), "{key}");
        let allowed = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_trusted_detail(key, trace);
        assert_eq!(allowed.detail(key), Some(&json!(trace)), "{key}");
    }
    for key in ["stackSize", "haystack", "traceId", "stacked"] {
        let error = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_detail(key, trace);
        assert_eq!(error.detail(key), Some(&json!(trace)), "{key}");
    }
}

#[test]
fn a_stack_trace_leaves_hints_parameters_and_lists() {
    let trace = "boom at f (file.js:1:2)";
    let hinted = McpError::new(filesystem::DISK_FULL).with_hint("Try again.\n    at f (file.js:1:2)");
    assert!(hinted.tool_text().ends_with("\nHint: Try again."), "{}", hinted.tool_text());
    let only = McpError::new(filesystem::DISK_FULL).with_hint("    at f (file.js:1:2)");
    assert_eq!(only.hint(), McpError::new(filesystem::DISK_FULL).hint());
    for error in [hinted, filesystem::write_error(trace), scrum::file_claim_conflict([trace])] {
        let sent = error.tool_result().to_string();
        assert!(!sent.contains("file.js"), "{sent}");
    }
    let logged = filesystem::write_error(trace);
    assert!(logged.internal().any(|(_, value)| value.to_string().contains("file.js")));
}

#[test]
fn several_stack_traces_are_all_kept() {
    let bare = || McpError::new(hyper_bun::TOOL_EXECUTION_FAILED);
    let error = bare()
        .with_message("boom\n    at f (a.js:1:2)")
        .with_hint("Try again.\n    at g (b.js:3:4)")
        .with_detail("stack", "at h (c.js:5:6)");
    assert_eq!((&*error.message(), error.hint()), ("boom", "Try again."));
    let traces = [("stack", "at f (a.js:1:2)"), ("stack (2)", "at g (b.js:3:4)"), ("stack (3)", "at h (c.js:5:6)")];
    let kept: Vec<_> = error.internal().map(|(name, value)| (name, value.as_str().unwrap_or_default())).collect();
    assert_eq!(kept, traces);

    // The same trace is stored once, and other context keeps its name.
    let twice = bare().with_message("boom\n    at f (a.js:1:2)").with_hint("Again.\n    at f (a.js:1:2)");
    assert_eq!(twice.internal().count(), 1);
    let context = bare().with_internal("output", "full").with_detail("output", "boom\n    at f (a.js:1:2)");
    let names: Vec<_> = context.internal().map(|(name, _)| name).collect();
    assert_eq!(names, ["output", "output (2)"]);
    let longer = bare().with_detail("stackTrace", "at f (a.js:1:2)").with_message("boom\n    at g (b.js:3:4)");
    assert!(longer.internal().map(|(name, _)| name).eq(["stackTrace", "stack"]));

    let received = decode(
        r#"{"system":"filesystem","code":"FS-006","message":"full\n    at f (a.js:1:2)","details":{"stack":"at g (b.js:3:4)"}}"#,
    );
    assert_eq!(received.expect("it is read").internal().count(), 2);
}

#[test]
fn a_stack_trace_within_a_detail_is_dropped_unless_it_is_allowed() {
    let cause =
        json!({"name": "TypeError", "stack": "at main.rs:1", "causes": [{"stackTrace": ["at main.rs:2"], "line": 3}]});
    let error = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_detail("cause", &cause);
    assert_eq!(error.detail("cause"), Some(&json!({"name": "TypeError", "causes": [{"line": 3}]})));
    let allowed = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_trusted_detail("cause", &cause);
    assert_eq!(allowed.detail("cause"), Some(&cause));
    let internal = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).with_internal("cause", &cause);
    assert_eq!(internal.internal().next(), Some(("cause", &cause)));
}

#[test]
fn several_failures_travel_in_one() {
    let error = filesystem::batch_operation_failed("2 of 3")
        .with_failure(filesystem::file_not_found("a").with_internal("inode", 7))
        .with_failure(filesystem::disk_full());
    assert_eq!(
        error.failures().iter().map(McpError::code).collect::<Vec<_>>(),
        [Some(filesystem::FILE_NOT_FOUND), Some(filesystem::DISK_FULL)]
    );
    // They are stored once: the details do not repeat them.
    assert_eq!(error.details().map(|(name, _)| name).collect::<Vec<_>>(), ["details"]);
    assert_eq!(error.detail("errors"), None);
    let errors = sent_errors(&error);
    assert_eq!(errors.len(), 2);
    for (object, cause) in errors.iter().zip(error.failures()) {
        assert_eq!(*object, serde_json::to_value(RecordObject::new(cause)).expect("it serialises"));
    }
    assert!(wire_forms(&error).iter().all(|form| !form.contains("inode")));
    assert!(format!("{error:?}").contains("inode"));
    assert_eq!(error.message(), "Batch operation failed: 2 of 3");
    assert!(error.source().is_none());
}

/// Returns the list `details.errors` as the peer receives it.
fn sent_errors(error: &McpError) -> Vec<Value> {
    let details = serde_json::to_value(Details::new(error)).expect("it serialises");
    details["errors"].as_array().expect("a list of errors").clone()
}

#[test]
fn failures_are_written_where_the_last_of_them_was_added_and_come_back_as_failures() {
    let error = McpError::new(filesystem::DISK_FULL)
        .with_detail("errors", 1)
        .with_detail("a", 1)
        .with_failure(filesystem::file_not_found("a"))
        .with_detail("b", 2)
        .with_failure(filesystem::batch_operation_failed("two").with_failure(filesystem::disk_full()))
        .with_detail("c", 3);
    let names = |text: String| ["\"a\":1", "\"b\":2", "\"errors\":[", "\"c\":3"].map(|name| text.find(name));
    for form in
        [serde_json::to_string(&Details::new(&error)).expect("it serialises"), error.json_rpc_error().to_string()]
    {
        let places = names(form.clone());
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{form}");
    }
    assert_eq!(sent_errors(&error)[0], json!(1));

    let error = filesystem::batch_operation_failed("1 of 2").with_failure(
        filesystem::batch_operation_failed("1 of 3").with_failure(filesystem::file_not_found("a").with_error_id("e-1")),
    );
    for form in [error.json_rpc_error().to_string(), error.tool_result().to_string(), error.problem().to_string()] {
        let read = decode(&form).expect("it is read");
        let innermost = &read.failures()[0].failures()[0];
        assert_eq!((innermost.code(), innermost.error_id()), (Some(filesystem::FILE_NOT_FOUND), Some("e-1")));
        assert_eq!(read.json_rpc_error().to_string(), error.json_rpc_error().to_string());
    }
}

#[test]
fn a_hint_that_was_set_wins_in_every_form_and_comes_back() {
    let error = filesystem::file_not_found("a.txt").with_hint("List \"notes\"\nfirst.");
    assert_eq!(error.hint(), "List \"notes\"\nfirst.");
    assert_eq!(error.tool_text(), "FS-001: File not found: a.txt\nHint: List \"notes\"\n  first.");
    for form in [
        error.json_rpc_response(7).to_string(),
        error.json_rpc_error().to_string(),
        error.tool_result().to_string(),
        error.problem().to_string(),
        RecordObject::new(&error).to_string(),
    ] {
        assert!(!form.contains(filesystem::FILE_NOT_FOUND.record().hint), "{form}");
        let read = decode(&form).expect("it is read");
        assert_eq!((read.hint(), read.message()), (error.hint(), error.message()), "{form}");
    }
    assert_eq!(error.tool_result().to_string(), serde_json::to_string(&error.tool_result()).expect("it serialises"));
    assert_eq!(
        error.json_rpc_error().to_string(),
        serde_json::to_string(&error.json_rpc_error()).expect("it serialises")
    );

    // In a tool result without the record object, the last line is the hint.
    let one_line = filesystem::file_not_found("a.txt").with_hint("List notes first.");
    let text = json!({"content": [{"type": "text", "text": one_line.tool_text()}], "isError": true});
    let read = decode(text.to_string()).expect("it is read");
    assert_eq!((read.hint(), &*read.message()), ("List notes first.", "File not found: a.txt"));

    assert_eq!(
        McpError::new(filesystem::DISK_FULL).with_hint("").tool_text(),
        McpError::new(filesystem::DISK_FULL).to_string()
    );
    let secret = McpError::new(filesystem::DISK_FULL).with_hint("Use token=abcdefghijklmnop123 again.");
    assert!(!secret.hint().contains("abcdefghijklmnop123"), "{}", secret.hint());
}

#[test]
fn an_error_of_an_unknown_code_says_so() {
    let unknown = decode(r#"{"code":90210,"message":"no"}"#).expect("it is read");
    assert!(!unknown.is_known() && unknown.code().is_none());
    let known = McpError::from_record(super_mcp::TOOL_NOT_FOUND.record());
    assert!(known.is_known() && known.is(super_mcp::TOOL_NOT_FOUND));
    assert_eq!(known.code(), known.code_in::<Code>());
}

#[test]
fn a_detail_called_errors_is_not_lost_to_several_failures() {
    let list =
        McpError::new(filesystem::DISK_FULL).with_detail("errors", json!([1])).with_failure(filesystem::disk_full());
    assert_eq!(list.detail("errors"), Some(&json!([1])));
    let errors = sent_errors(&list);
    assert_eq!((&errors[0], errors[1]["code"].as_str()), (&json!(1), Some("FS-006")));
    let text = McpError::new(filesystem::DISK_FULL).with_detail("errors", "text").with_failure(filesystem::disk_full());
    assert_eq!(sent_errors(&text)[0], json!("text"));
}

/// Counts an error and all its failures, and how deep they are nested.
fn count(error: &McpError) -> (usize, usize) {
    let failures = error.failures().iter().map(count);
    let (number, depth) = failures.fold((0, 0), |(number, depth), (more, deep)| (number + more, depth.max(deep)));
    (number + 1, depth + 1)
}

#[test]
fn failures_of_any_depth_are_kept_and_do_not_overflow_the_stack() {
    let mut error = filesystem::disk_full();
    for level in 0..10_000 {
        error = filesystem::batch_operation_failed(level).with_failure(error);
    }
    let (number, depth) = count(&error);
    assert_eq!(number, 10_001);
    assert!((20..=33).contains(&depth), "{depth}");
    let copy = error.clone();
    assert_eq!(format!("{copy:?}").matches("filesystem:FS-006").count(), 1);
    // The levels of a failure that fits stay.
    let small = filesystem::batch_operation_failed(1).with_failure(filesystem::disk_full());
    assert_eq!(count(&filesystem::batch_operation_failed(2).with_failure(small)), (3, 3));
}

#[test]
fn every_failure_is_written_as_an_object_that_can_be_read() {
    // The deepest detail that redaction keeps.
    let deep = (0..100).fold(json!("x"), |value, _| json!([value]));
    let mut error = filesystem::disk_full().with_detail("deep", deep.clone());
    for level in 0..60 {
        error = filesystem::batch_operation_failed(level).with_detail("deep", deep.clone()).with_failure(error);
    }
    assert_eq!(count(&error).0, 61);
    for form in wire_forms(&error) {
        assert!(!form.contains("not serialisable"), "{form}");
    }
    let batch = format!("[{}]", error.json_rpc_response(1));
    serde_json::from_str::<Value>(&batch).expect("a reader accepts the depth");
    let result = format!(r#"[{{"jsonrpc":"2.0","id":1,"result":{}}}]"#, error.tool_result());
    serde_json::from_str::<Value>(&result).expect("a reader accepts the depth");
    let received = decode(error.tool_result().to_string()).expect("the error is read");
    assert_eq!(count(&received), count(&error));
}

#[test]
fn an_error_of_many_levels_does_no_harm() {
    let mut error = filesystem::disk_full();
    for level in 0..200 {
        error = filesystem::batch_operation_failed(level).with_failure(error);
    }
    assert!(wire_forms(&error).iter().all(|form| form.len() < 1_000_000));
    assert!(format!("{error:?}").contains("filesystem:FS-006"));
}

#[test]
fn what_is_set_last_holds() {
    let error = full().with_error_id("e-2").with_surface(Surface::Tool).with_message("one").with_message("two");
    assert_eq!((error.error_id(), error.surface(), &*error.message()), (Some("e-2"), Surface::Tool, "two"));
    assert_eq!(full().surface(), Surface::Protocol);
    assert_eq!(McpError::new(filesystem::DISK_FULL).error_id(), None);
}

#[test]
fn a_clone_is_the_same_error_and_changes_alone() {
    let error = full();
    let copy = error.clone();
    assert_eq!(format!("{copy:?}"), format!("{error:?}"));
    assert_eq!(wire_forms(&copy), wire_forms(&error));
    let [own, other] =
        [&error, &copy].map(|error| error.source().map(|source| std::ptr::from_ref(source).cast::<()>()));
    assert_eq!(own, other, "the source is shared");
    let changed = copy.with_detail("workspace", "away");
    assert_eq!(error.detail("workspace"), Some(&json!("home")));
    assert_eq!(changed.detail("workspace"), Some(&json!("away")));
}

#[test]
fn an_error_crosses_threads_and_any_boxed_error() {
    let error = full();
    let shared = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| format!("{error} {error:?}"))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no thread panics")).collect::<Vec<_>>()
    });
    assert!(shared.iter().all(|text| *text == shared[0]));
    let moved = std::thread::spawn(move || error.to_string()).join().expect("the thread does not panic");
    assert_eq!(moved, "FS-001: File not found: a.txt");
    let boxed: Box<dyn Error + Send + Sync> = Box::new(scrum::not_found("Task", 1));
    assert!(boxed.downcast_ref::<McpError>().is_some_and(|error| error.is(scrum::NOT_FOUND)));
}

#[test]
fn a_code_serialises_as_what_it_prints() {
    assert_eq!(serde_json::to_string(&filesystem::FILE_NOT_FOUND).ok().as_deref(), Some(r#""FS-001""#));
    assert_eq!(serde_json::to_string(&super_mcp::INTERNAL_ERROR).ok().as_deref(), Some(r#""super-mcp:-32603""#));
}
