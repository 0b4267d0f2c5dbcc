use std::collections::BTreeMap;
use std::io::Write;

use serde_json::Value;

use crate::operations::fixture::{Folder, entry};
use crate::run::{Checked, Run, run, run_with};

/// One line or entry of each format, each with one error.
const FORMATS: [(&str, &str, &str); 13] = [
    (
        "filesystem:FS-001",
        "line format",
        "2026-11-16 10:00:00.000 | WARN | FS-001 | Files | File not found: a.txt\n  path: a.txt\n",
    ),
    (
        "filesystem:SEC-003",
        "JSON",
        r#"{"timestamp":"2026-11-16T10:00:00Z","level":"error","error_code":"SEC-003","message":"m"}"#,
    ),
    (
        "hyper-bun:NX-MCP-001",
        "tracing's JSON",
        r#"{"timestamp":"2026-11-16T10:00:00Z","level":"ERROR","fields":{"message":"m","mcp_error_codes.code":"NX-MCP-001","mcp_error_codes.system":"hyper-bun"},"target":"mcp_error_codes"}"#,
    ),
    ("filesystem:FS-002", "logfmt", "time=2026-11-16T10:00:00Z level=error code=FS-002 msg=\"no\""),
    ("sdk:CONNECTION_CLOSED", "a client's log", "2026-11-16T10:00:00Z MCP error -32000: Connection closed"),
    (
        "mcp:-32601",
        "Claude Desktop",
        r#"2026-11-16T10:00:00.477Z [files] [info] Message from server: {"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"Method not found"}} { metadata: undefined }"#,
    ),
    (
        "sdk:REQUEST_TIMEOUT",
        "VS Code",
        "2026-11-16 10:00:00.477 [warning] [server crm] Error: MCP error -32001: Request timed out",
    ),
    (
        "mcp:-32602",
        "a gateway",
        r#"{"time":"2026-11-16T10:00:00Z","server":"crm","tool":"search","error":{"code":-32602,"message":"Invalid params"}}"#,
    ),
    (
        "filesystem:FS-003",
        "a tool result",
        r#"2026-11-16T10:00:00Z <- {"jsonrpc":"2.0","id":1,"result":{"isError":true,"content":[{"type":"text","text":"FS-003: Invalid path: x"}]}}"#,
    ),
    (
        "hyper-bun:NX-MCP-999",
        "an undefined code",
        "2026-11-16 10:00:00.000 | ERROR | NX-MCP-999 | MCPServer | who knows",
    ),
    (
        "task-orchestrator:E999",
        "an undefined code of a short shape",
        "2026-11-16 10:00:00.000 | ERROR | E999 | Orchestrator | who knows",
    ),
    ("filesystem:VAL-777", "an undefined code in a text", "worker 7: VAL-777 happened"),
    ("filesystem:OP-001", "a text", "[2026-11-16 10:00:00] worker: gave up (OP-001)"),
];

/// Texts that look like codes but are not.
const HARMLESS: &str = "2026-11-16 10:00:00 | INFO | startup | Main | listening\nXFS-001 FS-0011 FS-001-2 fs-001 SEC-03\nUTF-8 E404 \
    sha-256 NX-MCP- NOT_FOUND\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"isError\":false,\"content\":[]}}\n200 OK\n";

fn audit(words: &[&str]) -> (Option<i32>, Value) {
    let run = run(&[&["audit", "--format", "json"], words].concat());
    (run.status, serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err)))
}

/// Returns the counts of the codes that were seen.
fn counts(report: &Value) -> BTreeMap<String, u64> {
    let text = |row: &Value, name: &str| row[name].as_str().expect("a text").to_owned();
    let rows = report["codes"].as_array().expect("a list of codes").iter();
    let seen = rows
        .map(|row| (format!("{}:{}", text(row, "system"), text(row, "code")), row["count"].as_u64().expect("a count")));
    seen.filter(|(_, count)| *count > 0).collect()
}

fn state<'r>(report: &'r Value, code: &str) -> &'r str {
    let row = report["codes"].as_array().expect("a list of codes").iter().find(|row| row["code"] == code);
    row.and_then(|row| row["state"].as_str()).expect("the code is there")
}

fn findings<'r>(report: &'r Value, kind: &str) -> Vec<&'r Value> {
    report["findings"]
        .as_array()
        .expect("a list of findings")
        .iter()
        .filter(|finding| finding["kind"] == kind)
        .collect()
}

