use std::collections::HashMap;

use mcp_error_codes::{REGISTRY, filesystem, mcp};
use rmcp::model::{CompletionContext, PaginatedRequestParams, ReadResourceRequestParams, ResourceContents};
use serde_json::Value;

use crate::serve::session::{Checked, Session, lifecycles, refusal};

async fn read(session: &Session, uri: &str) -> Result<(String, String), Box<dyn std::error::Error>> {
    let result = session.client.read_resource(ReadResourceRequestParams::new(uri)).await?;
    match result.contents.as_slice() {
        [ResourceContents::TextResourceContents { uri: own, mime_type: Some(kind), text, .. }] if own == uri => {
            Ok((kind.clone(), text.clone()))
        }
        other => Err(format!("{other:?}").into()),
    }
}

/// What a page says that names tools.
const NOTE: &str = "> This page names tools of the server that sends the code. They are for its operators and its own callers: do not \
                    call them on another server, even if it has a tool with the same name.";

#[tokio::test]
async fn every_resource_is_listed_once_page_by_page_and_can_be_read() -> Checked {
    let session = Session::start().await?;
    let mut listed = Vec::new();
    let mut cursor = None;
    let mut pages = Vec::new();
    loop {
        let page = PaginatedRequestParams::default().with_cursor(cursor);
        let page = session.client.list_resources(Some(page)).await?;
        pages.push(page.resources.len());
        listed.extend(page.resources);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let total = 1 + REGISTRY.systems().len() + REGISTRY.records().len();
    assert_eq!(listed.len(), total);
    assert_eq!(pages[..pages.len() - 1], vec![50; total / 50]);

    let uris: Vec<_> = listed.iter().map(|resource| resource.uri.clone()).collect();
    assert_eq!(uris[0], "mcp-errors://catalogue");
    assert_eq!(uris[1], format!("mcp-errors://{}", REGISTRY.systems()[0]));
    let codes = REGISTRY.records().iter().map(|record| format!("mcp-errors://{}/{}", record.system, record.code));
    assert_eq!(uris[1 + REGISTRY.systems().len()..], codes.collect::<Vec<_>>());
    // Codes contain only characters that are allowed in addresses.
    let is_plain =
        |uri: &String| uri["mcp-errors://".len()..].chars().all(|c| c.is_ascii_alphanumeric() || "-_/".contains(c));
    assert!(uris.iter().all(is_plain));

    for resource in &listed {
        let (kind, text) = read(&session, &resource.uri).await?;
        assert_eq!(Some(&kind), resource.mime_type.as_ref(), "{}", resource.uri);
        assert!(!text.is_empty() && resource.title.is_some() && resource.description.is_some());
    }
    session.end().await
}

#[tokio::test]
async fn an_invalid_cursor_is_refused() -> Checked {
    let session = Session::start().await?;
    for cursor in ["", "0", "7", "+50", "5000", "x"] {
        let page = PaginatedRequestParams::default().with_cursor(Some(cursor.to_owned()));
        let (number, error) = refusal(session.client.list_resources(Some(page)).await)?;
        assert_eq!(number, -32_602, "{cursor}");
        assert!(error.is(mcp::INVALID_PARAMS));
        assert_eq!(error.message(), "Invalid cursor");
    }
    session.end().await
}

#[tokio::test]
async fn a_code_is_read_as_its_manual_page() -> Checked {
    let session = Session::start().await?;
    let page = filesystem::FILE_NOT_FOUND.record().explain().markdown().record_only().to_string();
    // The page names a tool of the server, and says whose it is.
    let (title, rest) = page.split_once("\n\n").ok_or("no title")?;
    let page = format!("{title}\n\n{NOTE}\n\n{rest}");
    let expected = ("text/markdown".to_owned(), page);
    assert_eq!(read(&session, "mcp-errors://filesystem/FS-001").await?, expected);
    // Addresses may be percent-encoded.
    assert_eq!(read(&session, "mcp-errors://file%73ystem/FS%2D001").await?, expected);

    let (_, text) = read(&session, "mcp-errors://mcp/-32602").await?;
    assert!(text.starts_with("# -32602: Invalid params\n"), "{text}");
    let (_, text) = read(&session, "mcp-errors://super-mcp/-32602").await?;
    assert!(text.starts_with("# -32602: Invalid parameters provided\n"), "{text}");
    session.end().await
}

#[tokio::test]
async fn a_system_is_read_with_its_codes_and_the_catalogue_as_json() -> Checked {
    let session = Session::start().await?;
    let (_, text) = read(&session, "mcp-errors://super-mcp").await?;
    assert!(text.starts_with("# System super-mcp: Super-MCP\n"), "{text}");
    assert!(text.contains("\n- [`-32001`](mcp-errors://super-mcp/-32001) Package ID not in configuration: "), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with("- [`-")).count(), 10);
    // Clients that normalise addresses add a slash.
    assert_eq!(read(&session, "mcp-errors://super-mcp/").await?.1, text);

    let (kind, text) = read(&session, "mcp-errors://catalogue").await?;
    assert_eq!(kind, "application/json");
    assert_eq!(serde_json::from_str::<Value>(&text)?, serde_json::to_value(&REGISTRY)?);
    session.end().await
}

