//! Every mistake in a registry is reported in one run, each with its line, in exactly these words.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use mcp_error_codes_build::{Error, Generator, Problem, Problems};

/// The source folders that contain messages: those of the steps that read and check.
const SOURCES: [&str; 2] = ["src/read", "src/check"];

/// The messages about a registry that is too large for a fixture.
const LIMITS: [&str; 2] = [
    "a registry can have at most 65535 codes; this one has 65536, including the codes that it extends",
    "a registry can have at most 65535 numbers; 65536 is one too many",
];

/// The check whose messages are in [`LIMITS`].
const LIMIT: &str = "registry-size";

#[test]
fn every_fixture_has_exactly_its_messages() -> io::Result<()> {
    let mut differences = String::new();
    for folder in fixtures()? {
        let messages = match generate(&folder)? {
            Ok(warnings) => warnings.iter().map(|warning| format!("{warning}\n")).collect(),
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
    assert!(differences.is_empty(), "{differences}cargo xtask bless writes the expected messages");
    Ok(())
}

#[test]
fn every_message_of_the_source_has_a_fixture() -> io::Result<()> {
    written()?;
    let mut told = LIMITS.map(str::to_owned).to_vec();
    for folder in fixtures()? {
        told.extend(fs::read_to_string(folder.join("expected.txt"))?.lines().map(str::to_owned));
    }
    let mut sentences = vec![name_of_an_identifier()];
    for path in sources()? {
        sentences.extend(texts(&fs::read_to_string(path)?).into_iter().filter(|text| text.contains(' ')));
    }
    // The test of the build script covers an empty folder and files that are not text or too long.
    let of_folders = [
        "the folder contains no *.toml file",
        "the file is not UTF-8 from this line on",
        "the file has more than {} MiB; split the system over several files",
    ];
    let sentences = sentences.into_iter().filter(|text| !of_folders.contains(&text.as_str()));
    let untold: Vec<_> = sentences.filter(|text| !told.iter().any(|line| is_made_from(line, text))).collect();
    assert!(untold.is_empty(), "no fixture in tests/fixtures has these: {untold:#?}");
    Ok(())
}

#[test]
fn every_check_has_its_id_and_a_fixture_of_its_name() -> io::Result<()> {
    written()?;
    let mut ids = BTreeSet::new();
    for path in paths(Path::new("src/check"))? {
        let name = path.file_stem().unwrap_or_default().display().to_string();
        let id = name.replace('_', "-");
        assert!(fs::read_to_string(&path)?.contains(&format!("Check {{ id: {id:?}, run }}")), "{}", path.display());
        let told = fs::read_to_string(Path::new("tests/fixtures").join(&name).join("expected.txt"));
        let is_told = |told: &String| told.lines().any(|line| line.ends_with(&format!(" [{id}]")));
        assert!(LIMIT == id || told.is_ok_and(|told| is_told(&told)), "tests/fixtures/{name} does not show [{id}]");
        ids.insert(id);
    }
    assert!(ids.contains("duplicate-code") && ids.contains("reserved-number"), "{ids:?}");
    Ok(())
}

#[test]
fn the_registries_that_fixtures_start_from_are_valid() -> io::Result<()> {
    assert_eq!(generate(Path::new("tests/valid"))?.err(), None);
    assert_eq!(Generator::generate_from(&[("demo.toml", include_str!("../valid/demo.toml"))]).err(), None);
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

/// Returns the messages about the size of a registry with these codes.
fn limits(codes: &str) -> Vec<String> {
    let head = "[system]\nname = \"large\"\n\n";
    let problems =
        Generator::generate_from(&[("large.toml", &(head.to_owned() + codes))]).expect_err("most fields are missing");
    let messages = problems.as_slice().iter().map(|problem| problem.message.clone());
    messages.filter(|message| message.starts_with("a registry")).collect()
}

/// Writes the expected messages first if that is what this run is for: tests run in any order.
fn written() -> io::Result<()> {
    if env::var_os("UPDATE_EXPECT").is_some() { every_fixture_has_exactly_its_messages() } else { Ok(()) }
}

/// Returns the folders of the fixtures, sorted.
fn fixtures() -> io::Result<Vec<PathBuf>> {
    paths(Path::new("tests/fixtures"))
}

/// Generates from the files of a folder, as if its name were `registry`. Returns the warnings or the mistakes.
fn generate(folder: &Path) -> io::Result<Result<Vec<Problem>, Problems>> {
    let mut files = Vec::new();
    for path in paths(folder)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "toml")) {
        let name = path.file_name().unwrap_or_default().display();
        files.push((format!("registry/{name}"), fs::read_to_string(&path)?));
    }
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    match Generator::__check_from(&files) {
        Ok(warnings) => Ok(Ok(warnings)),
        Err(Error::Problems(problems)) => Ok(Err(problems)),
        Err(other) => Err(io::Error::other(other)),
    }
}

fn paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Returns the files of [`SOURCES`], sorted.
fn sources() -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in SOURCES {
        files.extend(paths(Path::new(folder))?);
    }
    Ok(files)
}

/// What messages expect of a name.
fn name_of_an_identifier() -> String {
    "expected letters, digits and single underscores, a letter first".to_owned()
}

/// Returns the texts between quotation marks in a source file, except those in comments.
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

/// Returns whether a line contains the literal parts of a format string in their order.
fn is_made_from(line: &str, format: &str) -> bool {
    // Escaped braces are literal.
    let format = format.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let literals = format.split('{').enumerate().map(|(at, piece)| match piece.split_once('}') {
        Some((_, literal)) if at > 0 => literal,
        _ => piece,
    });
    let mut rest = Some(line);
    for literal in literals {
        let literal = literal.replace('\u{1}', "{").replace('\u{2}', "}");
        rest = rest.and_then(|rest| rest.split_once(&literal)).map(|(_, after)| after);
    }
    rest.is_some()
}
