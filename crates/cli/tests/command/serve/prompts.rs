use mcp_error_codes::{filesystem, mcp, sdk};
use rmcp::model::{ContentBlock, GetPromptRequestParams, ResourceContents};
use serde_json::json;

use crate::serve::session::{Checked, Session, lifecycles, refusal};

/// Returns the text of a prompt and the addresses of the attached pages.
async fn ask(
    session: &Session,
    prompt: &str,
    argument: &str,
    value: &str,
) -> Result<(String, Vec<String>), Box<dyn std::error::Error>> {
    let arguments = serde_json::Map::from_iter([(argument.to_owned(), json!(value))]);
    let result = session.client.get_prompt(GetPromptRequestParams::new(prompt).with_arguments(arguments)).await?;
    let mut text = String::new();
    let mut attached = Vec::new();
    for message in &result.messages {
        match &message.content {
            ContentBlock::Text(content) => text += &content.text,
            ContentBlock::Resource(embedded) => match &embedded.resource {
                ResourceContents::TextResourceContents { uri, text, mime_type, .. } => {
                    assert_eq!(mime_type.as_deref(), Some("text/markdown"));
                    assert!(text.starts_with("# "), "{text}");
                    attached.push(uri.clone());
                }
                other => return Err(format!("{other:?}").into()),
            },
            other => return Err(format!("{other:?}").into()),
        }
    }
    Ok((text, attached))
}

#[tokio::test]
async fn the_prompts_are_listed_with_their_arguments() -> Checked {
    let session = Session::start().await?;
    let prompts = serde_json::to_value(session.client.list_all_prompts().await?)?;
    let names: Vec<_> = prompts.as_array().ok_or("no prompts")?.iter().map(|prompt| &prompt["name"]).collect();
    assert_eq!(names, ["choose_code", "troubleshoot_error"]);
    assert_eq!(
        prompts[1]["arguments"],
        json!([{
            "name": "error",
            "description": "A code, or everything you know about the error: a message, a response, log lines",
            "required": true,
        }])
    );
    assert_eq!(prompts[0]["arguments"][0]["name"], "description");
    session.end().await
}

#[tokio::test]
async fn troubleshooting_attaches_the_manual_pages() -> Checked {
    for (lifecycle, _) in lifecycles() {
        let session = Session::start_as(lifecycle).await?;
        let (text, attached) = ask(&session, "troubleshoot_error", "error", "FS-001").await?;
        assert!(text.starts_with("An MCP error occurred."), "{text}");
        assert!(text.contains("\n\nA manual page is attached for the code of the error"), "{text}");
        assert!(text.ends_with("\n\nThe error:\n\nFS-001"), "{text}");
        assert_eq!(attached, ["mcp-errors://filesystem/FS-001"]);

        let body = filesystem::file_not_found("a.txt").json_rpc_response(1).to_string();
        let (text, attached) = ask(&session, "troubleshoot_error", "error", &body).await?;
        assert!(text.ends_with(&body), "{text}");
        assert_eq!(attached, ["mcp-errors://filesystem/FS-001"]);

        let (text, attached) = ask(&session, "troubleshoot_error", "error", "-32002").await?;
        assert!(text.contains("The error may have any of several codes"), "{text}");
        assert_eq!(attached, ["mcp-errors://mcp/-32002", "mcp-errors://super-mcp/-32002"]);

        for unknown in ["the first line\nthe second line", "{\"answer\": 42}"] {
            let (text, attached) = ask(&session, "troubleshoot_error", "error", unknown).await?;
            assert!(text.contains("\n\nNo manual page is attached. Use `search_errors`"), "{text}");
            assert_eq!(attached, Vec::<String>::new());
        }

        let (text, attached) = ask(&session, "troubleshoot_error", "error", "kind:not_found").await?;
        assert!(text.contains("\n\nThe text names a kind of failure, which several codes have."), "{text}");
        assert!(text.contains(" were found; only the first 5 are attached.\n\nThe error:"), "{text}");
        assert_eq!(attached.len(), 5);

        // Each page once, and what is said about their number is true.
        let log = ["FS-001", "FS-002", "FS-003", "FS-004", "FS-005", "FS-001", "NX-MCP-001"].map(|code| {
            format!(
                "{{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{{\"code\":-32000,\"message\":\"[{code}] it failed\"}}}}\n"
            )
        });
        for (lines, is_cut) in [(&log[..6], false), (&log[..], true)] {
            let (text, attached) = ask(&session, "troubleshoot_error", "error", &lines.concat()).await?;
            assert_eq!(text.contains("6 were found; only the first 5 are attached."), is_cut, "{text}");
            let names = ["FS-001", "FS-002", "FS-003", "FS-004", "FS-005"];
            assert_eq!(attached, names.map(|code| format!("mcp-errors://filesystem/{code}")), "{text}");
        }

        let (text, attached) = ask(&session, "troubleshoot_error", "error", "E010").await?;
        assert!(
            text.contains("task-orchestrator reserves E009 to E010 and has not assigned it. No manual page"),
            "{text}"
        );
        assert_eq!(attached, Vec::<String>::new());
        session.end().await?;
    }
    Ok(())
}

