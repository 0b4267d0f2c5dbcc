//! What the README repeats of the registry and of the manifest is what stands there.

use std::fmt::Write;

use mcp_error_codes::{Code, REGISTRY};

const README: &str = include_str!("../README.md");
const BEGIN: &str = "<!-- families: drawn from registry/ by tests/readme.rs -->\n";
const END: &str = "<!-- end of families -->";

/// `UPDATE_EXPECT=1 cargo test --test readme` writes the server.
#[test]
fn the_server_of_the_readme_is_an_example_that_is_built() -> Result<(), Box<dyn std::error::Error>> {
    let begin = "<!-- server: that of examples/notes_server.rs -->\n```rust,ignore\n";
    let (before, rest) = README.split_once(begin).ok_or("the README has no place for the server")?;
    let (server, after) = rest.split_once("```").ok_or("the README's server has no end")?;
    // The file's own documentation is not part of it.
    let (_, wanted) = include_str!("../examples/notes_server.rs").split_once("\n\n").ok_or("the example has a head")?;
    if server != wanted && std::env::var_os("UPDATE_EXPECT").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        std::fs::write(path, [before, begin, wanted, "```", after].concat())?;
        return Ok(());
    }
    assert_eq!(server, wanted, "run UPDATE_EXPECT=1 cargo test --test readme");
    Ok(())
}

/// `UPDATE_EXPECT=1 cargo test --test readme` writes the table.
#[test]
fn the_table_of_families_is_that_of_the_registry() -> Result<(), Box<dyn std::error::Error>> {
    let (before, rest) = README.split_once(BEGIN).ok_or("the README has no place for the families")?;
    let (table, after) = rest.split_once(END).ok_or("the README's families have no end")?;
    let wanted = families();
    if table != wanted && std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(
            concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"),
            [before, BEGIN, &wanted, END, after].concat(),
        )?;
        return Ok(());
    }
    assert_eq!(table, wanted, "run UPDATE_EXPECT=1 cargo test --test readme");
    Ok(())
}

/// One row a family: its module, its name and title, its codes, and one of them.
fn families() -> String {
    let mut table = String::from("| system | module | family | codes | for example |\n|---|---|---|---|---|\n");
    for system in REGISTRY.systems() {
        for family in system.families {
            let count = Code::in_family(system.name, family.name).count();
            let example = Code::in_family(system.name, family.name).next().map(Code::record);
            let example = example.map(|record| format!("`{}` {}", record.code, record.title)).unwrap_or_default();
            let row = writeln!(
                table,
                "| `{}` | `{}` | `{}`: {} | {count} | {example} |",
                system.name, system.module, family.name, family.title
            );
            row.expect("writing to a string does not fail");
        }
    }
    table
}

#[test]
fn every_feature_of_the_manifest_is_in_the_readme() {
    let manifest = include_str!("../Cargo.toml");
    let features = manifest.split("\n[features]\n").nth(1).unwrap_or_default().split("\n[").next().unwrap_or_default();
    let names = features.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim());
    let public: Vec<&str> = names.filter(|name| *name != "default" && !name.starts_with('#')).collect();
    assert!(public.contains(&"std"), "{public:?}");
    let (_, rest) = README.split_once("\n## Features\n").expect("the README has a chapter of features");
    let rows = rest.split("\n## ").next().unwrap_or_default().lines().filter_map(|line| line.strip_prefix("| `"));
    let listed: Vec<&str> = rows.filter_map(|row| row.split_once('`')).map(|(name, _)| name).collect();
    assert_eq!(listed, public);
}
