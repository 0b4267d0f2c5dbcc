//! Finds out whether a package renames the library in its manifest.

use std::path::Path;
use std::{env, fs};

use crate::problem::Collector;
use crate::read::toml::{Node, Table, Value, parse};

/// The name of the library's package.
const PACKAGE: &str = "mcp-error-codes";

/// Returns the library's name in the code of the package whose build script runs, or `None` if the package does not rename it.
pub(crate) fn renamed_library() -> Option<String> {
    let folder = env::var_os("CARGO_MANIFEST_DIR")?;
    let folder = Path::new(&folder);
    let manifest = read(&folder.join("Cargo.toml"))?;
    let name =
        dependencies(&manifest).find_map(|(name, node)| is_renamed(name, node, folder).then(|| name.to_owned()))?;
    Some(name.replace('-', "_"))
}

fn read(path: &Path) -> Option<Table> {
    // Cargo has read the manifest, so it has no mistakes.
    parse(0, &fs::read_to_string(path).ok()?, &mut Collector::new(Vec::new()))
}

fn get<'t>(table: &'t Table, name: &str) -> Option<&'t Node> {
    table.iter().find(|(key, ..)| key == name).map(|(.., node)| node)
}

fn table(node: &Node) -> Option<&Table> {
    match &node.value {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

/// Returns every dependency of a manifest, including those of specific targets.
fn dependencies(manifest: &Table) -> impl Iterator<Item = (&str, &Node)> {
    const KINDS: [&str; 2] = ["dependencies", "dev-dependencies"];
    let targets = get(manifest, "target").and_then(table).into_iter().flatten();
    let of_targets = targets.filter_map(|(.., node)| table(node));
    let tables = std::iter::once(manifest).chain(of_targets);
    let lists = tables.flat_map(|table| KINDS.iter().filter_map(|kind| get(table, kind)));
    lists.filter_map(table).flatten().map(|(name, _, node)| (name.as_str(), node))
}

/// Returns whether a dependency is the library under another name.
fn is_renamed(name: &str, node: &Node, folder: &Path) -> bool {
    let Some(own) = table(node).filter(|_| name != PACKAGE) else { return false };
    let package = |table: &Table| matches!(get(table, "package"), Some(Node { value: Value::String(package), .. }) if package == PACKAGE);
    let is_inherited = || matches!(get(own, "workspace"), Some(Node { value: Value::Boolean(true), .. }));
    package(own) || is_inherited() && of_workspace(name, folder).is_some_and(|inherited| package(&inherited))
}

/// Returns a dependency of the workspace that a folder belongs to.
fn of_workspace(name: &str, folder: &Path) -> Option<Table> {
    let manifests = folder.ancestors().filter_map(|folder| read(&folder.join("Cargo.toml")));
    let workspace = manifests.filter_map(|mut manifest| take(&mut manifest, "workspace")).next()?;
    let Value::Table(mut workspace) = workspace.value else { return None };
    let Value::Table(mut dependencies) = take(&mut workspace, "dependencies")?.value else { return None };
    match take(&mut dependencies, name)?.value {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

fn take(table: &mut Table, name: &str) -> Option<Node> {
    let at = table.iter().position(|(key, ..)| key == name)?;
    Some(table.swap_remove(at).2)
}
