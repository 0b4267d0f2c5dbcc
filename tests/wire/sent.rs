//! Codes that are for recognition only, in every form that is written.

use std::time::UNIX_EPOCH;

use mcp_error_codes::wire::{Envelope, RecordObject, ScrumBody, ScrumConflict, StandardResponse, ToolResponse};
use mcp_error_codes::{Code, McpError, ProtocolVersion, Record, decode};

/// The codes that no program sends: those of the SDKs.
fn recognized_only() -> impl Iterator<Item = Code> {
    Code::all().filter(|code| !code.record().is_sent())
}

/// Every form, by name. Those of SCRUM contain no code.
fn forms(error: &McpError) -> Vec<(&'static str, String)> {
    vec![
        ("tool result", error.tool_result().to_string()),
        ("tool result", error.tool_result().in_version(ProtocolVersion::V2026_07_28).to_string()),
        ("tool text", error.tool_text()),
        ("tool response", ToolResponse::new(7, error.tool_result()).to_string()),
        ("JSON-RPC error", error.json_rpc_error().to_string()),
        ("JSON-RPC response", error.json_rpc_response(7).to_string()),
        ("problem details", error.problem().to_string()),
        ("record object", RecordObject::new(error).to_string()),
        ("envelope", Envelope::new(error).to_string()),
        ("standard response", StandardResponse::new(error).to_string()),
        ("log entry", error.log_entry("files", UNIX_EPOCH).to_string()),
        ("log line", error.log_line("files", UNIX_EPOCH).to_string()),
        ("SCRUM body", ScrumBody::new(error).to_string()),
        ("SCRUM conflict", ScrumConflict::new(error).to_string()),
    ]
}

#[test]
fn every_form_writes_the_preferred_code_of_the_kind_instead() {
    assert!(recognized_only().count() > 50);
    for code in recognized_only() {
        let record: &Record = code.record();
        let error = McpError::new(code).with_detail("attempt", 3);
        let preferred = McpError::of_kind(record.kind);
        assert!(preferred.record().is_sent() && !std::ptr::eq(preferred.record(), record));
        for (form, written) in forms(&error) {
            // The name of the code may only be its source in a log.
            let said = written.split("cause").next().unwrap_or_default();
            assert!(!said.contains(&record.full_name().to_string()), "{form}: {written}");
            assert!(!said.contains(&format!("\"{}\"", record.code)), "{form}: {written}");
            assert!(!said.contains("\"sdk\""), "{form}: {written}");
            if form.starts_with("SCRUM") || form == "tool text" {
                assert!(
                    form != "tool text" || written.starts_with(&format!("{}: ", preferred.code_text())),
                    "{written}"
                );
                continue;
            }
            let read = decode(&written).unwrap_or_else(|error| panic!("{form}: {written}: {error}"));
            assert_eq!(read.code_text(), preferred.code_text(), "{form}: {written}");
            // The envelope, the standard response and logs have no word for the kind, and some no system of a short code.
            if written.contains("\"kind\":") {
                assert_eq!(read.kind(), record.kind, "{form}: {written}");
            }
            assert_eq!(read.message(), error.message(), "{form}: {written}");
        }
        let numbers = record.signatures.iter().filter_map(|signature| signature.number);
        for version in [ProtocolVersion::V2025_11_25, ProtocolVersion::V2026_07_28] {
            let number = error.json_rpc_error().in_version(version).number();
            assert_eq!(number, preferred.json_rpc_error().in_version(version).number());
            // The numbers of the specification mean the same from every sender.
            let is_specified = (-32_700..=-32_600).contains(&number);
            assert!(is_specified || numbers.clone().all(|own| own != number), "{}: {number}", record.code);
        }
    }
}

#[test]
fn what_was_recognized_is_the_source() {
    for code in recognized_only() {
        let error = McpError::new(code);
        let own = error.to_string();
        let entry = error.log_entry("files", UNIX_EPOCH).to_string();
        assert!(entry.contains(&format!("cause: {own}")), "{entry}");
        let line: serde_json::Value =
            serde_json::from_str(&error.log_line("files", UNIX_EPOCH).to_string()).expect("a line is JSON");
        assert_eq!(line["details"]["cause"], own);
    }
}
