//! The parts of the README and the chapters that repeat the registry, the manifest or an example are up to date, and their links
//! work.
//!
//! `cargo xtask bless` writes the parts.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use mcp_error_codes::{Code, REGISTRY};

pub(crate) type Checked = Result<(), Box<dyn Error>>;

pub(crate) const DIRECTORY: &str = env!("CARGO_MANIFEST_DIR");
const README: &str = "README.md";

#[test]
fn the_server_of_the_readme_is_an_example_that_is_built() -> Checked {
    // This excludes the file's own documentation.
    let (_, wanted) =
        include_str!("../../examples/notes_server/src/main.rs").split_once("\n\n").ok_or("the example has a head")?;
    let begin = "<!-- server: that of examples/notes_server/src/main.rs -->\n```rust,ignore\n";
    expect(README, begin, "```", |_| wanted.to_owned())
}

#[test]
fn the_table_of_families_is_that_of_the_registry() -> Checked {
    let begin = "<!-- families: drawn from registry/ by tests/data/readme.rs -->\n";
    expect("docs/lookup.md", begin, "<!-- end of families -->", |_| families())
}

/// Returns one row for each family: its module, its name and title, its codes, and one example.
fn families() -> String {
    let mut table = String::from("| system | module | family | codes | for example |\n|---|---|---|---|---|\n");
    for system in REGISTRY.systems() {
        for family in system.families {
            let count = Code::in_family(system.name, family.name).count();
            let example = Code::in_family(system.name, family.name).next().map(Code::record);
            let example = example.map(|record| format!("`{}` {}", record.code, record.title)).unwrap_or_default();
            let row = writeln!(
                table,
                "| `{}` | `{}` | `{}`: {} | {count} | {example} |",
                system.name, system.module, family.name, family.title
            );
            row.expect("writing to a string does not fail");
        }
    }
    table
}

#[test]
fn the_readme_is_short() -> Checked {
    let count = read(README)?.lines().count();
    assert!(count <= 200, "the README has {count} lines, and at most 200 are allowed; move a part of it to docs/");
    Ok(())
}

#[test]
fn every_relative_link_leads_to_a_file_and_a_heading() -> Checked {
    let mut documents: Vec<String> =
        ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "registry/README.md"].map(str::to_owned).into();
    for entry in std::fs::read_dir(format!("{DIRECTORY}/docs"))? {
        documents.push(format!("docs/{}", entry?.file_name().to_string_lossy()));
    }
    let (mut dead, mut count) = (Vec::new(), 0);
    for document in &documents {
        let text = prose(&read(document)?);
        let folder = Path::new(DIRECTORY).join(document);
        let folder = folder.parent().ok_or("a document has a folder")?;
        for link in
            text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|link| !link.contains("://"))
        {
            count += 1;
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { Path::new(DIRECTORY).join(document) } else { folder.join(path) };
            let has_heading = || {
                std::fs::read_to_string(&target)
                    .is_ok_and(|text| prose(&text).lines().any(|line| is_heading(line, heading)))
            };
            if !target.exists() || !heading.is_empty() && !has_heading() {
                dead.push(format!("{document}: {link}"));
            }
        }
    }
    assert!(count > 0, "no document has a link");
    assert!(dead.is_empty(), "dead links:\n{}", dead.join("\n"));
    Ok(())
}

/// Returns a text without its code blocks.
fn prose(text: &str) -> String {
    let mut is_code = false;
    let lines = text.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.fold(String::new(), |all, line| all + line + "\n")
}

/// Returns whether a line is the heading that a fragment refers to on GitHub.
fn is_heading(line: &str, fragment: &str) -> bool {
    let Some(title) = line.strip_prefix('#') else { return false };
    let title = title.trim_start_matches('#').trim().to_lowercase();
    let kept = title.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).eq(fragment.chars())
}

const BEGIN_FEATURES: &str = "\n## Features\n";
const END_FEATURES: &str = "\n## ";

#[test]
fn every_feature_of_the_manifest_is_in_the_readme() -> Checked {
    let manifest = include_str!("../../Cargo.toml");
    let features = manifest.split("\n[features]\n").nth(1).unwrap_or_default().split("\n[").next().unwrap_or_default();
    let names = features.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim());
    let public: Vec<&str> = names.filter(|name| *name != "default" && !name.starts_with('#')).collect();
    assert!(public.contains(&"std"), "{public:?}");
    let readme = read(README)?;
    let (_, chapter, _) = parts(&readme, BEGIN_FEATURES, END_FEATURES)?;
    assert_eq!(chapter.lines().filter_map(feature_of).collect::<Vec<_>>(), public);
    Ok(())
}

