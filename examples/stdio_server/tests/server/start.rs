//! The message of the server when it cannot start.

use std::process::{Command, Stdio};

use crate::session::{Checked, PROGRAM};

#[test]
fn a_wrong_command_line_is_told_with_the_usage() -> Checked {
    let cases: [(&[&str], &str); 6] = [
        (&[], "no folder"),
        (&["--fast", "."], r#"unknown option "--fast""#),
        (&["a", "b"], r#"a second folder "b""#),
        (&["--fault", "read", "."], r#"--fault needs an operation and a kind, not "read""#),
        (&["--max-file-size"], "--max-file-size needs a value"),
        (&["--max-file-size", "big", "."], r#"--max-file-size needs a number, not "big""#),
    ];
    for (arguments, problem) in cases {
        let ended = Command::new(PROGRAM).args(arguments).stdin(Stdio::null()).output()?;
        assert_eq!(ended.status.code(), Some(2));
        let said = String::from_utf8(ended.stderr)?;
        assert!(said.starts_with(&format!("{problem}\n\nusage: ")), "{said}");
        assert!(ended.stdout.is_empty());
    }
    Ok(())
}

#[test]
fn a_folder_that_is_not_there_is_fs_002() -> Checked {
    let ended = Command::new(PROGRAM).arg("no such folder").stdin(Stdio::null()).output()?;
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8(ended.stderr)?;
    assert!(said.contains("filesystem:FS-002") && said.contains("Directory not found: no such folder"), "{said}");
    Ok(())
}
