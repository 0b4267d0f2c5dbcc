//! The parts of the README that repeat the registry, the manifest or an example are up to date.
//!
//! `cargo xtask bless` writes it.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use mcp_error_codes::{Code, REGISTRY};

type Checked = Result<(), Box<dyn Error>>;

const DIRECTORY: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn the_server_of_the_readme_is_an_example_that_is_built() -> Checked {
    // The file's own documentation is not part of it.
    let (_, wanted) =
        include_str!("../../examples/notes_server/src/main.rs").split_once("\n\n").ok_or("the example has a head")?;
    expect("<!-- server: that of examples/notes_server/src/main.rs -->\n```rust,ignore\n", "```", |_| wanted.to_owned())
}

#[test]
fn the_table_of_families_is_that_of_the_registry() -> Checked {
    expect("<!-- families: drawn from registry/ by tests/data/readme.rs -->\n", "<!-- end of families -->", |_| {
        families()
    })
}

/// One row a family: its module, its name and title, its codes, and one of them.
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

const BEGIN_FEATURES: &str = "\n## Features\n";
const END_FEATURES: &str = "\n## ";

#[test]
fn every_feature_of_the_manifest_is_in_the_readme() -> Checked {
    let manifest = include_str!("../../Cargo.toml");
    let features = manifest.split("\n[features]\n").nth(1).unwrap_or_default().split("\n[").next().unwrap_or_default();
    let names = features.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim());
    let public: Vec<&str> = names.filter(|name| *name != "default" && !name.starts_with('#')).collect();
    assert!(public.contains(&"std"), "{public:?}");
    let readme = readme()?;
    let (_, chapter, _) = parts(&readme, BEGIN_FEATURES, END_FEATURES)?;
    assert_eq!(chapter.lines().filter_map(feature_of).collect::<Vec<_>>(), public);
    Ok(())
}

#[test]
fn the_crates_that_each_feature_adds_are_counted() -> Checked {
    if !cfg!(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu")) {
        return skip("the numbers are those of x86_64-unknown-linux-gnu");
    }
    // Offline, Cargo lists only what is downloaded, and everything that was built is.
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
    let readme = readme()?;
    for name in parts(&readme, BEGIN_FEATURES, END_FEATURES)?.1.lines().filter_map(feature_of) {
        let (with, without) = if name == "std" { (default, bare) } else { (crates(&["--features", name])?, default) };
        added.push((name, with - without));
    }
    expect(BEGIN_FEATURES, END_FEATURES, |chapter| {
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

/// The feature that a row of the table is about.
fn feature_of(row: &str) -> Option<&str> {
    Some(row.strip_prefix("| `")?.split_once('`')?.0)
}

/// How many crates a build of this one consists of, those that only run at build time included.
fn crates(features: &[&str]) -> Result<usize, Box<dyn Error>> {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--package", "mcp-error-codes", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"]);
    let output = tree.args(["--offline", "--locked"]).args(features).current_dir(DIRECTORY).output()?;
    if !output.status.success() {
        return Err(format!("{tree:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?.lines().collect::<BTreeSet<_>>().len())
}

fn readme() -> Result<String, Box<dyn Error>> {
    Ok(std::fs::read_to_string(format!("{DIRECTORY}/README.md"))?)
}

/// Splits a text at the first place that lies between two others.
fn parts<'a>(text: &'a str, begin: &str, end: &str) -> Result<(&'a str, &'a str, &'a str), Box<dyn Error>> {
    let start = text.find(begin).ok_or_else(|| format!("the README has no {begin:?}"))? + begin.len();
    let length = text[start..].find(end).ok_or_else(|| format!("the README has no {end:?} after {begin:?}"))?;
    let (head, rest) = text.split_at(start);
    let (part, tail) = rest.split_at(length);
    Ok((head, part, tail))
}

/// Asserts that a part of the README is what it should be, which the function derives from the current text.
fn expect(begin: &str, end: &str, wanted: impl FnOnce(&str) -> String) -> Checked {
    // The tests of this file run at the same time, and each may write its part.
    static WRITER: Mutex<()> = Mutex::new(());
    let _writer = WRITER.lock().unwrap_or_else(PoisonError::into_inner);
    let readme = readme()?;
    let (head, part, tail) = parts(&readme, begin, end)?;
    let wanted = wanted(part);
    if part != wanted && std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(format!("{DIRECTORY}/README.md"), [head, &wanted, tail].concat())?;
        return Ok(());
    }
    assert_eq!(part, wanted, "cargo xtask bless writes it");
    Ok(())
}

/// Says so also where the output of a test that passes is not shown.
fn skip(reason: &str) -> Checked {
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    Ok(writeln!(std::io::stderr(), "{test}: skipped: {reason}")?)
}
