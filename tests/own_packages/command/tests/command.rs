//! The command of a team is the command of this workspace for the team's codes.

use std::process::{Command, Output, Stdio};
use std::{fs, io};

fn run(arguments: &[&str]) -> io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_parcel-errors")).args(arguments).stdin(Stdio::null()).output()
}

/// Runs the command, which must succeed, and returns its output.
fn found(arguments: &[&str]) -> io::Result<String> {
    let output = run(arguments)?;
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn it_has_its_own_name_and_codes() -> io::Result<()> {
    let help = found(&["--help"])?;
    assert!(help.contains("Usage: parcel-errors ") && !help.contains("Usage: mcp-errors"), "{help}");
    let tasks = help.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("  ")).map(|(task, _)| task);
    let tasks: Vec<_> = tasks.filter(|task| !task.is_empty() && task.bytes().all(|c| c.is_ascii_lowercase())).collect();
    assert!(tasks.contains(&"man") && tasks.contains(&"completions"), "{tasks:?}");
    for task in tasks.into_iter().filter(|task| *task != "help") {
        let help = found(&[task, "--help"])?.replace("mcp-errors.db", "");
        assert!(!help.contains("mcp-errors"), "{help}");
    }
    assert!(found(&["--version"])?.starts_with("parcel-errors "));
    let list = found(&["list"])?;
    assert!(list.contains("PARCEL-1") && !list.contains("FS-001"), "{list}");
    assert!(found(&["list", "--with-builtin"])?.contains("FS-001"));
    assert!(found(&["search", "post office"])?.contains("PARCEL-1"));
    // What others send is still explained.
    assert!(found(&["explain", "parcel 7 is lost"])?.contains("\nPARCEL-1: Parcel lost\n"));
    assert!(found(&["explain", "FS-001"])?.contains("File Not Found"));
    let miss = run(&["explain", "PARCEL-O1"])?;
    assert_eq!(miss.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&miss.stderr).contains("PARCEL-1"), "{miss:?}");
    Ok(())
}

#[test]
fn it_draws_what_the_team_needs() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let site = folder.path().join("site");
    found(&["site", &site.to_string_lossy(), "--title", "Parcel errors"])?;
    assert!(fs::read_to_string(site.join("index.html"))?.contains("<title>Parcel errors</title>"));
    assert!(site.join("parcels/parcel-1.html").is_file());
    let json = found(&["export", "json"])?;
    assert!(json.contains("\"PARCEL-1\"") && !json.contains("\"FS-001\""), "{json}");
    let completions = found(&["completions", "bash"])?;
    assert!(completions.contains("parcel-errors") && !completions.contains("mcp-errors"), "{completions}");
    Ok(())
}
