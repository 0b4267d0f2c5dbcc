//! Messages: every template is filled once, from the details with the same names. If a detail is missing, the message is the title.
#![cfg(feature = "std")]

use std::collections::BTreeSet;

use mcp_error_codes::record::{Param, ParamType};
use mcp_error_codes::{Code, McpError, REGISTRY, filesystem, mcp, orchestrator, scrum};
use serde_json::{Value, json};

/// Returns a value of a parameter, and how the message shows it.
fn value(param: &Param) -> (Value, String) {
    match param.ty {
        ParamType::Integer => (json!(i64::MIN), i64::MIN.to_string()),
        ParamType::List => (json!(["a", "b, c", "{d}"]), "a, b, c, {d}".to_owned()),
        _ => (json!(format!("<{}> {{path}} {{}}", param.name)), format!("<{}> {{path}} {{}}", param.name)),
    }
}

/// Fills a template in a different way from the library: piece by piece, from the end.
fn substituted(template: &str, params: &[Param]) -> String {
    let (mut rest, mut filled) = (template, String::new());
    while let Some((before, after)) = rest.rsplit_once('{') {
        let (name, literal) = after.split_once('}').expect("braces match");
        let param = params.iter().find(|param| param.name == name).expect("the placeholder is a param");
        filled = format!("{}{literal}{filled}", value(param).1);
        rest = before;
    }
    format!("{rest}{filled}")
}

#[test]
fn every_template_is_filled_from_the_details() {
    let mut templates = 0;
    for code in Code::all() {
        let record = code.record();
        let error = record
            .params
            .iter()
            .fold(McpError::new(code), |error, param| error.with_detail(param.name, value(param).0));
        let expected = record.message.map_or(record.title.to_owned(), |template| substituted(template, record.params));
        assert_eq!(error.message(), expected, "{code}");
        assert_eq!(error.to_string(), format!("{code}: {expected}"));
        assert_eq!(error.details().count(), record.params.len());
        templates += usize::from(!record.params.is_empty());
    }
    assert_eq!(templates, 29);
}

#[test]
fn a_bare_error_shows_its_message_or_else_its_title() {
    for code in Code::all() {
        let record = code.record();
        let expected = if record.params.is_empty() { record.message.unwrap_or(record.title) } else { record.title };
        assert_eq!(McpError::new(code).message(), expected, "{code}");
        assert_eq!(McpError::new(code).with_error_id("id").message(), expected, "{code}");
        assert_eq!(McpError::new(code).with_detail("unrelated", 1).message(), expected, "{code}");
    }
}

#[test]
fn a_missing_parameter_makes_the_message_the_title() {
    for code in Code::all().filter(|code| !code.record().params.is_empty()) {
        let record = code.record();
        for left_out in record.params {
            let others = record.params.iter().filter(|param| param.name != left_out.name);
            let error = others.fold(McpError::new(code), |error, param| error.with_detail(param.name, value(param).0));
            assert_eq!(error.message(), record.title, "{code} without {}", left_out.name);
        }
    }
}

