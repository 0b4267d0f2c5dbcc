use mcp_error_codes::{REGISTRY, Severity, filesystem, hyper_bun, scrum};
use rmcp::ServiceError;
use serde_json::{Value, json};

use crate::serve::session::{Checked, Session, lifecycles, refusal};

#[tokio::test]
async fn every_tool_has_schemas_and_annotations() -> Checked {
    let session = Session::start().await?;
    let names: Vec<_> = session.tools().iter().map(|tool| tool.name.as_ref()).collect();
    assert_eq!(names, ["decode_error", "explain_error", "get_help", "list_errors", "search_errors"]);
    for tool in session.tools() {
        assert!(tool.title.is_some() && tool.description.is_some(), "{tool:?}");
        assert_eq!(
            serde_json::to_value(&tool.annotations)?,
            json!({"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false})
        );
        for schema in [Some(&tool.input_schema), tool.output_schema.as_ref()] {
            let schema = Value::Object(schema.ok_or("no schema")?.as_ref().clone());
            assert_eq!(schema["type"], "object");
            jsonschema::meta::validate(&schema).map_err(|error| error.to_string())?;
            let text = schema.to_string();
            for unwanted in ["null", r#""format""#, r"\n"] {
                assert!(!text.contains(unwanted), "{unwanted} in {text}");
            }
        }
        for (name, argument) in tool.input_schema["properties"].as_object().ok_or("no properties")? {
            assert!(argument["description"].is_string(), "{name} of {}", tool.name);
        }
    }
    session.end().await
}

#[tokio::test]
async fn the_arguments_of_a_tool_are_those_of_its_schema() -> Checked {
    let session = Session::start().await?;
    let list = session.tools().iter().find(|tool| tool.name == "list_errors").ok_or("no such tool")?;
    let properties = &list.input_schema["properties"];
    assert_eq!(properties["severity"]["enum"], json!(["INFO", "WARN", "ERROR", "FATAL"]));
    assert_eq!(properties["limit"]["maximum"], 500);
    assert_eq!(list.input_schema.get("required"), None);
    let help = session.tools().iter().find(|tool| tool.name == "get_help").ok_or("no such tool")?;
    let topic = &help.input_schema["properties"]["topic"];
    assert_eq!(topic["enum"], json!(["authentication", "error_handling", "workflow"]));
    session.end().await
}

#[tokio::test]
async fn a_code_is_explained_in_any_spelling() -> Checked {
    for (lifecycle, _) in lifecycles() {
        let session = Session::start_as(lifecycle).await?;
        let record = filesystem::FILE_NOT_FOUND.record();
        let expected = json!({"answers": [{
            "ambiguous": false,
            "certainty": "certain",
            "reason": "the spelling of a code, a name or an alias",
            "error": {
                "code": "FS-001",
                "system": "filesystem",
                "family": "FS",
                "name": "FILE_NOT_FOUND",
                "title": "File Not Found",
                "summary": record.summary,
                "causes": record.causes,
                "hint": record.hint,
                // One step needs a tool of the server that sends the code.
                "resolution": record.resolution.iter().filter(|step| !step.contains("fs_search_files")).collect::<Vec<_>>(),
                "message": "File not found: {path}",
                "kind": "not_found",
                "http_status": 404,
                "severity": "WARN",
                "category": "RESOURCE",
                "recoverable": record.recoverable,
                "retry": {"class": "retry-after-change"},
                "surface": "tool",
                "json_rpc_number": 33001,
                "uri": "mcp-errors://filesystem/FS-001",
            },
        }]});
        assert_eq!(session.succeeds("explain_error", json!({"query": "file not found"})).await?, expected);

        let whole = session.succeeds("explain_error", json!({"query": "FS-001", "manual": true})).await?;
        let page = record.explain().markdown().record_only().to_string();
        // The page names a tool of the server, and says below its title whose it is.
        let (title, rest) = page.split_once("\n\n").ok_or("no title")?;
        let shown = whole["answers"][0]["error"]["page"].as_str().ok_or("no page")?;
        assert!(shown.starts_with(title) && shown.ends_with(rest), "{shown}");
        assert!(shown.contains("> This page names tools of the server that sends the code."), "{shown}");
        session.end().await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_ambiguous_number_lists_every_claim() -> Checked {
    let session = Session::start().await?;
    let content = session.succeeds("explain_error", json!({"query": "-32002"})).await?;
    let answer = &content["answers"][0];
    assert_eq!(answer["ambiguous"], true);
    assert_eq!(answer.get("error"), None);
    let claims: Vec<_> =
        answer["candidates"].as_array().ok_or("no candidates")?.iter().map(|claim| &claim["code"]).collect();
    assert!(claims.contains(&&json!("super-mcp:-32002")) && claims.contains(&&json!("mcp:-32002")), "{claims:?}");

    // A number of the specification means its code; the other codes are claims.
    let content = session.succeeds("explain_error", json!({"query": "-32602"})).await?;
    let answer = &content["answers"][0];
    assert_eq!(answer["error"]["uri"], "mcp-errors://mcp/-32602");
    assert!(answer["candidates"].as_array().is_some_and(|candidates| candidates.len() > 1));
    session.end().await
}

#[tokio::test]
async fn an_unknown_code_is_an_error_with_suggestions() -> Checked {
    let session = Session::start().await?;
    session
        .fails(
            "explain_error",
            json!({"query": "FS-O01"}),
            scrum::NOT_FOUND,
            r#"NOT_FOUND: unknown error code "FS-O01"; did you mean "FS-001" (File Not Found)?"#,
            json!({
                "resource": "Error code",
                "id": "FS-O01",
                "suggestions": suggestions("FS-O01")?,
            }),
        )
        .await?;
    session
        .fails(
            "explain_error",
            json!({"query": "E010"}),
            scrum::NOT_FOUND,
            r#"NOT_FOUND: unknown error code "E010"; task-orchestrator reserves E009 to E010 and has not assigned it"#,
            json!({"resource": "Error code", "id": "E010", "suggestions": []}),
        )
        .await?;
    // A text that is not a code may match by its words.
    session
        .fails(
            "explain_error",
            json!({"query": "the pip cache"}),
            scrum::NOT_FOUND,
            "NOT_FOUND: unknown error code \"the pip cache\"; its words match \"E006\" (Corrupted Installation Package)",
            json!({
                "resource": "Error code",
                "id": "the pip cache",
                "suggestions": [{"code": "E006", "title": "Corrupted Installation Package"}],
            }),
        )
        .await?;
    session.end().await
}

/// Returns the library's suggestions in the form of the details.
fn suggestions(text: &str) -> Result<Value, &'static str> {
    let unknown = mcp_error_codes::find(text).err().ok_or("the code is known")?;
    let view = |record: &&'static mcp_error_codes::Record| json!({"code": record.code, "title": record.title});
    Ok(unknown.suggestions().iter().map(view).collect())
}

#[tokio::test]
async fn a_search_ranks_codes_by_words() -> Checked {
    let session = Session::start().await?;
    let content =
        session.succeeds("search_errors", json!({"words": "symlinks out of the workspace", "limit": 2})).await?;
    assert_eq!(content["codes"].as_array().map(Vec::len), Some(2));
    let record = filesystem::SYMLINK_ESCAPE.record();
    assert_eq!(
        content["codes"][0],
        json!({
            "code": record.code,
            "system": "filesystem",
            "title": record.title,
            "summary": record.summary,
            "kind": record.kind.as_str(),
            "http_status": record.http_status,
            "severity": record.severity.as_str(),
            "retry": record.retry.class.as_str(),
            "deprecated": false,
            "uri": format!("mcp-errors://filesystem/{}", record.code),
        })
    );
    assert_eq!(content["next_offset"], 2);
    let nothing = session.succeeds("search_errors", json!({"words": "xylophone"})).await?;
    assert_eq!(nothing, json!({"total": 0, "codes": []}));
    // A limit is clamped to its bounds.
    let one = session.succeeds("search_errors", json!({"words": "file", "limit": 0})).await?;
    assert_eq!(one["codes"].as_array().map(Vec::len), Some(1));
    session.end().await
}

#[tokio::test]
async fn a_list_contains_the_codes_that_match_every_filter() -> Checked {
    let session = Session::start().await?;
    let codes = async |arguments: Value| -> Result<Vec<Value>, Box<dyn std::error::Error>> {
        let content = session.succeeds("list_errors", arguments).await?;
        let codes = content["codes"].as_array().ok_or("no codes")?;
        assert_eq!(content["total"], codes.len());
        Ok(codes.iter().map(|code| code["code"].clone()).collect())
    };
    assert_eq!(
        codes(json!({"system": "hyper-bun", "retry": "retry-after-delay", "deprecated": false})).await?,
        ["NX-MCP-012", "NX-MCP-030"]
    );
    assert_eq!(codes(json!({"family": "val", "status": "4XX"})).await?.len(), 5);
    assert_eq!(codes(json!({"system": "scrum-mcp", "status": "429"})).await?, Vec::<Value>::new());
    let fatal = REGISTRY.records().iter().filter(|record| record.severity == Severity::Fatal);
    let fatal: Vec<_> = fatal.map(|record| record.code_text().to_string()).collect();
    assert_eq!(codes(json!({"severity": "FATAL"})).await?, fatal);
    assert_eq!(
        codes(json!({"surface": "protocol", "category": "RESOURCE", "deprecated": true})).await?,
        ["mcp:-32002", "NX-801"]
    );
    session.end().await
}

#[tokio::test]
async fn a_list_continues_at_an_offset() -> Checked {
    let session = Session::start().await?;
    let mut listed: Vec<String> = Vec::new();
    let mut offset = Some(0);
    while let Some(start) = offset {
        let content = session.succeeds("list_errors", json!({"offset": start, "limit": 40})).await?;
        assert_eq!(content["total"], REGISTRY.records().len());
        let codes = content["codes"].as_array().ok_or("no codes")?;
        listed.extend(codes.iter().filter_map(|code| code["uri"].as_str()).map(str::to_owned));
        offset = content["next_offset"].as_u64();
    }
    let all: Vec<_> =
        REGISTRY.records().iter().map(|record| format!("mcp-errors://{}/{}", record.system, record.code)).collect();
    assert_eq!(listed, all);
    let beyond = session.succeeds("list_errors", json!({"offset": u64::MAX})).await?;
    assert_eq!(beyond, json!({"total": all.len(), "codes": []}));
    session.end().await
}

#[tokio::test]
async fn invalid_arguments_are_refused_by_name() -> Checked {
    let session = Session::start().await?;
    let systems: Vec<_> = mcp_error_codes::REGISTRY.systems().iter().map(|system| system.name).collect();
    let reason = format!("`system`: expected one of {}", systems.join(", "));
    session
        .fails(
            "list_errors",
            json!({"system": "nginx"}),
            filesystem::INVALID_PARAMETER_VALUE,
            &format!("VAL-003: Invalid parameter value: {reason}"),
            json!({"details": reason, "parameter": "system"}),
        )
        .await?;
    let reason = "expected a status such as 404, or a class such as 5xx";
    session
        .fails(
            "list_errors",
            json!({"status": "9xx"}),
            filesystem::INVALID_PARAMETER_VALUE,
            &format!("VAL-003: Invalid parameter value: {reason}"),
            json!({"details": reason, "parameter": "status"}),
        )
        .await?;
    let reason = "expected an HTTP status, from 100 to 599";
    session
        .fails(
            "decode_error",
            json!({"body": "{}", "status": 99}),
            filesystem::INVALID_PARAMETER_VALUE,
            &format!("VAL-003: Invalid parameter value: {reason}"),
            json!({"details": reason, "parameter": "status"}),
        )
        .await?;
    session
        .fails(
            "explain_error",
            json!({}),
            filesystem::MISSING_REQUIRED_PARAMETER,
            "VAL-001: Missing required parameter: query",
            json!({"parameter": "query"}),
        )
        .await?;
    session.end().await
}

#[tokio::test]
async fn an_unknown_tool_differs_from_an_unknown_code() -> Checked {
    let session = Session::start().await?;
    let outcome = session.client.call_tool(rmcp::model::CallToolRequestParams::new("explain")).await;
    let (number, error) = refusal::<_>(outcome as Result<_, ServiceError>)?;
    assert_eq!(number, -32_602);
    assert!(error.is(hyper_bun::TOOL_NOT_FOUND));
    session.end().await
}