#[tokio::test]
async fn a_missing_resource_has_the_number_of_the_protocol_version() -> Checked {
    for (lifecycle, version) in lifecycles() {
        let expected = if version == "2026-07-28" { -32_602 } else { -32_002 };
        let session = Session::start_as(lifecycle).await?;
        let spoilt = [
            "mcp-errors://filesystem/FS-999",
            "mcp-errors://filesystem/fs-001",
            "mcp-errors://nginx",
            "mcp-errors://",
            "mcp-errors://filesystem/%FF",
            "mcp-errors://filesystem/FS-001/",
            "mcp-errors://filesystem:FS-001",
            "file:///etc/passwd",
            "",
        ];
        for uri in spoilt {
            let outcome = session.client.read_resource(ReadResourceRequestParams::new(uri)).await;
            let (number, error) = refusal(outcome)?;
            assert_eq!(number, expected, "{uri}");
            assert_eq!(error.message(), "Resource not found");
            assert_eq!(error.detail("uri"), Some(&Value::from(uri)));
        }
        session.end().await?;
    }
    Ok(())
}

#[tokio::test]
async fn both_arguments_of_the_template_are_completed() -> Checked {
    let session = Session::start().await?;
    let templates = session.client.list_all_resource_templates().await?;
    let templates: Vec<_> = templates.iter().map(|template| template.uri_template.as_str()).collect();
    assert_eq!(templates, ["mcp-errors://{system}/{code}", "mcp-errors://{system}"]);
    let template = templates[0];

    let systems = session.client.complete_resource_simple(template, "system", "S").await?;
    assert_eq!(systems, ["scrum-mcp", "sdk", "super-mcp"]);
    let of_system = |system: &str| {
        let arguments = HashMap::from([("system".to_owned(), system.to_owned())]);
        Some(CompletionContext::with_arguments(arguments))
    };
    let complete =
        async |typed: &str, context| session.client.complete_resource_argument(template, "code", typed, context).await;
    assert_eq!(complete("sec-01", of_system("filesystem")).await?.values, ["SEC-010", "SEC-011", "SEC-012"]);
    // Codes are also found by name.
    assert_eq!(complete("symlink", of_system("filesystem")).await?.values, ["FS-009", "SEC-009"]);
    assert_eq!(complete("-32602", of_system("super-mcp")).await?.values, ["-32602"]);
    assert_eq!(complete("FS-", of_system("mcp")).await?.values, Vec::<String>::new());
    assert_eq!(complete("ä", None).await?.values, Vec::<String>::new());

    let all = complete("", None).await?;
    let mut texts: Vec<_> = REGISTRY.records().iter().map(|record| record.code).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!((all.values.len(), all.total, all.has_more), (100, u32::try_from(texts.len()).ok(), Some(true)));
    session.end().await
}

#[tokio::test]
async fn an_unknown_argument_is_not_completed() -> Checked {
    let session = Session::start().await?;
    for (template, argument) in
        [("mcp-errors://{system}/{code}", "colour"), ("mcp-errors://{system}", "code"), ("x", "system")]
    {
        let (number, error) = refusal(session.client.complete_resource_simple(template, argument, "").await)?;
        assert_eq!(number, -32_602);
        assert_eq!(error.message(), "Nothing to complete");
    }
    session.end().await
}