/// Returns the error of every constructor with parameters, and its message.
fn constructed() -> Vec<(McpError, &'static str)> {
    vec![
        (filesystem::file_size_exceeded(2_048, 1_024), "File size 2048 exceeds maximum 1024"),
        (filesystem::batch_size_exceeded(200_u64, 100_u8), "Batch size 200 exceeds maximum 100"),
        (filesystem::missing_required_parameter("path"), "Missing required parameter: path"),
        (filesystem::invalid_parameter_type("string", "number"), "Invalid parameter type: expected string, got number"),
        (filesystem::invalid_parameter_value("too small"), "Invalid parameter value: too small"),
        (filesystem::empty_array("paths"), "Array parameter cannot be empty: paths"),
        (filesystem::invalid_path_format("a\\b"), "Invalid path format: a\\b"),
        (filesystem::file_not_found("a.txt"), "File not found: a.txt"),
        (filesystem::directory_not_found("a"), "Directory not found: a"),
        (filesystem::permission_denied("a"), "Permission denied: a"),
        (filesystem::file_already_exists("a"), "File already exists: a"),
        (filesystem::directory_not_empty("a"), "Directory not empty: a"),
        (filesystem::read_error("bad block"), "Error reading file: bad block"),
        (filesystem::write_error("bad block"), "Error writing file: bad block"),
        (filesystem::symlink_error("loop"), "Error creating symlink: loop"),
        (filesystem::checksum_mismatch("ab", "cd"), "Checksum verification failed: expected ab, got cd"),
        (filesystem::batch_operation_failed("1 of 2"), "Batch operation failed: 1 of 2"),
        (filesystem::rollback_failed("busy"), "Rollback failed: busy"),
        (filesystem::watch_session_not_found("w-1"), "Watch session not found: w-1"),
        (filesystem::index_not_built("src"), "File index not built for path: src"),
        (filesystem::copy_failed("busy"), "Copy operation failed: busy"),
        (filesystem::move_failed("busy"), "Move operation failed: busy"),
        (filesystem::delete_failed("busy"), "Delete operation failed: busy"),
        (scrum::not_found("Task", "abc123"), "Task not found: abc123"),
        (
            scrum::no_intent(["a.rs", "b.rs"]),
            "You must post an intent (scrum_intent_post) before claiming files. Missing intent for: a.rs, b.rs",
        ),
        (scrum::circular_dependency("b", "a"), "Circular dependency detected: b already depends on a"),
        (
            scrum::blocked_by_dependencies(["a", "b"]),
            "Cannot move to in_progress: task is blocked by incomplete dependencies: a, b",
        ),
        (scrum::wip_limit_exceeded("review", 4, 3), "WIP limit exceeded for review: 4/3 tasks"),
        (scrum::unknown_gate("g-1"), "Unknown gateId: g-1"),
    ]
}

#[test]
fn every_constructor_that_takes_parameters_fills_the_template() {
    for (error, message) in constructed() {
        assert_eq!(error.message(), message);
        assert_eq!(error.to_string(), format!("{}: {message}", error.record().code));
    }
    let covered: BTreeSet<&str> = constructed().iter().map(|(error, _)| error.record().code).collect();
    let with_params = REGISTRY.records().iter().filter(|record| !record.params.is_empty());
    assert_eq!(covered, with_params.map(|record| record.code).collect());
}

/// Returns the error of every scenario with a message, and its code, scenario and message.
fn scenarios() -> Vec<(McpError, &'static str, &'static str, &'static str)> {
    vec![
        (scrum::unknown_gate_id("x"), "NOT_FOUND", "UNKNOWN_GATE_ID", "Unknown gateId: x"),
        (
            scrum::file_claim_conflict(["agent-1", "agent-2"]),
            "CONFLICT",
            "FILE_CLAIM_CONFLICT",
            "Files already claimed by: agent-1, agent-2",
        ),
        (
            scrum::dependency_already_exists("a", "b"),
            "CONFLICT",
            "DEPENDENCY_ALREADY_EXISTS",
            "Dependency already exists: a -> b",
        ),
        (
            scrum::template_name_conflict("bugfix"),
            "CONFLICT",
            "TEMPLATE_NAME_CONFLICT",
            "Template \"bugfix\" already exists",
        ),
        (
            scrum::required_field_missing("title"),
            "VALIDATION_ERROR",
            "REQUIRED_FIELD_MISSING",
            "Required field missing: title",
        ),
        (
            scrum::invalid_enum_value("'a' | 'b'", "c"),
            "VALIDATION_ERROR",
            "INVALID_ENUM_VALUE",
            "Invalid enum value. Expected ''a' | 'b'', received 'c'",
        ),
        (
            scrum::files_array_size(),
            "VALIDATION_ERROR",
            "FILES_ARRAY_SIZE",
            "Files array must have at least 1 and at most 200 items",
        ),
        (scrum::invalid_api_key(), "FORBIDDEN", "INVALID_API_KEY", "Invalid API key"),
        (
            scrum::unsafe_gate_prefix(["npm", "cargo"]),
            "GATE_COMMAND_NOT_ALLOWED",
            "UNSAFE_GATE_PREFIX",
            "Gate command must start with a safe prefix: npm, cargo",
        ),
        (mcp::malformed_meta("no version"), "-32602", "MALFORMED_META", "Malformed _meta: no version"),
    ]
}

