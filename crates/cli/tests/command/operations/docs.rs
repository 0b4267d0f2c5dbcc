//! Runs `docs/operations.md` as a reader would. The comment before a block says what to do with it:
//!
//! ```text
//! <!-- write FILE -->       it is the content of the file
//! <!-- run -->              a shell runs it
//! <!-- run with PROGRAM --> a shell runs it if there is such a program
//! <!-- compile -->          the documentation of the library has it as an example, which is compiled and run
//! <!-- expect -->           the last command printed it
//! ```

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::operations::engines::{postgres, skip};
use crate::operations::fixture::Folder;
use crate::run::Checked;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operations.md");

#[test]
fn every_command_of_the_page_does_what_it_says() -> Checked {
    let page = fs::read_to_string(PAGE)?;
    let reader = Reader::new()?;
    let mut printed = None;
    let mut blocks = 0;
    for (task, block) in blocks_of(&page)? {
        blocks += 1;
        let words: Vec<&str> = task.split(' ').collect();
        match words[..] {
            ["write", file] => reader.folder.write(file, block),
            ["compile"] => {}
            ["run"] => printed = Some(reader.run(&block, &[])?),
            ["run", "with", program] => printed = reader.run_with(program, &block)?,
            // A command that was not run has printed nothing.
            ["expect"] => {
                if let Some(printed) = &printed {
                    assert_eq!(*printed, block);
                }
            }
            _ => return Err(format!("the comment {task:?} is unknown").into()),
        }
    }
    assert!(blocks > 10, "{blocks}");
    Ok(())
}

/// Returns the comments and the blocks after them.
fn blocks_of(page: &str) -> Result<Vec<(String, String)>, String> {
    let mut blocks = Vec::new();
    let mut task: Option<String> = None;
    let mut block: Option<String> = None;
    for line in page.lines() {
        if let Some(text) = &mut block {
            if line == "```" {
                let task = task.take().ok_or_else(|| format!("a block without a comment: {text}"))?;
                blocks.push((task, block.take().unwrap_or_default()));
            } else {
                *text += line;
                text.push('\n');
            }
        } else if line.starts_with("```") {
            block = Some(String::new());
        } else if let Some(comment) = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->")) {
            task = Some(comment.to_owned());
        }
    }
    Ok(blocks)
}

struct Reader {
    folder: Folder,
    programs: Folder,
    path: OsString,
}

impl Reader {
    fn new() -> Result<Self, Box<dyn std::error::Error>> {
        let programs = Folder::new();
        let command = Path::new(env!("CARGO_BIN_EXE_mcp-errors"));
        let mut path: Vec<PathBuf> =
            vec![programs.path(""), command.parent().ok_or("the command is nowhere")?.to_owned()];
        path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let path = std::env::join_paths(path)?;
        Ok(Self { folder: Folder::new(), programs, path })
    }

    /// Runs commands and returns their output.
    fn run(&self, commands: &str, variables: &[(&str, &Path)]) -> Result<String, Box<dyn std::error::Error>> {
        let output = Command::new("sh")
            .args(["-e", "-c", commands])
            .current_dir(self.folder.path(""))
            .env("PATH", &self.path)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .output()?;
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{commands}\n{error}");
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Runs commands that need a program. Returns `None` if it is missing.
    fn run_with(&self, program: &str, commands: &str) -> Result<Option<String>, Box<dyn std::error::Error>> {
        match program {
            "psql" => {
                let Some(programs) = postgres::programs() else {
                    skip("PostgreSQL");
                    return Ok(None);
                };
                let server = postgres::Server::start(&programs)?;
                let user = Path::new("postgres");
                self.run(commands, &[("PGHOST", server.socket()), ("PGUSER", user)]).map(Some)
            }
            "clickhouse" => {
                let engines = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines");
                let python = engines.join(".venv/bin/python");
                if !python.is_file() {
                    skip("ClickHouse's engine");
                    return Ok(None);
                }
                // The client, using the engine as a library.
                let script =
                    format!("#!/bin/sh\nexec '{}' '{}/clickhouse.py' \"$@\"\n", python.display(), engines.display());
                self.programs.write("clickhouse", script);
                let client = self.programs.text("clickhouse");
                self.run(&format!("chmod +x '{client}'"), &[])?;
                self.run(commands, &[("CLICKHOUSE_DATA", &self.programs.path("data"))]).map(Some)
            }
            _ => {
                if Command::new(program).arg("--version").output().is_err() {
                    skip(program);
                    return Ok(None);
                }
                self.run(commands, &[]).map(Some)
            }
        }
    }
}
