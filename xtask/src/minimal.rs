//! The lowest versions that the manifests allow: of the direct dependencies, and of Rust.

use std::fs;
use std::path::PathBuf;

use crate::step::{self, Outcome, command, root, target, works};

/// Builds the published packages with both. Where a toolchain is missing, nothing is built with it, and the reason is printed.
pub(crate) fn run() -> Outcome {
    versions()?;
    rust()
}

/// The packages that are built with the lowest versions of what they depend on, and the features.
const BUILDS: [(&str, &[&str], &str); 2] = [
    (
        "library",
        &["crates/build", "crates/core", "crates/derive"],
        "cargo check --package mcp-error-codes --package mcp-error-codes-derive --all-features",
    ),
    (
        "command",
        &["crates/build", "crates/cli", "crates/core", "crates/derive", "crates/site"],
        "cargo check --package mcp-error-codes-cli --package mcp-error-codes-site",
    ),
];

/// Builds with the lowest version of each direct dependency. The versions of theirs are the newest that fit.
fn versions() -> Outcome {
    if !works("cargo +nightly --version") {
        println!("skipped: the nightly toolchain, which picks the versions, is missing; .ci/run installs it");
        return Ok(());
    }
    for (name, members, check) in BUILDS {
        let copy = copy(name, members)?;
        step::run(command("cargo +nightly update -Zdirect-minimal-versions").current_dir(&copy))?;
        let folder = target().join("minimal").join(name);
        step::run(command(check).current_dir(&copy).env("CARGO_TARGET_DIR", folder))?;
    }
    Ok(())
}

/// Checks the packages that promise the lowest version of Rust, with that version.
fn rust() -> Outcome {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).map_err(|problem| format!("Cargo.toml: {problem}"))?;
    let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = \"")?.strip_suffix('"'));
    let version = format!("{}.0", version.ok_or("Cargo.toml has no rust-version")?);
    let is_there = works(&format!("cargo +{version} --version"))
        || works(&format!("rustup toolchain install {version} --profile minimal"));
    if !is_there {
        println!("skipped: Rust {version}, the lowest version, is not installed and cannot be fetched here");
        return Ok(());
    }
    let folder = target().join("lowest-rust");
    for features in ["", " --no-default-features", " --features rmcp-3"] {
        let mut check = command(&format!("cargo +{version} check --package mcp-error-codes{features}"));
        step::run(check.arg("--target-dir").arg(&folder))?;
    }
    Ok(())
}

/// Copies the files of this tree that Git has or would add, as a workspace of some of its packages, without what only tests need: it
/// would raise the versions.
fn copy(name: &str, members: &[&str]) -> Result<PathBuf, String> {
    let folder = target().join("minimal-tree").join(name);
    let _ = fs::remove_dir_all(&folder);
    let files = step::output(&mut command("git ls-files -z --cached --others --exclude-standard"))?;
    // A file that was deleted and is still listed is not copied.
    for file in
        files.split('\0').filter(|file| !file.is_empty() && *file != "Cargo.lock" && root().join(file).is_file())
    {
        let to = folder.join(file);
        let copied = fs::create_dir_all(to.parent().unwrap_or(&folder)).and_then(|()| fs::copy(root().join(file), &to));
        copied.map_err(|problem| format!("{}: {problem}", to.display()))?;
    }
    for path in
        std::iter::once("Cargo.toml".to_owned()).chain(members.iter().map(|member| format!("{member}/Cargo.toml")))
    {
        let file = folder.join(path);
        let manifest = fs::read_to_string(&file).map_err(|problem| format!("{}: {problem}", file.display()))?;
        fs::write(&file, alone(&manifest, members)).map_err(|problem| format!("{}: {problem}", file.display()))?;
    }
    Ok(folder)
}

/// Removes from a manifest what only tests need, and all other members of the workspace.
fn alone(manifest: &str, members: &[&str]) -> String {
    let mut kept = String::new();
    let (mut is_for_tests, mut is_member) = (false, false);
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_for_tests = line == "[dev-dependencies]";
        }
        if line == "members = [" {
            is_member = true;
            kept += &format!("members = {members:?}\n");
        }
        // The command brings its own SQLite, of which a build can have one. The library alone is built with the lowest that it allows.
        let has_two = members.contains(&"crates/cli") && line.starts_with("rusqlite = { version = \">");
        if has_two {
            kept += "rusqlite = { version = \"0.40\", default-features = false, optional = true }\n";
        } else if !is_for_tests && !is_member {
            kept += line;
            kept.push('\n');
        }
        is_member &= line != "]";
    }
    kept
}
