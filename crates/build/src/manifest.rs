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
    own_name(&manifest, folder).filter(|name| *name != PACKAGE).map(|name| name.replace('-', "_"))
}

/// Returns the name of the library among the dependencies, or else among those of the tests: the library of the package cannot use
/// those.
fn own_name<'m>(manifest: &'m Table, folder: &Path) -> Option<&'m str> {
    ["dependencies", "dev-dependencies"].into_iter().find_map(|kind| {
        let names = dependencies(manifest, kind).filter(|(name, node)| is_library(name, node, folder));
        // A package may have the library under two names.
        names.map(|(name, _)| name).max_by_key(|name| *name == PACKAGE)
    })
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

/// Returns every dependency of a kind in a manifest, including those of specific targets.
fn dependencies<'m>(manifest: &'m Table, kind: &str) -> impl Iterator<Item = (&'m str, &'m Node)> {
    let targets = get(manifest, "target").and_then(table).into_iter().flatten();
    let of_targets = targets.filter_map(|(.., node)| table(node));
    let tables = std::iter::once(manifest).chain(of_targets);
    let lists = tables.filter_map(move |table| get(table, kind));
    lists.filter_map(table).flatten().map(|(name, _, node)| (name.as_str(), node))
}

/// Returns whether a dependency is the library, under its own name or another one.
fn is_library(name: &str, node: &Node, folder: &Path) -> bool {
    if name == PACKAGE {
        return true;
    }
    let Some(own) = table(node) else { return false };
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Collector, own_name, parse};

    fn name(manifest: &str) -> Option<String> {
        let manifest = parse(0, manifest, &mut Collector::new(Vec::new())).expect("the manifest is valid");
        own_name(&manifest, Path::new("/")).map(str::to_owned)
    }

    #[test]
    fn the_name_is_the_one_that_the_library_can_use() {
        const RENAMED: &str = "[dependencies]\ne = { package = \"mcp-error-codes\", version = \"0.1\" }\n";
        const PLAIN_IN_TESTS: &str = "[dev-dependencies]\nmcp-error-codes = \"0.1\"\n";
        const PLAIN: &str = "[dependencies]\nmcp-error-codes = \"0.1\"\n";
        const RENAMED_IN_TESTS: &str = "[dev-dependencies]\ne = { package = \"mcp-error-codes\", version = \"0.1\" }\n";
        const OF_A_TARGET: &str = "[target.'cfg(unix)'.dependencies]\nf = { package = \"mcp-error-codes\" }\n";

        for (manifest, expected) in [
            (PLAIN.to_owned(), Some("mcp-error-codes")),
            (RENAMED.to_owned(), Some("e")),
            (RENAMED_IN_TESTS.to_owned(), Some("e")),
            (OF_A_TARGET.to_owned(), Some("f")),
            (RENAMED_IN_TESTS.to_owned() + PLAIN, Some("mcp-error-codes")),
            (RENAMED.to_owned() + PLAIN_IN_TESTS, Some("e")),
            (RENAMED_IN_TESTS.to_owned() + OF_A_TARGET, Some("f")),
            (RENAMED.to_owned() + "mcp-error-codes = \"0.1\"\n", Some("mcp-error-codes")),
            ("[dependencies]\nserde = \"1\"\n".to_owned(), None),
        ] {
            assert_eq!(name(&manifest).as_deref(), expected, "{manifest}");
        }
    }
}
