use std::process::Command;

use serde_json::Value;

use crate::step::root;

/// Returns the names of the packages that are published.
pub(crate) fn published() -> Result<Vec<String>, String> {
    Ok(packages()?.iter().filter_map(name).collect())
}

/// Returns the names of the published packages with a library, which docs.rs shows.
pub(crate) fn libraries() -> Result<Vec<String>, String> {
    let has_library = |package: &&Value| {
        let mut targets = package["targets"].as_array().into_iter().flatten();
        targets.any(|target| target["kind"][0] == "lib" || target["kind"][0] == "proc-macro")
    };
    Ok(packages()?.iter().filter(has_library).filter_map(name).collect())
}

fn name(package: &Value) -> Option<String> {
    package["name"].as_str().map(str::to_owned)
}

fn packages() -> Result<Vec<Value>, String> {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()
        .map_err(|problem| format!("cargo metadata: {problem}"))?;
    let metadata: Value =
        serde_json::from_slice(&output.stdout).map_err(|problem| format!("cargo metadata: {problem}"))?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    // `publish` is an empty list in an unpublished package.
    let published = |package: &&Value| package["publish"].as_array().is_none_or(|list| !list.is_empty());
    Ok(packages.iter().filter(published).cloned().collect())
}