#[test]
fn the_crates_that_each_feature_adds_are_counted() -> Checked {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu")) {
        return skip("the numbers are those of x86_64-unknown-linux-gnu");
    }
    // Offline, Cargo lists only downloaded crates, and everything that was built is downloaded.
    if !cfg!(all(
        feature = "axum-0_8",
        feature = "derive",
        feature = "jsonschema-0_60",
        feature = "metrics-0_24",
        feature = "proptest-1",
        feature = "rmcp-3",
        feature = "tracing-0_1"
    )) {
        return skip("the crates of every feature are there with --all-features only");
    }
    let default = crates(&[])?;
    let bare = crates(&["--no-default-features"])?;
    let mut added = Vec::new();
    let readme = read(README)?;
    for name in parts(&readme, BEGIN_FEATURES, END_FEATURES)?.1.lines().filter_map(feature_of) {
        let (with, without) = if name == "std" { (default, bare) } else { (crates(&["--features", name])?, default) };
        added.push((name, with - without));
    }
    expect(README, BEGIN_FEATURES, END_FEATURES, |chapter| {
        let rows = chapter.split_inclusive('\n').map(|line| {
            let count = added.iter().find(|(name, _)| Some(*name) == feature_of(line)).map(|(_, count)| count);
            let last_cell = line.trim_end().strip_suffix(" |").and_then(|row| row.rfind('|'));
            match (count, last_cell) {
                (Some(count), Some(at)) => format!("{}| {count} |\n", &line[..at]),
                _ => line.to_owned(),
            }
        });
        rows.collect()
    })
}

/// Returns the feature that a row of the table describes.
fn feature_of(row: &str) -> Option<&str> {
    Some(row.strip_prefix("| `")?.split_once('`')?.0)
}

/// Returns how many crates a build of this crate consists of, including those that only run at build time.
fn crates(features: &[&str]) -> Result<usize, Box<dyn Error>> {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--package", "mcp-error-codes", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"]);
    let output = tree.args(["--offline", "--locked"]).args(features).current_dir(DIRECTORY).output()?;
    if !output.status.success() {
        return Err(format!("{tree:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?.lines().collect::<BTreeSet<_>>().len())
}

pub(crate) fn read(document: &str) -> Result<String, Box<dyn Error>> {
    std::fs::read_to_string(format!("{DIRECTORY}/{document}"))
        .map_err(|problem| format!("{document}: {problem}").into())
}

/// Splits a text into the parts before, between and after two markers.
fn parts<'a>(text: &'a str, begin: &str, end: &str) -> Result<(&'a str, &'a str, &'a str), Box<dyn Error>> {
    let start = text.find(begin).ok_or_else(|| format!("there is no {begin:?}"))? + begin.len();
    let length = text[start..].find(end).ok_or_else(|| format!("there is no {end:?} after {begin:?}"))?;
    let (head, rest) = text.split_at(start);
    let (part, tail) = rest.split_at(length);
    Ok((head, part, tail))
}

/// Asserts that a part of a document is up to date. The function derives the part from the current text.
pub(crate) fn expect(document: &str, begin: &str, end: &str, wanted: impl FnOnce(&str) -> String) -> Checked {
    // These tests run at the same time, and each may write its part.
    static WRITER: Mutex<()> = Mutex::new(());
    let _writer = WRITER.lock().unwrap_or_else(PoisonError::into_inner);
    let text = read(document)?;
    let (head, part, tail) = parts(&text, begin, end)?;
    let wanted = wanted(part);
    if part != wanted && std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(format!("{DIRECTORY}/{document}"), [head, &wanted, tail].concat())?;
        return Ok(());
    }
    assert_eq!(part, wanted, "{document} is out of date; run `cargo xtask bless`");
    Ok(())
}

/// Prints a skipped test even if the output of passing tests is hidden.
fn skip(reason: &str) -> Checked {
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    Ok(writeln!(std::io::stderr(), "{test}: skipped: {reason}")?)
}
