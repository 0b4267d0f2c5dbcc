//! Every mistake in a registry is told in one run, each at its line, in exactly these words.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use mcp_error_codes_build::{Generator, Problems};

/// The files of the source that hold messages: those that read and check.
const SOURCES: [&str; 8] = [
    include_str!("../src/read.rs"),
    include_str!("../src/name.rs"),
    include_str!("../src/fields.rs"),
    include_str!("../src/template.rs"),
    include_str!("../src/entry.rs"),
    include_str!("../src/extension.rs"),
    include_str!("../src/rules.rs"),
    include_str!("../src/sharing.rs"),
];

/// The messages about a registry that is too large for a fixture.
const LIMITS: [&str; 2] = [
    "a registry holds at most 65535 codes; this one has 65536, with those that it extends",
    "a registry holds at most 65535 numbers; 65536 is one more",
];

#[test]
fn every_fixture_has_exactly_its_messages() -> io::Result<()> {
    let mut differences = String::new();
    for folder in fixtures()? {
        let messages = match generate(&folder)? {
            Ok(_) => String::new(),
            Err(problems) => format!("{problems}\n"),
        };
        let expected = folder.join("expected.txt");
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expected, &messages)?;
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        if wanted != messages || messages.is_empty() {
            let _ = write!(differences, "{}\nexpected:\n{wanted}found:\n{messages}\n", expected.display());
        }
    }
    assert!(
        differences.is_empty(),
        "{differences}UPDATE_EXPECT=1 cargo test --test messages rewrites what is expected"
    );
    Ok(())
}

#[test]
fn every_message_of_the_source_has_a_fixture() -> io::Result<()> {
    let mut told = LIMITS.map(str::to_owned).to_vec();
    for folder in fixtures()? {
        told.extend(fs::read_to_string(folder.join("expected.txt"))?.lines().map(str::to_owned));
    }
    let sentences = SOURCES.into_iter().flat_map(texts).filter(|text| text.contains(' '));
    let untold: Vec<_> = sentences.filter(|text| !told.iter().any(|line| is_made_from(line, text))).collect();
    assert!(untold.is_empty(), "no fixture in tests/fixtures has these: {untold:#?}");
    Ok(())
}

#[test]
fn the_registries_that_fixtures_start_from_are_valid() -> io::Result<()> {
    assert_eq!(generate(Path::new("tests/valid"))?.err(), None);
    assert_eq!(Generator::generate_from(&[("demo.toml", include_str!("valid/demo.toml"))]).err(), None);
    Ok(())
}

#[test]
fn a_registry_has_limits() {
    let codes: String = (0..65_536).map(|at| format!("[[codes]]\ncode = \"{at}\"\nsuperseded_by = \"0\"\n")).collect();
    assert_eq!(limits(&codes), [LIMITS[0]]);

    // A code may have one number for each of the five protocol versions.
    let versions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];
    let mut codes = String::new();
    for (at, number) in (1..=65_536).enumerate() {
        let version = versions[at % 5];
        if at % 5 == 0 {
            let _ = write!(codes, "\n[[codes]]\ncode = \"{at}\"\nsummary = \"x\"\n");
        }
        let _ = write!(codes, "[[codes.json_rpc]]\nnumber = {number}\nsince = \"{version}\"\nuntil = \"{version}\"\n");
    }
    assert_eq!(limits(&codes), [LIMITS[1]]);
}

/// What is said of the size of a registry with these codes.
fn limits(codes: &str) -> Vec<String> {
    let head = "[system]\nname = \"large\"\n\n";
    let problems =
        Generator::generate_from(&[("large.toml", &(head.to_owned() + codes))]).expect_err("most fields are missing");
    let messages = problems.as_slice().iter().map(|problem| problem.message.clone());
    messages.filter(|message| message.starts_with("a registry")).collect()
}

/// The folders of the fixtures, sorted.
fn fixtures() -> io::Result<Vec<PathBuf>> {
    paths(Path::new("tests/fixtures"))
}

/// Generates from the files of a folder as though it were called `registry`.
fn generate(folder: &Path) -> io::Result<Result<String, Problems>> {
    let mut files = Vec::new();
    for path in paths(folder)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "toml")) {
        let name = path.file_name().unwrap_or_default().display();
        files.push((format!("registry/{name}"), fs::read_to_string(&path)?));
    }
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Ok(Generator::generate_from(&files))
}

fn paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// What stands between quotation marks in a source file, outside of comments.
fn texts(source: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let line = line.replace("\\\"", "\0");
        let pieces: Vec<_> = line.split('"').collect();
        assert!(pieces.len() % 2 == 1, "a text that goes over several lines: {line}");
        texts.extend(pieces.iter().skip(1).step_by(2).map(|text| text.replace('\0', "\"")));
    }
    texts
}

/// Tells whether a line holds a format string's literal parts, one after the other.
fn is_made_from(line: &str, format: &str) -> bool {
    let literals = format.split('{').enumerate().map(|(at, piece)| match piece.split_once('}') {
        Some((_, literal)) if at > 0 => literal,
        _ => piece,
    });
    let mut rest = Some(line);
    for literal in literals {
        rest = rest.and_then(|rest| rest.split_once(literal)).map(|(_, after)| after);
    }
    rest.is_some()
}