#[test]
fn each_format_is_counted_and_nothing_else() {
    let folder = Folder::new();
    for (code, format, log) in FORMATS {
        folder.write("a.log", format!("{HARMLESS}{}\n{HARMLESS}", log.trim_end()));
        let (_, report) = audit(&[&folder.text("a.log")]);
        assert_eq!(counts(&report), BTreeMap::from([(code.to_owned(), 1)]), "{format}: {log}");
    }
    folder.write("a.log", HARMLESS);
    let (status, report) = audit(&[&folder.text("a.log")]);
    assert_eq!((status, counts(&report)), (Some(0), BTreeMap::new()));
}

#[test]
fn the_report_has_the_documented_shape() -> Checked {
    let folder = Folder::new();
    folder.write("a.log", FORMATS.map(|(_, _, log)| format!("{}\n", log.trim_end())).concat());
    let (status, report) = audit(&[&folder.text("a.log")]);
    assert_eq!(status, Some(1));
    let members = |value: &Value| value.as_object().map(|object| object.keys().cloned().collect::<Vec<_>>());
    assert_eq!(members(&report), Some(["codes", "files", "findings"].map(String::from).into()));
    for row in report["codes"].as_array().ok_or("no list")? {
        assert_eq!(members(row), Some(["code", "count", "first", "last", "state", "system"].map(String::from).into()));
    }
    let first =
        &report["codes"].as_array().ok_or("no list")?.iter().find(|row| row["code"] == "FS-001").ok_or("no code")?;
    assert_eq!(
        (&first["first"], &first["last"]),
        (&"2026-11-16T10:00:00.000Z".into(), &"2026-11-16T10:00:00.000Z".into())
    );
    assert_eq!(report["files"][0]["count"], 13);
    let gateway = report["files"][0]["codes"].as_array().ok_or("no list")?.iter().find(|row| row["code"] == "-32602");
    let gateway = gateway.ok_or("no code")?;
    assert_eq!((&gateway["tool"], &gateway["server"]), (&"search".into(), &"crm".into()));
    let table = run(&["audit", &folder.text("a.log"), "--width", "120"]);
    assert_eq!(table.status, Some(1));
    for part in ["NX-MCP-999", "undefined", "13 codes seen", "Findings", "│ Tool", "│ Server", "crm"] {
        assert!(table.out.contains(part), "{part}: {}", table.out);
    }
    Ok(())
}

#[test]
fn packed_logs_directories_and_standard_input_give_the_same_counts() -> Checked {
    let folder = Folder::new();
    let log = FORMATS.map(|(_, _, log)| format!("{}\n", log.trim_end())).concat();
    folder.write("a.log", &log);
    let expected = counts(&audit(&[&folder.text("a.log")]).1);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(log.as_bytes())?;
    let gzip = gzip.finish()?;
    let zstd = zstd::encode_all(log.as_bytes(), 1)?;
    folder.write("a.log.gz", &gzip);
    folder.write("a.log.zst", &zstd);
    for name in ["a.log.gz", "a.log.zst"] {
        assert_eq!(counts(&audit(&[&folder.text(name)]).1), expected, "{name}");
    }
    for input in [log.as_bytes(), &gzip, &zstd] {
        for words in [&["audit", "--format", "json"][..], &["audit", "--format", "json", "-"]] {
            let report = serde_json::from_str(&run_with(words, input).out)?;
            assert_eq!(counts(&report), expected);
        }
    }
    // A named pipe.
    let command =
        format!("'{}' audit --format json <(cat '{}')", env!("CARGO_BIN_EXE_mcp-errors"), folder.text("a.log.zst"));
    let output = std::process::Command::new("bash").args(["-c", &command]).output()?;
    assert_eq!(counts(&serde_json::from_slice(&output.stdout)?), expected);
    let all = counts(&audit(&[&folder.text("")]).1);
    assert!(expected.iter().all(|(code, count)| all[code] == count * 3), "{all:?}");
    Ok(())
}

