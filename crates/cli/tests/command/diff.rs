//! `diff` shows what a newer lock file changes for users of its codes.

use std::path::PathBuf;

use crate::run::{Checked, Run, expect, run};

const OLD: &str = "acme:A-001 50001 tool 404 do-not-retry active\nacme:A-002 50002 tool 500 retry-after-delay active\n";
const DEPRECATED: &str =
    "acme:A-001 50001 tool 404 do-not-retry deprecated\nacme:A-002 50002 tool 500 retry-after-delay active\n";
const BROKEN: &str =
    "acme:A-001 50009 protocol 404 do-not-retry active\nacme:A-003 50003@2026-07-28.. tool 500 do-not-retry active\n";

/// Compares two texts as files, and replaces their directory by `FOLDER` in the output.
fn diff(old: &str, new: &str, options: &[&str]) -> Result<Run, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let paths: Vec<PathBuf> = ["old.lock", "new.lock"].map(|name| folder.path().join(name)).into();
    std::fs::write(&paths[0], old)?;
    std::fs::write(&paths[1], new)?;
    let texts: Vec<&str> = paths.iter().filter_map(|path| path.to_str()).collect();
    let mut run = run(&[&["diff"], texts.as_slice(), options].concat());
    run.err = run.err.replace(folder.path().to_str().unwrap_or_default(), "FOLDER").replace('\\', "/");
    Ok(run)
}

#[test]
fn equal_files_have_no_difference() -> Checked {
    let reordered: String = OLD.lines().rev().map(|line| format!("{line}\n")).collect();
    assert_eq!(diff(OLD, &format!("# a comment\n\n{reordered}"), &[])?.found(), "");
    Ok(())
}

#[test]
fn a_minor_change_is_a_difference_unless_allowed() -> Checked {
    let run = diff(OLD, DEPRECATED, &[])?;
    assert_eq!((run.status, run.err.as_str()), (Some(1), ""));
    assert!(run.out.starts_with("minor: acme:A-001 is deprecated\n- acme:A-001 "), "{}", run.out);
    assert_eq!(diff(OLD, DEPRECATED, &["--fail-on", "major"])?.status, Some(0));
    Ok(())
}

#[test]
fn an_incompatible_change_is_major() -> Checked {
    let run = diff(OLD, BROKEN, &["--fail-on", "major"])?;
    assert_eq!((run.status, run.err.as_str()), (Some(1), ""));
    expect("diff.txt", &run.out);
    expect("diff_coloured.txt", &diff(OLD, BROKEN, &["--color", "always"])?.out);
    expect("diff.json", &diff(OLD, BROKEN, &["--format", "json"])?.out);
    assert_eq!(
        diff(OLD, OLD, &["--format", "json"])?.found(),
        "{\n  \"class\": \"patch\",\n  \"differences\": []\n}\n"
    );
    Ok(())
}

#[test]
fn an_invalid_file_is_an_error() -> Checked {
    let run = diff(OLD, "acme:A-001 x tool 404 do-not-retry active\nacme", &[])?;
    assert_eq!((run.status, run.out.as_str()), (Some(2), ""));
    assert!(run.err.starts_with("error: FOLDER/new.lock:1: number \"x\" is invalid; "), "{}", run.err);
    assert!(run.err.contains("FOLDER/new.lock:2: line has 1 words; "), "{}", run.err);
    let missing = crate::run::run(&["diff", "no/old.lock", "no/new.lock"]);
    assert_eq!(missing.status, Some(2));
    assert!(missing.err.starts_with("error: no/old.lock: "), "{}", missing.err);
    Ok(())
}
