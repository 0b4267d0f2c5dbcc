//! Folders with logs and stores.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{Run, run};

/// A folder that is deleted at the end of a test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder can be made"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.path(name).to_str().expect("the folder has a name in UTF-8").to_owned()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("a file can be written");
    }

    pub(crate) fn append(&self, name: &str, content: &str) {
        let mut file =
            OpenOptions::new().append(true).create(true).open(self.path(name)).expect("a file can be opened");
        file.write_all(content.as_bytes()).expect("a file can be written");
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).expect("a file can be renamed");
    }

    /// Runs the command with the store of the folder; a word that begins with `@` is a file in the folder.
    pub(crate) fn run(&self, words: &[&str]) -> Run {
        let store = self.text("store.db");
        let words: Vec<String> = words
            .iter()
            .map(|word| word.strip_prefix('@').map_or((*word).to_owned(), |name| self.text(name)))
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).chain(["--store", &store]).collect();
        run(&words)
    }

    /// Ingests logs, and returns the output.
    #[track_caller]
    pub(crate) fn ingest(&self, logs: &[&str]) -> String {
        self.run(&[&["ingest"], logs].concat()).found()
    }

    /// Returns all occurrences of a code in the store.
    #[track_caller]
    pub(crate) fn occurrences(&self, code: &str) -> Vec<Value> {
        let found = self.run(&["inspect", code, "--format", "json"]);
        serde_json::from_str(&found.out).expect("the command writes JSON")
    }

    /// Returns the messages of all occurrences of a code, the oldest first.
    #[track_caller]
    pub(crate) fn messages(&self, code: &str) -> Vec<String> {
        let message = |row: &Value| row["message"].as_str().unwrap_or_default().to_owned();
        self.occurrences(code).iter().rev().map(message).collect()
    }
}

/// Returns an entry of a log: second `number` of a day.
pub(crate) fn entry(number: usize, code: &str, message: &str) -> String {
    let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
    format!("2025-01-15 {hour:02}:{minute:02}:{second:02}.000 | ERROR | {code} | MCPServer | {message}\n")
}
