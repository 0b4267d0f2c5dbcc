//! What the listing of all public items in `api/` says of types and constants. `cargo xtask api` compares it with the source.

use std::collections::BTreeSet;
use std::fs;

use mcp_error_codes::{REGISTRY, find};

/// The error, what contains one, and the forms that borrow one: the source of an error is a trait object, of which the compiler does not
/// know whether a panic leaves it whole. `Guarded` is as safe as the server in it.
const NOT_UNWIND_SAFE: [&str; 19] = [
    "BatchEntry",
    "DecodeError",
    "Details",
    "Envelope",
    "Found",
    "Guarded",
    "JsonRpcError",
    "JsonRpcResponse",
    "LogEntry",
    "LogLine",
    "McpError",
    "Problem",
    "RecordObject",
    "ScrumBody",
    "ScrumConflict",
    "Standard",
    "StandardResponse",
    "ToolResponse",
    "ToolResult",
];

fn listing(package: &str) -> String {
    let file = format!("{}/api/{package}.txt", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&file).unwrap_or_else(|problem| panic!("{file}: {problem}; cargo xtask api --bless writes it"))
}

/// Returns the last part of a path, without parameters: a type may be public under several paths.
fn name(path: &str) -> &str {
    let path = path.split(['<', '(', ' ', ';']).next().unwrap_or_default();
    path.rsplit("::").next().unwrap_or_default()
}

/// Returns the names of all public structs and enums.
fn types(listing: &str) -> BTreeSet<&str> {
    let declared = listing.lines().filter_map(|line| {
        let line = line.strip_prefix("#[non_exhaustive] ").unwrap_or(line);
        line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))
    });
    declared.map(name).collect()
}

/// Returns the types of a listing for which a trait is implemented, whatever their parameters are.
fn with_trait<'l>(listing: &'l str, path: &str) -> BTreeSet<&'l str> {
    let lines = listing.lines().filter(|line| line.starts_with("impl"));
    lines.filter_map(|line| line.split_once(&format!(" {path} for "))).map(|(_, rest)| name(rest)).collect()
}

#[test]
fn every_public_type_can_be_sent_shared_and_moved() {
    for package in [
        "mcp-error-codes",
        "mcp-error-codes-core",
        "mcp-error-codes-build",
        "mcp-error-codes-site",
        "mcp-error-codes-cli",
    ] {
        let listing = listing(package);
        let types = types(&listing);
        assert!(!types.is_empty(), "{package}");
        for path in ["core::marker::Send", "core::marker::Sync", "core::marker::Unpin"] {
            let having = with_trait(&listing, path);
            let without: Vec<_> = types.iter().filter(|own| !having.contains(*own)).collect();
            assert!(without.is_empty(), "{package}: not {path}: {without:?}");
        }
    }
}

#[test]
fn a_panic_leaves_every_public_type_whole_except_those_with_trait_objects() {
    let listing = listing("mcp-error-codes");
    let having = with_trait(&listing, "core::panic::unwind_safe::UnwindSafe");
    let without: Vec<_> = types(&listing).into_iter().filter(|own| !having.contains(own)).collect();
    assert_eq!(without, NOT_UNWIND_SAFE);
}

#[test]
fn every_constant_of_a_code_is_found_by_its_name() {
    let listing = listing("mcp-error-codes");
    let constants: Vec<(&str, &str)> = listing
        .lines()
        .filter_map(|line| line.strip_prefix("pub const mcp_error_codes::")?.strip_suffix(": mcp_error_codes::Code"))
        .filter_map(|path| path.split_once("::"))
        .collect();
    assert_eq!(constants.len(), REGISTRY.records().len());
    for (module, name) in constants {
        let system = REGISTRY.systems().iter().find(|system| system.module == module);
        let system = system.unwrap_or_else(|| panic!("no system has the module {module}"));
        let found = find(&format!("{}:{name}", system.name)).unwrap_or_else(|miss| panic!("{module}::{name}: {miss}"));
        let spelt = |text: &str| text.replace('_', "").to_uppercase();
        assert_eq!((spelt(found.name), found.system.module), (spelt(name), module));
    }
}