#[tokio::test]
async fn choosing_a_code_proposes_those_that_match_the_words() -> Checked {
    let session = Session::start().await?;
    let (text, attached) = ask(&session, "choose_code", "description", "a symlink leads out of the workspace").await?;
    let record = filesystem::SYMLINK_ESCAPE.record();
    let first = text.lines().find(|line| line.starts_with("- `")).ok_or("no candidate")?;
    assert_eq!(
        first,
        format!(
            "- `SEC-009` of filesystem, {}: {} HTTP 403, {}, do-not-retry, surface tool.",
            record.title, record.summary, record.severity
        )
    );
    assert_eq!(text.lines().filter(|line| line.starts_with("- `")).count(), 5);
    assert!(text.ends_with("The failure:\n\na symlink leads out of the workspace"), "{text}");
    assert_eq!(attached, Vec::<String>::new());

    let (text, _) = ask(&session, "choose_code", "description", "xylophone").await?;
    assert!(text.contains("\n\nNo code contains any of these words. "), "{text}");
    session.end().await
}

#[tokio::test]
async fn the_code_of_a_prompt_is_completed() -> Checked {
    let session = Session::start().await?;
    let complete =
        async |argument, typed| session.client.complete_prompt_simple("troubleshoot_error", argument, typed).await;
    assert_eq!(complete("error", "nx-mcp-01").await?, ["NX-MCP-010", "NX-MCP-011", "NX-MCP-012"]);
    // A code whose text means another system's code is written with its system.
    assert_eq!(complete("error", "super-mcp:-3260").await?, ["super-mcp:-32602", "super-mcp:-32603"]);
    let (number, _) = refusal(complete("colour", "").await)?;
    assert_eq!(number, -32_602);
    let nothing = session.client.complete_prompt_simple("choose_code", "description", "a").await?;
    assert_eq!(nothing, Vec::<String>::new());
    session.end().await
}

#[tokio::test]
async fn a_prompt_without_its_argument_is_refused() -> Checked {
    let session = Session::start().await?;
    let (number, error) = refusal(session.client.get_prompt(GetPromptRequestParams::new("choose_code")).await)?;
    assert_eq!(number, -32_602);
    assert!(error.is(filesystem::MISSING_REQUIRED_PARAMETER), "{error:?}");
    let (number, error) = refusal(session.client.get_prompt(GetPromptRequestParams::new("sing")).await)?;
    assert_eq!(number, -32_602);
    assert!(error.is(mcp::INVALID_PARAMS) || error.is(sdk::TARGET_NOT_FOUND), "{error:?}");
    session.end().await
}
