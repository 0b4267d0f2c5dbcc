//! Figures that must not grow unnoticed. Those of the machine, such as times, are not among them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use crate::step::{Outcome, command, output, root, target};

/// The figures that were agreed, one a line: what is counted, of what, and how many.
const FILE: &str = "benches/budget.txt";

/// By how much a figure of a kind may exceed the one that was agreed, in percent. Compilers differ in instructions and sizes.
const TOLERANCES: [(&str, f64); 6] = [
    ("allocations", 0.0),
    ("bytes", 0.0),
    ("crates", 0.0),
    ("functions", 3.0),
    ("instructions", 3.0),
    ("stripped bytes", 2.0),
];

/// What a figure is of.
type Key = (String, String);

/// Compares the figures, or writes them. A figure that cannot be taken here is skipped, and the reason is printed.
pub(crate) fn run(is_bless: bool) -> Outcome {
    let (mut figures, skipped) = of_operations()?;
    figures.insert(key("crates", "default features"), crates("--package mcp-error-codes")?);
    figures.insert(key("crates", "without std"), crates("--package mcp-error-codes --no-default-features")?);
    figures.insert(key("crates", "rmcp-3"), crates("--package mcp-error-codes --features rmcp-3")?);
    figures.insert(key("functions", "default features"), functions("")?);
    figures.insert(key("functions", "rmcp-3"), functions("rmcp-3")?);
    figures.insert(key("stripped bytes", "quickstart"), stripped()?);
    skipped.iter().for_each(|line| println!("skipped: {line}"));
    let file = root().join(FILE);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(_) if is_bless => String::new(),
        Err(problem) => return Err(format!("{FILE}: {problem}")),
    };
    let mut agreed = read(&text);
    if is_bless {
        agreed = blessed(agreed, &figures, &skipped);
        fs::write(&file, written(&agreed)).map_err(|problem| format!("{FILE}: {problem}"))?;
    }
    compare(&agreed, &figures, &skipped)
}

/// Returns the figures to agree on: those that were taken, and the agreed ones that cannot be taken here.
fn blessed(mut agreed: BTreeMap<Key, f64>, figures: &BTreeMap<Key, f64>, skipped: &[String]) -> BTreeMap<Key, f64> {
    agreed.retain(|(unit, _), _| is_skipped(unit, skipped));
    agreed.extend(figures.iter().map(|(key, figure)| (key.clone(), *figure)));
    agreed
}

fn is_skipped(unit: &str, skipped: &[String]) -> bool {
    skipped.iter().any(|line| line.starts_with(unit))
}

fn compare(agreed: &BTreeMap<Key, f64>, figures: &BTreeMap<Key, f64>, skipped: &[String]) -> Outcome {
    let mut problems = Vec::new();
    println!("{:<15} {:<36} {:>12} {:>12}", "", "", "now", "agreed");
    for (key @ (unit, name), now) in figures {
        let Some(before) = agreed.get(key) else {
            problems.push(format!("{unit} of {name}: {FILE} has no figure"));
            continue;
        };
        let tolerance = TOLERANCES.iter().find(|(own, _)| own == unit).map_or(0.0, |(_, percent)| *percent);
        let is_over = *now > before * (1.0 + tolerance / 100.0) + 0.05;
        // A figure that became smaller is to be written down, so that it does not grow again.
        let remark = match () {
            () if is_over => "  too many",
            () if *now < before * (1.0 - tolerance / 100.0) - 0.05 => "  fewer: bless",
            () => "",
        };
        println!("{unit:<15} {name:<36} {now:>12} {before:>12}{remark}");
        if is_over {
            problems.push(format!("{unit} of {name}: {now}, agreed {before}, tolerance {tolerance} %"));
        }
    }
    let missing = agreed.keys().filter(|key| !figures.contains_key(*key) && !is_skipped(&key.0, skipped));
    problems
        .extend(missing.map(|(unit, name)| format!("{unit} of {name}: {FILE} has a figure for what is not counted")));
    if problems.is_empty() {
        Ok(())
    } else {
        Err(format!("{}\n`cargo xtask budgets --bless` writes {FILE}", problems.join("\n")))
    }
}

fn key(unit: &str, name: &str) -> Key {
    (unit.to_owned(), name.to_owned())
}

