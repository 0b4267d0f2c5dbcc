use crate::operations::fixture::{Folder, entry};
use crate::run::{Checked, expect, run};

const LOG: &str = "\
2025-01-15 14:10:00.000 | ERROR | NX-MCP-001 | MCPServer | Tool execution failed: early
  toolName: research-build-multi-layer-graph
  errorType: DatabaseConnectionError
  bookmaker: betfair
2025-01-15 14:23:45.123 | ERROR | NX-MCP-001 | MCPServer | Tool execution failed: late
  toolName: research-build-multi-layer-graph
  errorType: DatabaseConnectionError
  bookmaker: draftkings
2025-01-15 14:24:00.000 | ERROR | NX-800 | MCPServer | by its former code
  toolName: tooling-diagnostics
2025-01-15 14:25:12.456 | ERROR | NX-MCP-011 | MCPServer | Requested resource not found
  toolName: research-build-multi-layer-graph
  errorType: ResourceNotFound
  requestId: req-xyz789
2025-01-15 14:26:00.000 | ERROR | NX-MCP-999 | MCPServer | nobody knows this code
";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("app.log", LOG);
    folder.ingest(&["@app.log"]);
    folder
}

#[test]
fn the_table_is_that_of_the_document() {
    let folder = folder();
    let table = folder.run(&["inspect", "NX-MCP-011"]).found();
    expect("inspect.txt", &table);
    // Reading the logs gives the same answer.
    let from_logs = run(&["inspect", "NX-MCP-011", &folder.text("app.log")]).found();
    assert_eq!(from_logs, table);
    expect("inspect_narrow.txt", &folder.run(&["inspect", "NX-MCP-011", "--width", "64"]).found());
}

#[test]
fn former_codes_belong_to_the_code_and_alone_to_themselves() {
    let folder = folder();
    let messages = |code| folder.messages(code);
    assert_eq!(messages("NX-MCP-001").len(), 3);
    assert_eq!(messages("hyper-bun:nx-mcp-001").len(), 3);
    assert_eq!(messages("NX-800"), ["by its former code"]);
    assert_eq!(messages("NX-MCP-999"), ["nobody knows this code"]);
    assert_eq!(folder.run(&["inspect", "NX-MCP-030"]).missed(), "error: no occurrence of NX-MCP-030 matches\n");
}

#[test]
fn the_table_and_the_array_have_what_was_asked_for() -> Checked {
    let folder = folder();
    let count = |words: &[&str]| -> usize {
        let of_store = folder.run(&[&["inspect", "NX-MCP-001", "--format", "json"], words].concat());
        let of_logs = run(&[&["inspect", "NX-MCP-001", "--format", "json", &folder.text("app.log")], words].concat());
        assert_eq!(of_store.out, of_logs.out, "{words:?}");
        serde_json::from_str::<Vec<serde_json::Value>>(&of_store.out).expect("the command writes JSON").len()
    };
    const NOW: [&str; 2] = ["--now", "2025-01-15T14:30:00Z"];
    assert_eq!(count(&[]), 3);
    assert_eq!(count(&[&["--since", "15m"], &NOW[..]].concat()), 2);
    assert_eq!(count(&[&["--since", "-1h"], &NOW[..]].concat()), 3);
    assert_eq!(count(&["--since", "2025-01-15T15:24:00+01:00"]), 1);
    assert_eq!(count(&["--where", "bookmaker=draftkings"]), 1);
    assert_eq!(count(&["--where", "bookmaker=draftking"]), 0);
    assert_eq!(count(&["--where", "toolName=research-build-multi-layer-graph", "--where", "bookmaker=betfair"]), 1);
    assert_eq!(count(&["--where", "tool_name=tooling-diagnostics"]), 1);
    assert_eq!(count(&["--where", "severity=ERROR"]), 3);
    for status in ["status_code=500", "statusCode=500"] {
        assert_eq!(count(&["--where", status]), 3);
    }
    assert_eq!(count(&["--where", "status_code=404"]), 0);
    assert_eq!(count(&["--where", "recoverable=true", "--where", "bookmaker=draftkings"]), 1);
    assert_eq!(count(&["--where", "recoverable=false"]), 0);
    assert_eq!(count(&["--where", "errorCode=NX-800"]), 1);
    let limited = folder.run(&["inspect", "NX-MCP-001", "--limit", "1"]).found();
    assert!(limited.contains("tooling-diagnostics") && !limited.contains("Database"), "{limited}");
    assert!(limited.ends_with("older occurrences are not shown; use --limit to show more\n"), "{limited}");
    Ok(())
}

