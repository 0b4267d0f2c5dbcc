//! Every wire form of one error, byte for byte. `cargo xtask bless` rewrites `tests/wire/golden/`.
#![cfg(feature = "std")]

use std::path::Path;
use std::time::{Duration, SystemTime};

use mcp_error_codes::wire::{Envelope, RecordObject, RequestId, ScrumBody, ScrumConflict, StandardResponse};
use mcp_error_codes::{McpError, filesystem, mcp, scrum, super_mcp};

/// Returns an error that has everything an error can have.
fn conflict() -> McpError {
    scrum::file_claim_conflict(["agent-1", "agent-2"])
        .with_detail("conflictsWith", ["agent-1", "agent-2"])
        .with_detail("apiKey", "k-123")
        .with_retry_after(Duration::from_millis(2_500))
        .with_error_id("err-7f3a")
        .with_internal("query", "select * from claims")
        .with_source(std::io::Error::other("disk on fire"))
}

/// Returns an error whose code, without its system, means another system's code.
fn ambiguous() -> McpError {
    McpError::new(super_mcp::INVALID_PARAMS).with_message("Invalid params: \"package_id\"\nis missing")
}

/// Returns an error with two failures, one of which has failures itself.
fn failures() -> McpError {
    filesystem::batch_operation_failed("2 of 3 operations failed")
        .with_detail("index", 2)
        .with_failure(filesystem::file_not_found("a.txt"))
        .with_failure(filesystem::batch_operation_failed("1 of 1").with_failure(McpError::new(filesystem::DISK_FULL)))
        .with_detail("zone", "b")
}

fn time() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(1_736_951_025_123)
}

#[test]
fn every_form_is_its_golden_file() {
    let checked = |json: String| {
        let value: serde_json::Value = serde_json::from_str(&json).expect("a form is JSON");
        // The order of the members is part of the form, so the file contains the exact text.
        assert!(value.is_object());
        json
    };
    let batch = format!("[{},{}]", conflict().json_rpc_response(1), ambiguous().json_rpc_response("two"));
    let forms = [
        ("record_object.json", checked(RecordObject::new(&conflict()).to_string())),
        ("record_object_failures.json", checked(RecordObject::new(&failures()).to_string())),
        ("json_rpc_error.json", checked(conflict().json_rpc_error().to_string())),
        ("json_rpc_response.json", checked(conflict().json_rpc_response(7).to_string())),
        (
            "json_rpc_response_unreadable.json",
            checked(McpError::new(mcp::PARSE_ERROR).json_rpc_response(RequestId::Unknown).to_string()),
        ),
        ("json_rpc_batch.json", batch),
        ("tool_result.json", checked(conflict().tool_result().to_string())),
        ("tool_result_failures.json", checked(failures().tool_result().to_string())),
        ("tool_result_ambiguous.json", checked(ambiguous().tool_result().to_string())),
        ("standard_response.json", checked(StandardResponse::new(&conflict()).at(time()).to_string())),
        ("standard_response_ambiguous.json", checked(StandardResponse::new(&ambiguous()).to_string())),
        ("envelope.json", checked(Envelope::new(&conflict()).to_string())),
        ("scrum_body.json", checked(ScrumBody::new(&conflict()).to_string())),
        ("scrum_conflict.json", checked(ScrumConflict::new(&conflict()).to_string())),
        ("problem.json", checked(conflict().problem().to_string())),
        ("log_entry.log", conflict().log_entry("ScrumServer", time()).to_string()),
        ("log_line.jsonl", checked(conflict().log_line("ScrumServer", time()).to_string())),
        ("log_entry_exact.log", ambiguous().log_entry("Super | MCP", time()).exact().to_string()),
        ("log_entry_ambiguous.log", ambiguous().log_entry("Super | MCP", time()).to_string()),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire/golden");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    for (name, form) in forms {
        let path = folder.join(name);
        if update {
            std::fs::write(&path, form + "\n").expect("the golden file can be written");
            continue;
        }
        let golden = std::fs::read_to_string(&path).expect("there is a golden file; cargo xtask bless writes it");
        assert_eq!(form + "\n", golden, "{name}");
    }
}

#[test]
fn nothing_internal_is_in_a_golden_file_that_goes_to_a_peer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire/golden");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("its entries can be read").path();
        let text = std::fs::read_to_string(&path).expect("a golden file is text");
        let is_log = path.extension().is_some_and(|extension| extension == "log" || extension == "jsonl");
        if is_log {
            continue;
        }
        seen += 1;
        for internal in ["select *", "disk on fire", "k-123"] {
            assert!(!text.contains(internal), "{} contains {internal:?}", path.display());
        }
    }
    assert_eq!(seen, 15);
}
