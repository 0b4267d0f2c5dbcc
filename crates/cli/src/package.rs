//! Finds the registry of a package.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the folder of the TOML files: the given one, or its subfolder `registry` if it is the folder of a package.
pub(crate) fn registry(given: &Path) -> PathBuf {
    let inner = given.join("registry");
    if inner.is_dir() { inner } else { given.to_owned() }
}

/// Returns the lock file of a folder of TOML files: `registry.lock` beside the folder.
pub(crate) fn lock(registry: &Path) -> PathBuf {
    // The parent of a one-part relative path is empty.
    let parent = match registry.parent() {
        Some(parent) if registry.file_name().is_some() => parent.to_owned(),
        _ => registry.join(".."),
    };
    parent.join("registry.lock")
}

/// Returns the name of the package that a folder of TOML files belongs to, or the name of the folder. `registry` says nothing, so it
/// is the name of its parent.
pub(crate) fn name(registry: &Path) -> String {
    let registry = registry.canonicalize().unwrap_or_else(|_| registry.to_owned());
    let of_package = registry.parent().and_then(|parent| manifest_name(&parent.join("Cargo.toml")));
    let named = if registry.ends_with("registry") { registry.parent() } else { Some(registry.as_path()) };
    let of_folder = || named.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    of_package.or_else(of_folder).unwrap_or_else(|| "registry".to_owned())
}

/// Reads the name in the section `[package]` of a manifest.
fn manifest_name(manifest: &Path) -> Option<String> {
    let text = fs::read_to_string(manifest).ok()?;
    let mut lines = text.lines().map(str::trim).skip_while(|line| *line != "[package]").skip(1);
    let line = lines.by_ref().take_while(|line| !line.starts_with('[')).find(|line| is_name(line))?;
    let (_, value) = line.split_once('=')?;
    let value = value.trim().strip_prefix('"')?;
    value.split_once('"').map(|(name, _)| name.to_owned())
}

fn is_name(line: &str) -> bool {
    line.strip_prefix("name").is_some_and(|rest| rest.trim_start().starts_with('='))
}
