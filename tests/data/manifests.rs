//! Each dependency has its reason beside it, in every manifest of this tree.

use std::path::Path;
use std::{fs, io};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Folders in which there are no manifests of ours.
const SKIPPED: [&str; 4] = ["target", "node_modules", ".git", ".venv"];

fn manifests(folder: &Path, found: &mut Vec<std::path::PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !SKIPPED.contains(&name) {
            manifests(&path, found)?;
        } else if name == "Cargo.toml" {
            found.push(path);
        }
    }
    Ok(())
}

/// Lists the dependencies of a manifest that have no comment above them. One comment may be for several that follow each other.
fn without_reason(manifest: &str) -> Vec<&str> {
    let mut missing = Vec::new();
    let (mut is_list, mut has_reason) = (false, false);
    for line in manifest.lines() {
        match line.chars().next() {
            // What the packages of this tree are to each other is in the manifests that use them.
            Some('[') => {
                (is_list, has_reason) = (line.ends_with("dependencies]") && line != "[workspace.dependencies]", false)
            }
            Some('#') => has_reason = true,
            None => has_reason = false,
            Some(first) if is_list && first.is_ascii_alphanumeric() && !has_reason => missing.push(line),
            Some(_) => {}
        }
    }
    missing
}

#[test]
fn every_dependency_has_its_reason_beside_it() -> io::Result<()> {
    let mut found = Vec::new();
    manifests(Path::new(ROOT), &mut found)?;
    assert!(found.len() > 15, "{found:?}");
    let mut missing = Vec::new();
    for path in found {
        let manifest = fs::read_to_string(&path)?;
        missing.extend(without_reason(&manifest).into_iter().map(|line| format!("{}: {line}", path.display())));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    Ok(())
}

#[test]
fn a_dependency_without_a_reason_is_found() {
    let manifest =
        "[dependencies]\n# Reads JSON.\nserde_json = \"1\"\n\nrmcp = \"3\"\n\n[dev-dependencies]\ntoml = \"1\"\n";
    assert_eq!(without_reason(manifest), ["rmcp = \"3\"", "toml = \"1\""]);
}
