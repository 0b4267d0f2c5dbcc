//! `docs/architecture.md` lists every method of an error and every room.
//!
//! `cargo xtask bless` writes the table of methods.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use crate::readme::{Checked, DIRECTORY, expect, read};

const CHAPTER: &str = "docs/architecture.md";

/// The rooms that add methods to an error, in import order.
const ROOMS: [&str; 5] = ["error", "convert", "wire", "server", "observe"];

#[test]
fn the_table_of_methods_is_that_of_the_source() -> Checked {
    let table = table()?;
    expect(
        CHAPTER,
        "<!-- methods: drawn from src/ by tests/data/architecture.rs -->\n",
        "<!-- end of methods -->",
        |_| table,
    )
}

#[test]
fn every_room_is_described() -> Checked {
    let chapter = read(CHAPTER)?;
    let mut missing = Vec::new();
    for parent in ["src", "crates"] {
        for entry in fs::read_dir(format!("{DIRECTORY}/{parent}"))? {
            let entry = entry?;
            let room = format!("`{parent}/{}`", entry.file_name().to_string_lossy());
            if entry.path().is_dir() && !chapter.contains(&room) {
                missing.push(room);
            }
        }
    }
    assert!(missing.is_empty(), "{CHAPTER} does not describe {}", missing.join(", "));
    Ok(())
}

/// Returns a row for each public method in the `impl McpError` blocks of the source.
fn table() -> Result<String, Box<dyn Error>> {
    let mut files = Vec::new();
    collect(&Path::new(DIRECTORY).join("src"), &mut files)?;
    let mut rows = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file)?;
        let name = file.strip_prefix(Path::new(DIRECTORY).join("src"))?.to_string_lossy().replace('\\', "/");
        let methods = methods(&source);
        if methods.is_empty() {
            continue;
        }
        let room = name.split(['/', '.']).next().unwrap_or_default();
        let at = ROOMS.iter().position(|known| *known == room);
        let at =
            at.ok_or_else(|| format!("src/{name} adds methods to an error, and {room:?} is not one of {ROOMS:?}"))?;
        rows.push((at, name, methods));
    }
    rows.sort();
    let mut table = String::from("| file in `src` | method | first sentence of its documentation |\n|---|---|---|\n");
    for (_, file, methods) in &rows {
        for (method, sentence) in methods {
            table += &format!("| `{file}` | `{method}` | {sentence} |\n");
        }
    }
    Ok(table)
}

/// Returns the name and the first sentence of each public method of an error in a source file, in order.
fn methods(source: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let (mut is_inside, mut documentation) = (false, String::new());
    for line in source.lines() {
        match line {
            "impl McpError {" | "impl crate::McpError {" => is_inside = true,
            "}" => is_inside = false,
            _ => {}
        }
        let text = line.trim_start();
        if let Some(sentence) = text.strip_prefix("/// ").or(text.strip_prefix("///")) {
            documentation.push_str(sentence);
            documentation.push('\n');
            continue;
        }
        let declared = text.strip_prefix("pub ").map(|rest| rest.strip_prefix("const ").unwrap_or(rest));
        let name = declared.and_then(|rest| rest.strip_prefix("fn ")).and_then(|rest| rest.split(['(', '<']).next());
        if let Some(name) = name.filter(|name| is_inside && !name.starts_with("__")) {
            found.push((name.to_owned(), first_sentence(&documentation)));
        }
        if !text.starts_with("#[") {
            documentation.clear();
        }
    }
    found
}

/// Returns the first sentence of a doc comment, with its links as plain text.
fn first_sentence(documentation: &str) -> String {
    let paragraph = documentation.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let sentence = paragraph.split_once(". ").map_or(paragraph.trim(), |(sentence, _)| sentence);
    let mut plain = String::new();
    for piece in sentence.split_inclusive(']') {
        // The target in parentheses after a link is dropped.
        let piece = piece.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(piece, |(_, rest)| rest);
        plain += &piece.replace(['[', ']'], "").replace('|', "\\|");
    }
    plain.trim_end_matches('.').to_owned() + "."
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}