#[test]
fn every_scenario_with_a_message_has_a_constructor() {
    for (error, code, scenario, message) in scenarios() {
        assert_eq!((error.record().code, &*error.message()), (code, message));
        assert_eq!(error.scenario().map(|own| own.name), Some(scenario));
    }
    let with_message = |record: &&'static mcp_error_codes::Record| {
        record.scenarios.iter().filter(|case| case.message.is_some()).map(|case| case.name).collect::<Vec<_>>()
    };
    let covered: BTreeSet<&str> = scenarios().iter().map(|entry| entry.2).collect();
    let all = REGISTRY.records().iter().filter(|record| record.superseded_by.is_none());
    assert_eq!(covered, all.collect::<Vec<_>>().iter().flat_map(with_message).collect());
}

#[test]
fn a_constructor_without_parameters_makes_the_bare_error() {
    assert_eq!(filesystem::disk_full().to_string(), "FS-006: Disk full: insufficient space for operation");
    assert_eq!(orchestrator::database_corruption().to_string(), "D004: Database Corruption");
    assert_eq!(scrum::scrum_error().record(), scrum::SCRUM_ERROR.record());
    assert_eq!(filesystem::disk_full().details().count(), 0);
    assert!(filesystem::disk_full().scenario().is_none());
}

#[test]
fn a_template_is_filled_once() {
    assert_eq!(filesystem::file_not_found("{path}").message(), "File not found: {path}");
    assert_eq!(scrum::not_found("{id}", "{resource}").message(), "{id} not found: {resource}");
    assert_eq!(filesystem::file_not_found("{").message(), "File not found: {");
    assert_eq!(filesystem::file_not_found("").message(), "File not found: ");
}

#[test]
fn details_of_any_type_fill_a_template() {
    let filled =
        |value: Value| McpError::new(filesystem::FILE_NOT_FOUND).with_detail("path", value).message().into_owned();
    assert_eq!(filled(json!(true)), "File not found: true");
    assert_eq!(filled(json!(null)), "File not found: null");
    assert_eq!(filled(json!(u64::MAX)), "File not found: 18446744073709551615");
    assert_eq!(filled(json!(["a", 1, ["b", "c"]])), "File not found: a, 1, b, c");
    assert_eq!(filled(json!([])), "File not found: ");
    assert_eq!(filled(json!({"a": "b"})), r#"File not found: {"a":"b"}"#);
}

#[test]
fn integers_of_every_width_and_any_iterator_are_taken() {
    assert_eq!(
        filesystem::file_size_exceeded(u64::MAX, i64::MIN).message(),
        format!("File size {} exceeds maximum {}", u64::MAX, i64::MIN)
    );
    assert_eq!(filesystem::file_size_exceeded(1_u8, -1_i32).detail("maxFileSize"), Some(&json!(-1)));
    let agents = scrum::file_claim_conflict((1..=3).map(|number| format!("agent-{number}")));
    assert_eq!(agents.detail("agentIds"), Some(&json!(["agent-1", "agent-2", "agent-3"])));
    assert_eq!(scrum::file_claim_conflict([""; 0]).message(), "Files already claimed by: ");
}

#[test]
fn a_message_that_is_set_is_shown_as_it_stands() {
    let error = filesystem::file_not_found("a").with_message("{path} is gone: {}");
    assert_eq!(error.message(), "{path} is gone: {}");
    assert_eq!(error.detail("path"), Some(&json!("a")));
    assert_eq!(filesystem::file_not_found("a").with_message(String::new()).message(), "");
    assert_eq!(scrum::unknown_gate_id("x").with_message("other").message(), "other");
}

#[test]
fn a_detail_that_changes_changes_the_message() {
    let error = filesystem::checksum_mismatch("ab", "cd").with_detail("actual", "ef");
    assert_eq!(error.message(), "Checksum verification failed: expected ab, got ef");
}