#[test]
fn a_broken_or_binary_file_is_named_and_the_rest_is_counted() -> Checked {
    let folder = Folder::new();
    folder.write("good.log", FORMATS[0].2);
    folder.write("binary.log", b"ELF\0\x01FS-001\n");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(FORMATS[0].2.repeat(1_000).as_bytes())?;
    let gzip = gzip.finish()?;
    folder.write("broken.log.gz", &gzip[..gzip.len() / 2]);
    let run = run(&["audit", "--format", "json", &folder.text("")]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert!(
        run.err.contains("binary.log") && run.err.contains("broken.log.gz") && !run.err.contains("good.log"),
        "{}",
        run.err
    );
    let report: Value = serde_json::from_str(&run.out)?;
    assert_eq!(counts(&report)["filesystem:FS-001"], 1);
    let skipped =
        report["files"].as_array().ok_or("no list")?.iter().filter(|file| file["skipped"].is_string()).count();
    assert_eq!(skipped, 2);
    Ok(())
}

#[test]
fn each_code_has_its_state() {
    let folder = Folder::new();
    let line = |time: &str, code: &str| format!("{time} | ERROR | {code} | M | m\n");
    let log = [
        line("2026-09-01 00:00:00.000", "FS-001"),
        line("2026-11-01 00:00:00.000", "FS-002"),
        line("2026-11-01 00:00:00.000", "NX-800"),
        line("2026-11-01 00:00:00.000", "mcp:-32002"),
        line("2026-11-01 00:00:00.000", "NX-MCP-998"),
        "2026-11-02 00:00:00.000 INFO all is well\n".to_owned(),
    ];
    folder.write("a.log", log.concat());
    let (status, report) = audit(&[&folder.text("a.log")]);
    assert_eq!(status, Some(1));
    let expected = [
        ("FS-001", "quiet"),
        ("FS-002", "active"),
        ("NX-800", "legacy"),
        ("-32002", "deprecated"),
        ("NX-MCP-998", "undefined"),
        ("FS-003", "never"),
    ];
    for (code, expected) in expected {
        let of_system = |row: &&Value| row["code"] == code && (code != "-32002" || row["system"] == "mcp");
        let row = report["codes"].as_array().expect("a list").iter().find(of_system).expect("the code is there");
        assert_eq!(row["state"], expected, "{code}");
    }
    // The current time may be given, and the log may continue after its last error.
    assert_eq!(state(&audit(&["--now", "2026-09-30T00:00:00Z", &folder.text("a.log")]).1, "FS-001"), "active");
    folder.append("a.log", "2026-12-24T00:00:00Z INFO all is well\n");
    assert_eq!(state(&audit(&[&folder.text("a.log")]).1, "FS-002"), "quiet");
    // Deprecated codes alone do not fail the audit.
    folder.write("b.log", line("2026-11-01 00:00:00.000", "mcp:-32002"));
    assert_eq!(audit(&[&folder.text("b.log")]).0, Some(0));
}

#[test]
fn what_deserves_attention_is_found() {
    let folder = Folder::new();
    let report = |log: &str, words: &[&str]| {
        folder.write("a.log", log);
        audit(&[words, &[&folder.text("a.log")]].concat())
    };
    // Reserved numbers: a known one, an unknown one, and local ones, which nobody sent.
    let (status, reserved) = report(
        "2026-11-16T10:00:00Z {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32050,\"message\":\"zork\"}}\n\
         2026-11-16T10:00:01Z {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}\n\
         2026-11-16T10:00:02Z MCP error -32000: Connection closed\n",
        &[],
    );
    let numbers: Vec<_> =
        findings(&reserved, "reserved_number").iter().map(|finding| finding["number"].as_i64()).collect();
    assert_eq!((status, numbers), (Some(1), vec![Some(-32_050), Some(-32_001)]));
    let local = findings(&reserved, "local_and_sent");
    assert_eq!((local[0]["local_count"].as_u64(), local[0]["sent_count"].as_u64()), (Some(1), Some(2)));

    let body = r#"{"jsonrpc":"2.0","id":1,"result":{"isError":true,"content":[{"type":"text","text":"FS-003: Invalid path: x"}]}}"#;
    for (status, count) in [(200, 1), (500, 0)] {
        let log = format!("{{\"time\":\"2026-11-16T10:00:00Z\",\"status\":{status},\"response\":{body}}}\n");
        assert_eq!(findings(&report(&log, &[]).1, "error_in_http_200").len(), count, "{log}");
        let log = format!("2026-11-16T10:00:00Z \"POST /mcp HTTP/1.1\" {status} {body}\n");
        assert_eq!(findings(&report(&log, &[]).1, "error_in_http_200").len(), count, "{log}");
    }

    let log = r#"{"time":"2026-11-16T10:00:00Z","status":200,"error_code":"FS-003","tool":"read"}"#;
    assert_eq!(findings(&report(log, &[]).1, "error_in_http_200").len(), 1);

    // NX-MCP-012 may be retried after a second.
    let tries = |second: &str, tool: &str| {
        format!("2026-11-16 10:00:{second} | WARN | NX-MCP-012 | M | m\n  toolName: {tool}\n")
    };
    let storm = report(&[tries("00.000", "a"), tries("00.400", "a"), tries("00.900", "a")].concat(), &[]).1;
    assert_eq!(findings(&storm, "retry_storm")[0]["count"], 2);
    assert_eq!(findings(&storm, "retry_storm")[0]["tool"], "a");
    for log in [[tries("00.000", "a"), tries("00.400", "b")], [tries("00.000", "a"), tries("01.000", "a")]] {
        assert!(findings(&report(&log.concat(), &[]).1, "retry_storm").is_empty());
    }

    let new = entry(0, "FS-001", "old") + &entry(100, "FS-002", "new") + &entry(200, "FS-001", "again");
    let codes = |words: &[&str], log: &str| -> Vec<String> {
        let report = report(log, words).1;
        findings(&report, "new_code").iter().map(|finding| finding["code"].to_string()).collect()
    };
    assert_eq!(codes(&["--since", "2025-01-15T00:00:50Z"], &new), ["\"FS-002\""]);
    assert_eq!(codes(&["--since", "2m", "--now", "2025-01-15T00:03:20Z"], &new), ["\"FS-002\""]);
    assert_eq!(codes(&["--deploy", "2025-01-15T00:00:50Z"], &new), ["\"FS-002\""]);
    let deployed =
        entry(0, "FS-001", "old") + "2025-01-15 00:00:50.000 INFO version 2.0.1 is up\n" + &entry(100, "FS-002", "new");
    assert_eq!(codes(&["--deploy", "is up"], &deployed), ["\"FS-002\""]);
    assert!(codes(&[], &new).is_empty());

    let faults = report(
        "2026-11-16T10:00:00Z {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}\n\
         2026-11-16T10:00:00Z {\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"Internal error\"}}\n",
        &[],
    );
    let both = findings(&faults.1, "client_and_server_fault");
    assert_eq!((both[0]["client_count"].as_u64(), both[0]["server_count"].as_u64()), (Some(1), Some(1)));

    let rising: String = (0..20).map(|at| entry(if at < 3 { at } else { 1_000 + at }, "FS-001", "m")).collect();
    assert_eq!(findings(&report(&rising, &[]).1, "rising").len(), 1);
}

#[test]
fn a_deploy_that_no_line_marks_is_mentioned() {
    let folder = Folder::new();
    folder.write("a.log", entry(0, "FS-001", "old") + "2025-01-15 00:00:50.000 INFO version 2.0.1 is up\n");
    folder.write("no time.log", "version 2.0.2 is up\n");
    for (text, is_known) in [("is up", true), ("2.0.1", true), ("2.0.2", false), ("is down", false)] {
        let run = run(&["audit", "--deploy", text, &folder.text("")]);
        let said = format!("warning: no line with a time contains {text:?}, so no deploy is known\n");
        assert_eq!(run.err, if is_known { "" } else { &said });
    }
}

#[test]
fn a_large_log_is_counted_like_its_parts() {
    let folder = Folder::new();
    let harmless =
        "2026-11-16T10:00:00.000Z INFO [main] com.example.OrderService: processed order 48213 for customer 9917\n";
    let mut log = String::new();
    let mut expected = 0;
    // The log is longer than two of the parts that threads read, and its entries are not at round offsets.
    while log.len() < 36 * 1024 * 1024 {
        log += &harmless.repeat(700 + expected % 13);
        log += "2026-11-16 10:00:00.000 | ERROR | FS-001 | M | m\n  key: value\n\n";
        expected += 1;
    }
    folder.write("a.log", &log);
    let (_, report) = audit(&[&folder.text("a.log")]);
    assert_eq!(counts(&report), BTreeMap::from([("filesystem:FS-001".to_owned(), expected as u64)]));
    assert_eq!(report["files"][0]["bytes"], log.len());
}

#[test]
fn mistakes_in_the_arguments_are_explained() {
    let error = |words: &[&str]| {
        let Run { status, err, .. } = run(&[&["audit"], words].concat());
        assert_eq!(status, Some(2), "{err}");
        err
    };
    assert!(error(&["no-such.log"]).contains("no-such.log"));
    assert!(error(&["--since", "yesterday"]).contains("expected a duration"));
    assert!(error(&["--now", "soon"]).contains("expected a time"));
}

#[test]
fn a_terminal_sees_a_progress_bar_and_a_pipe_does_not() -> Checked {
    let folder = Folder::new();
    folder.write(
        "a.log",
        "2026-11-16T10:00:00.000Z INFO all is well with the server and its many clients\n".repeat(300_000),
    );
    let log = folder.text("a.log");
    assert_eq!(run(&["audit", &log]).err, "");
    // `script` of util-linux runs a command on a new terminal.
    let command = format!("'{}' audit '{log}'", env!("CARGO_BIN_EXE_mcp-errors"));
    let Ok(output) = std::process::Command::new("script").args(["-qec", &command, "/dev/null"]).output() else {
        eprintln!("skipped: script is missing");
        return Ok(());
    };
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains(" %") && shown.contains("GB/s"), "{shown}");
    Ok(())
}
