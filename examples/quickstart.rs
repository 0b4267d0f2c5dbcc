//! Looks up codes, builds errors from real failures, and prints what a peer receives.

use std::fs::File;
use std::time::Duration;

use mcp_error_codes::{Code, McpError, REGISTRY, ResultExt, code, filesystem, find, hyper_bun, scrum};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("One code of every family\n");
    for system in REGISTRY.systems() {
        for family in system.families {
            let first = Code::in_family(system.name, family.name).next().ok_or("a family without codes")?;
            println!("  {:<18} {:<15} {}", system.name, family.name, first.record());
        }
    }

    println!("\nLookups\n");
    for text in ["NX-MCP-010", "file not found", "-32002", "FS-O01", "E010"] {
        match find(text) {
            Ok(record) => println!("  {text:?} -> {} {record}", record.system),
            Err(unknown) => println!("  {text:?} -> {unknown}"),
        }
    }

    println!("\nErrors from real failures\n");
    if let Err(error) = read_config("no-such-file.toml") {
        match error.code() {
            Some(filesystem::FILE_NOT_FOUND) => println!("  {error}"),
            other => println!("  another code: {other:?}"),
        }
        println!("  for the log: {error:?}");
    }
    if let Err(error) = parse_limit("many") {
        println!("  {error}");
    }
    let error = McpError::new(hyper_bun::SERVER_UNAVAILABLE).with_retry_after(Duration::from_secs(5));
    let waits: Vec<String> = error.retry_delays().map(|wait| format!("{} s", wait.as_secs())).collect();
    println!("  {error} (waits between tries: {})", waits.join(", then "));

    println!("\nThe manual page of a code\n");
    println!("{}", code!("FS-001").record().explain().record_only());

    let error = filesystem::file_not_found("notes.txt").with_detail("workspace", "home");
    println!(
        "The same error as a JSON-RPC response, for a peer that asked for no tool\n\n{}",
        serde_json::to_string_pretty(&error.json_rpc_response(7))?
    );
    println!("\nAnd as a tool result, which is its surface\n\n{}", serde_json::to_string_pretty(&error.tool_result())?);
    Ok(())
}

/// Opens a file. The I/O error becomes the code for its kind; its text stays in the log. The peer receives the path.
fn read_config(path: &str) -> Result<File, McpError> {
    File::open(path).map_err(|error| McpError::from(error).with_detail("path", path))
}

/// Parses a number. The peer receives the code, and the log receives the parse error.
fn parse_limit(text: &str) -> Result<u32, McpError> {
    text.parse().or_code(scrum::INVALID_WIP_VALUE)
}