#[test]
fn an_occurrence_has_the_columns_of_the_document() -> Checked {
    let found = folder().run(&["inspect", "NX-MCP-001", "--format", "json"]).json()?;
    let expected = serde_json::json!({
        "error_code": "NX-MCP-001", "system": "hyper-bun", "status_code": 500, "category": "GENERAL", "recoverable": true,
        "severity": "ERROR", "timestamp": "2025-01-15T14:23:45.123Z", "module": "MCPServer",
        "tool_name": "research-build-multi-layer-graph", "error_type": "DatabaseConnectionError",
        "endpoint": "research-build-multi-layer-graph", "message": "Tool execution failed: late",
        "details": {
            "toolName": "research-build-multi-layer-graph", "errorType": "DatabaseConnectionError", "bookmaker": "draftkings",
        },
        "rca_completed_at": null,
    });
    assert_eq!(found[1], expected);
    Ok(())
}

#[test]
fn what_inspect_writes_as_lines_can_be_taken_in_again() -> Checked {
    let (first, second) = (folder(), Folder::new());
    let store = rusqlite::Connection::open(first.path("store.db"))?;
    store.execute("UPDATE mcp_errors SET rca_completed_at = 1736985600000 WHERE error_code = 'NX-800'", [])?;
    for code in ["NX-MCP-001", "NX-MCP-011", "NX-MCP-999"] {
        second.append("lines.jsonl", &first.run(&["inspect", code, "--format", "jsonl"]).found());
    }
    second.ingest(&["@lines.jsonl"]);
    for code in ["NX-MCP-001", "NX-800", "NX-MCP-011", "NX-MCP-999"] {
        assert_eq!(second.occurrences(code), first.occurrences(code));
    }
    Ok(())
}

#[test]
fn a_rare_value_among_many_occurrences_is_found_by_the_index() {
    let folder = Folder::new();
    let mut log = entry(0, "NX-MCP-001", "the rare one") + "  bookmaker: rare\n";
    for number in 1..21_000 {
        log += &entry(number, "NX-MCP-001", "m");
    }
    folder.write("a.log", log);
    folder.ingest(&["@a.log"]);
    let found = folder.run(&["inspect", "NX-MCP-001", "--where", "bookmaker=rare"]).found();
    assert!(found.contains("2025-01-15 00:00:00"), "{found}");
    assert_eq!(folder.run(&["inspect", "NX-MCP-001", "--where", "bookmaker=none"]).status, Some(1));
}

#[test]
fn logs_that_are_not_text_are_skipped_and_the_newest_are_kept() -> Checked {
    let folder = Folder::new();
    // The zero byte comes after the first kilobyte.
    folder.write("binary.log", LOG.to_owned() + &" ".repeat(2_000) + "\0");
    let skipped = format!("error: {} is not text; skipped\n", folder.text("binary.log"));
    let missed = run(&["inspect", "NX-MCP-011", &folder.text("binary.log")]).missed();
    assert_eq!(missed, skipped.clone() + "error: no occurrence of NX-MCP-011 matches\n");
    assert_eq!(folder.run(&["ingest", &folder.text("binary.log")]).err, skipped);
    // More occurrences than are kept while the log is read; the newest ones are in the middle.
    let times = (0..1_500).chain(5_000..5_003).chain(1_500..3_000);
    let log: String = times.map(|second| crate::operations::fixture::entry(second, "FS-001", "m")).collect();
    folder.write("long.log", log);
    let all = run(&["inspect", "FS-001", "--format", "json", &folder.text("long.log")]).json()?;
    assert_eq!(all.as_array().map(Vec::len), Some(3_003));
    let table = run(&["inspect", "FS-001", "--limit", "4", &folder.text("long.log")]).found();
    let times: Vec<&str> = table.lines().filter_map(|line| line.find("01:23:2").map(|at| &line[at..at + 8])).collect();
    assert_eq!(times, ["01:23:22", "01:23:21", "01:23:20"], "{table}");
    assert!(table.contains("00:49:59") && table.ends_with("use --limit to show more\n"), "{table}");
    Ok(())
}

#[test]
fn mistakes_are_explained() {
    let folder = folder();
    let error = |words: &[&str]| {
        let run = folder.run(&[&["inspect"], words].concat());
        assert_eq!(run.status, Some(2), "{}", run.out);
        run.err
    };
    let ambiguous = error(&["-32602"]);
    assert!(ambiguous.contains("super-mcp:-32602") && ambiguous.contains("name one of them"), "{ambiguous}");
    assert!(error(&["NX-MCP-001", "--where", "bookmaker"]).contains("expected KEY=VALUE"));
    assert!(error(&["NX-MCP-001", "--since", "yesterday"]).contains("expected a duration such as 15m"));
    let empty = Folder::new().run(&["inspect", "NX-MCP-001"]);
    assert_eq!(empty.status, Some(2));
    assert!(empty.err.contains("there is no store") && empty.err.contains("mcp-errors ingest"), "{}", empty.err);
}
