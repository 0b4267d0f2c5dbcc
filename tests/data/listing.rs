//! What the listing of all public items in `api/` says of types and constants. `cargo xtask api` compares it with the source.

use std::collections::BTreeSet;
use std::fs;

use mcp_error_codes::{REGISTRY, find};

/// Types that a panic may leave half changed, as `std` says of what has trait objects or a writer in it.
const NOT_UNWIND_SAFE: [&str; 0] = [];

fn listing(package: &str) -> String {
    let file = format!("{}/api/{package}.txt", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&file).unwrap_or_else(|problem| panic!("{file}: {problem}; cargo xtask api --bless writes it"))
}

/// Returns the names of all public structs and enums, without their parameters.
fn types(listing: &str) -> BTreeSet<&str> {
    let declared = listing.lines().filter_map(|line| {
        let line = line.strip_prefix("#[non_exhaustive] ").unwrap_or(line);
        line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))
    });
    declared.map(|rest| rest.split(['<', '(', ' ', ';']).next().unwrap_or_default()).collect()
}

/// Returns the types of a listing for which a trait is implemented, whatever their parameters are.
fn with_trait<'l>(listing: &'l str, name: &str) -> BTreeSet<&'l str> {
    let lines = listing.lines().filter(|line| line.starts_with("impl"));
    lines
        .filter_map(|line| line.split_once(&format!(" {name} for ")))
        .map(|(_, rest)| rest.split(['<', ' ']).next().unwrap_or_default())
        .collect()
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
        for name in ["core::marker::Send", "core::marker::Sync", "core::marker::Unpin"] {
            let having = with_trait(&listing, name);
            let without: Vec<_> = types.iter().filter(|own| !having.contains(*own)).collect();
            assert!(without.is_empty(), "{package}: not {name}: {without:?}");
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
        assert_eq!((found.name, found.system.module), (name, module));
    }
}