fn read(text: &str) -> BTreeMap<Key, f64> {
    let figures = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some(((columns.next()?.to_owned(), columns.next()?.to_owned()), columns.next()?.parse().ok()?))
    });
    figures.collect()
}

fn written(figures: &BTreeMap<Key, f64>) -> String {
    let mut text =
        "# What an operation may cost. `cargo xtask budgets` compares the figures, and `--bless` writes them.\n"
            .to_owned();
    for ((unit, name), figure) in figures {
        let _ = writeln!(text, "{unit}\t{name}\t{figure}");
    }
    text
}

/// Runs the benchmark that counts. Returns the figures, and what it could not count.
fn of_operations() -> Result<(BTreeMap<Key, f64>, Vec<String>), String> {
    let printed = output(&mut command("cargo bench --quiet --package benches --bench budget"))?;
    let skipped =
        printed.lines().filter_map(|line| line.strip_prefix("skipped\t")).map(|line| line.replace('\t', ": "));
    Ok((read(&printed), skipped.collect()))
}

/// Counts the packages that a build of ours compiles, ours among them.
fn crates(arguments: &str) -> Result<f64, String> {
    let printed = output(&mut command(&format!(
        "cargo tree --quiet --prefix none --edges normal,build --format {{p}} {arguments}"
    )))?;
    let names: BTreeSet<&str> =
        printed.lines().filter_map(|line| line.split(" (").next()).filter(|line| !line.is_empty()).collect();
    Ok(names.len() as f64)
}

/// Counts the functions that a build of the library compiles. Those that each program compiles for itself, such as `#[inline]` ones, are
/// not counted.
fn functions(features: &str) -> Result<f64, String> {
    // Cargo does not notice if the file is missing, so each build has a folder of its own and leaves its file there.
    let folder = target().join("functions").join(if features.is_empty() { "default" } else { features });
    let file = folder.join("library.ll");
    let mut build = command("cargo rustc --quiet --package mcp-error-codes --lib");
    build.args(["--features", features, "--target-dir"]).arg(&folder).args([
        "--",
        "-Ccodegen-units=1",
        "-Cdebuginfo=0",
    ]);
    output(build.arg(format!("--emit=llvm-ir={}", file.display())).env("CARGO_INCREMENTAL", "0"))?;
    let text = fs::read_to_string(&file).map_err(|problem| format!("{}: {problem}", file.display()))?;
    Ok(text.lines().filter(|line| line.starts_with("define ")).count() as f64)
}

/// Returns the size of the example of the README, without its symbols. It is built as a package of its own, because an example of this
/// one would build everything that the tests need.
fn stripped() -> Result<f64, String> {
    let folder = target().join("stripped");
    let manifest = format!(
        "[package]\nname = \"quickstart\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         mcp-error-codes = {{ path = {:?} }}\nserde_json = \"1\"\n\n[profile.release]\nstrip = true\n",
        root().display().to_string()
    );
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        fs::copy(root().join("examples/quickstart.rs"), folder.join("src/main.rs")).map(drop)
    };
    write().map_err(|problem| format!("{}: {problem}", folder.display()))?;
    let mut build = command("cargo build --quiet --release");
    output(build.current_dir(&folder).env("CARGO_TARGET_DIR", folder.join("target")))?;
    let file = folder.join("target/release/quickstart");
    let length = fs::metadata(&file).map_err(|problem| format!("{}: {problem}", file.display()))?.len();
    Ok(length as f64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{blessed, compare, key, read, written};

    #[test]
    fn figures_that_cannot_be_taken_here_stay() {
        let agreed = read("# Figures.\ninstructions\tfind\t120\nallocations\tfind\t3\nallocations\tgone\t1\n");
        let figures = BTreeMap::from([(key("allocations", "find"), 2.0)]);
        let skipped = ["instructions: valgrind is not installed".to_owned()];
        let blessed = blessed(agreed, &figures, &skipped);
        assert_eq!(blessed, BTreeMap::from([(key("allocations", "find"), 2.0), (key("instructions", "find"), 120.0)]));
        assert_eq!(read(&written(&blessed)), blessed);
        assert_eq!(compare(&blessed, &figures, &skipped), Ok(()));
        assert!(compare(&blessed, &figures, &[]).is_err());
    }
}
