//! The command in a shell: exit statuses, colors, pipes, completions and man pages.

use std::io::{BufRead, BufReader, Read};

use crate::run::{Checked, command, run};

#[test]
fn the_help_lists_the_exit_statuses() {
    let help = run(&["--help"]).found();
    assert!(help.contains("Exit status: 0 if something was found, 1 if nothing was found"), "{help}");
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for task in ["`diff`", "`audit`", "`check`", "`budget`", "`coverage --min`"] {
        assert!(help.contains(&format!("for {task}: if ")), "{task}: {help}");
    }
}

#[test]
fn invalid_arguments_have_their_own_status() {
    for arguments in
        [&[][..], &["nothing"], &["explain", "--nothing"], &["search"], &["export"], &["list", "--width", "3"]]
    {
        let run = run(arguments);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.err.contains("Usage: mcp-errors") || run.err.contains("--help"), "{}", run.err);
    }
}

#[test]
fn every_task_writes_plain_text_to_a_pipe() {
    let tasks = [
        &["explain", "FS-001"][..],
        &["list"],
        &["search", "disk"],
        &["decode", r#"{"code":-32601,"message":"no"}"#],
        &["--help"],
        &["man"],
    ];
    for task in tasks {
        assert!(!run(task).found().contains('\u{1b}'), "{task:?}");
    }
    assert!(!run(&["explain", "nothing at all like it"]).err.contains('\u{1b}'));
}

#[test]
fn the_environment_can_enable_and_disable_colors() -> Checked {
    let coloured = |name: &str, value: &str| -> Result<bool, Box<dyn std::error::Error>> {
        let output = command(&["explain", "FS-001"]).env(name, value).output()?;
        Ok(output.stdout.contains(&0x1b))
    };
    assert!(coloured("CLICOLOR_FORCE", "1")?);
    assert!(!coloured("NO_COLOR", "1")?);
    let both = command(&["explain", "FS-001", "--color", "always"]).env("NO_COLOR", "1").output()?;
    assert!(both.stdout.contains(&0x1b), "the option takes precedence over the environment");
    Ok(())
}

#[test]
fn a_closed_pipe_ends_the_command_without_an_error() -> Checked {
    for task in [&["list", "--format", "json"][..], &["export", "json"], &["explain", "--full", "NX-MCP-001"]] {
        let mut child = command(task).spawn()?;
        let mut line = String::new();
        BufReader::with_capacity(16, child.stdout.take().ok_or("no standard output")?).read_line(&mut line)?;
        let mut complaint = String::new();
        child.stderr.take().ok_or("no standard error")?.read_to_string(&mut complaint)?;
        assert_eq!((child.wait()?.code(), complaint.as_str()), (Some(0), ""), "{task:?}");
    }
    Ok(())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_message_and_not_a_panic() -> Checked {
    for task in [&["list"][..], &["explain", "FS-001"], &["export", "python"], &["completions", "bash"], &["man"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full")?;
        let output = command(task).stdout(full).output()?;
        let complaint = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(2), "{task:?}");
        assert!(complaint.starts_with("error: standard output: "), "{complaint}");
    }
    Ok(())
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&["completions", shell]).found();
        for word in ["explain", "decode", "severity", "fail-on"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn completions_contain_the_words_of_the_vocabularies() {
    for shell in ["bash", "zsh"] {
        let script = run(&["completions", shell]).found();
        for word in ["FATAL", "retry-after-delay", "RESOURCE", "task-orchestrator", "NX-MCP", "json-schema"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn the_man_page_names_every_task() -> Checked {
    let page = run(&["man"]).found();
    assert!(page.contains(".TH mcp-errors 1"), "{page}");
    let tasks = ["explain", "list", "search", "decode", "diff", "export", "site", "serve", "completions", "man"];
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("man1");
    assert_eq!(run(&["man", "--dir", path.to_str().ok_or("the path is no text")?]).found(), "");
    for task in tasks {
        assert!(page.contains(&format!("mcp\\-errors\\-{task}(1)")), "{task}\n{page}");
        assert!(std::fs::read_to_string(path.join(format!("mcp-errors-{task}.1")))?.contains(".SH SYNOPSIS"), "{task}");
    }
    Ok(())
}
