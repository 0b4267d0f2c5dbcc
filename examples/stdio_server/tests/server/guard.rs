//! Requests that the server itself does not answer: unknown tools, panics and resources.

use mcp_error_codes::rmcp_3::decode_service_error;
use mcp_error_codes::{Surface, hyper_bun};
use rmcp::ClientLifecycleMode;
use rmcp::model::{ProtocolVersion, ReadResourceRequestParams};
use serde_json::json;

use crate::session::{Checked, Session};

const TOOLS: [&str; 6] = ["batch_operations", "checksum", "list_directory", "read_file", "search_files", "write_file"];

#[tokio::test]
async fn an_unknown_tool_is_nx_mcp_010() -> Checked {
    let session = Session::start(&[]).await?;
    // The tool that panics exists only if the option enables it.
    for name in ["no_such_tool", "panic"] {
        let (number, error) = session.is_refused(name, json!({})).await?;
        assert_eq!(number, -32_602);
        assert!(error.is(hyper_bun::TOOL_NOT_FOUND));
        let tools = TOOLS.join(", ");
        assert_eq!(error.to_string(), format!("NX-MCP-010: Unknown tool: {name}. Tools of this server: {tools}"));
        assert_eq!(error.surface(), Surface::Protocol);
        assert_eq!(error.detail("requestedTool"), Some(&json!(name)));
        assert_eq!(error.detail("availableTools"), Some(&json!(TOOLS)));
    }
    let log = session.end().await?;
    assert_eq!(log.matches("hyper-bun:NX-MCP-010").count(), 2, "{log}");
    Ok(())
}

#[tokio::test]
async fn a_panic_is_nx_mcp_001_with_an_error_id() -> Checked {
    let session = Session::start(&["--with-panicking-tool"]).await?;
    let line = "NX-MCP-001: MCP Tool Execution Failed";
    let details = json!({"errorType": "panic", "toolName": "panic"});
    let first = session.failure("panic", json!({}), line, details.clone()).await?;
    let second = session.failure("panic", json!({}), line, details).await?;
    let (first, second) = (first.error_id().ok_or("no id")?, second.error_id().ok_or("no id")?);
    assert_ne!(first, second);
    assert_eq!(session.succeeds("read_file", json!({"path": "notes.txt"})).await?, "hello");

    let (first, second) = (first.to_owned(), second.to_owned());
    let log = session.end().await?;
    // The id leads to the log entry, which contains the text of the panic.
    for id in [first, second] {
        let entry = log.lines().find(|line| line.contains(&id)).ok_or("the id is not in the log")?;
        assert!(entry.contains("a mistake in"), "{entry}");
    }
    Ok(())
}

#[tokio::test]
async fn a_missing_resource_is_nx_mcp_011() -> Checked {
    let session = Session::start(&[]).await?;
    let read = async |uri: &str| session.client.read_resource(ReadResourceRequestParams::new(uri)).await;
    assert!(read("file:///notes.txt").await.is_ok());
    for uri in ["file:///gone.txt", "file:///../outside.txt", "https://example.org/"] {
        let refusal = read(uri).await.err().ok_or("the resource is there")?;
        let error = decode_service_error(&refusal).ok_or("no answer of the peer")?;
        assert!(error.is(hyper_bun::RESOURCE_NOT_FOUND));
        assert_eq!(error.json_rpc_number(), 41_011);
        assert_eq!(error.surface(), Surface::Protocol);
        assert_eq!(error.details().collect::<Vec<_>>(), [("resourceUri", &json!(uri))]);
    }
    let log = session.end().await?;
    // The log contains the reason.
    for code in ["FS-001", "SEC-001"] {
        assert!(log.contains(code), "{log}");
    }
    Ok(())
}

#[tokio::test]
async fn the_newest_protocol_version_changes_nothing() -> Checked {
    let lifecycle = ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::V_2026_07_28] };
    let session = Session::start_as(&["--with-panicking-tool"], lifecycle).await?;
    let line = "FS-001: File not found: gone.txt";
    session.fails("read_file", json!({"path": "gone.txt"}), line, json!({"path": "gone.txt"})).await?;
    let line = "VAL-001: Missing required parameter: path";
    session.fails("read_file", json!({}), line, json!({"parameter": "path"})).await?;
    let line = "NX-MCP-001: MCP Tool Execution Failed";
    session.fails("panic", json!({}), line, json!({"errorType": "panic", "toolName": "panic"})).await?;
    assert!(session.is_refused("no_such_tool", json!({})).await?.1.is(hyper_bun::TOOL_NOT_FOUND));
    session.end().await?;
    Ok(())
}
