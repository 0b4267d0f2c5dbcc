use mcp_error_codes::record::Target;
use mcp_error_codes::{REGISTRY, scrum};
use serde_json::{Value, json};

use crate::serve::session::{Checked, Session};

#[tokio::test]
async fn every_help_call_that_a_record_names_is_answered() -> Checked {
    let session = Session::start().await?;
    let mut calls: Vec<&str> = Vec::new();
    for record in REGISTRY.records() {
        calls.extend(record.related.iter().filter_map(|related| match related.target {
            Target::Document(name) => Some(name),
            _ => None,
        }));
        calls.extend(record.diagnostics.iter().chain(record.recovery).map(|command| command.command));
    }
    calls.retain(|call| call.starts_with("get_help("));
    calls.sort_unstable();
    calls.dedup();
    assert_eq!(calls.len(), 9, "{calls:?}");
    for call in calls {
        let argument = call.trim_start_matches("get_help(").trim_end_matches(')');
        let (name, value) = argument.split_once(": ").ok_or("no argument")?;
        let value: Value = serde_json::from_str(value)?;
        let content = session.succeeds("get_help", json!({ name: value })).await?;
        let page = content["page"].as_str().ok_or("no page")?;
        match name {
            "topic" => assert!(page.starts_with(&format!("# {}\n", value.as_str().unwrap_or_default())), "{page}"),
            _ => assert!(page.starts_with(&format!("# {value}: ")), "{page}"),
        }
        assert_ne!(content["codes"], json!([]), "{call}");
    }
    session.end().await
}

#[tokio::test]
async fn help_on_a_topic_comes_from_the_registry() -> Checked {
    let session = Session::start().await?;
    let content = session.succeeds("get_help", json!({"topic": "error_handling"})).await?;
    let page = content["page"].as_str().ok_or("no page")?;
    let headings: Vec<_> = page.lines().filter(|line| line.starts_with("# ") || line.contains("get\\_help")).collect();
    assert_eq!(
        headings,
        [
            "# error_handling",
            "## Using get\\_help for Errors",
            "# -32008: Tool blocked by security policy",
            "# -32603: Internal server error",
        ]
    );
    assert!(page.contains("\n## Common Troubleshooting Flow\n"));
    assert_eq!(content["topics"], json!(["authentication", "error_handling", "workflow"]));

    let content = session.succeeds("get_help", json!({"topic": "Authentication"})).await?;
    assert_eq!(content["codes"][0]["code"], "-32006");
    assert!(!content["page"].as_str().ok_or("no page")?.contains("Common Troubleshooting Flow"));

    // The number of a later protocol version means the same code.
    let content = session.succeeds("get_help", json!({"error_code": -33_003})).await?;
    assert_eq!(content["codes"][0]["code"], "-32003");
    // Without arguments, all codes are listed.
    let content = session.succeeds("get_help", json!({})).await?;
    assert_eq!(content["codes"].as_array().map(Vec::len), Some(10));
    session.end().await
}

#[tokio::test]
async fn an_unknown_topic_or_number_is_an_error() -> Checked {
    let session = Session::start().await?;
    session
        .fails(
            "get_help",
            json!({"topic": "cooking"}),
            scrum::NOT_FOUND,
            "NOT_FOUND: Help topic not found: cooking; the topics are authentication, error_handling, workflow",
            json!({
                "resource": "Help topic",
                "id": "cooking",
                "suggestions": ["authentication", "error_handling", "workflow"],
            }),
        )
        .await?;
    let of_system = REGISTRY.records().iter().filter(|record| record.system.name == "super-mcp");
    let known: Value =
        of_system.map(|record| json!({"code": record.code_text().to_string(), "title": record.title})).collect();
    session
        .fails(
            "get_help",
            json!({"error_code": -32_099}),
            scrum::NOT_FOUND,
            "NOT_FOUND: Super-MCP error code not found: -32099",
            json!({"resource": "Super-MCP error code", "id": "-32099", "suggestions": known}),
        )
        .await?;
    session.end().await
}
