//! The main job in one run: look codes up, build errors from real failures, and show what a peer receives.

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
    println!("  exact:    {:?}", Code::lookup("NX-MCP-010"));
    println!("  by hand:  {:?}", find("file not found")?.code);
    for unknown in ["FS-O01", "E010"].map(find).into_iter().filter_map(Result::err) {
        println!("  unknown:  {unknown}");
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
    println!("  {error} (try again after {:?})", error.retry_delays().collect::<Vec<_>>());

    println!("\nThe manual page of a code");
    println!("{}", code!("FS-001").record().explain().record_only());

    let error = filesystem::file_not_found("notes.txt").with_detail("workspace", "home");
    println!("The JSON-RPC response\n\n{}", serde_json::to_string_pretty(&error.json_rpc_response(7))?);
    println!("\nThe tool result\n\n{}", serde_json::to_string_pretty(&error.tool_result())?);
    Ok(())
}

/// Opens a file; the peer sees the code and the path, the log sees the I/O error.
fn read_config(path: &str) -> Result<File, McpError> {
    File::open(path).or_error(|| filesystem::file_not_found(path))
}

/// Reads a number; the peer sees the code, the log sees the parse error.
fn parse_limit(text: &str) -> Result<u32, McpError> {
    text.parse().or_code(scrum::INVALID_WIP_VALUE)
}
