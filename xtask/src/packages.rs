use std::process::Command;

use serde_json::Value;

use crate::step::root;

/// Returns the packages of the workspace that are published.
pub(crate) fn published() -> Result<Vec<String>, String> {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()
        .map_err(|problem| format!("cargo metadata: {problem}"))?;
    let metadata: Value =
        serde_json::from_slice(&output.stdout).map_err(|problem| format!("cargo metadata: {problem}"))?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    // `publish` is an empty list in a package that is not published.
    let published = packages.iter().filter(|package| package["publish"].as_array().is_none_or(|list| !list.is_empty()));
    Ok(published.filter_map(|package| package["name"].as_str()).map(str::to_owned).collect())
}
