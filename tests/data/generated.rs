//! The generated sources that `tests/own_registry` and `tests/own_extension` compile are up to date. This test is in another
//! binary, so it runs even if such a source does not compile.

use std::{env, fs};

use mcp_error_codes_build::Generator;

#[test]
fn the_source_of_each_own_registry_is_fresh() -> Result<(), Box<dyn std::error::Error>> {
    for folder in ["tests/own_registry", "tests/own_extension"] {
        let source = Generator::new(format!("{folder}/registry")).module("generated").generate()?;
        let file = format!("{folder}/registry.rs");
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&file, &source)?;
        }
        let repair = "cargo xtask bless writes it";
        assert!(fs::read_to_string(&file)? == source, "{file} is stale; {repair}");
    }
    Ok(())
}

/// An example in the documentation of generated code would run in its user's crate, with codes that the crate does not have.
#[test]
fn the_documentation_of_generated_code_has_no_examples() -> Result<(), Box<dyn std::error::Error>> {
    let (_, shared) =
        include_str!("../../src/codes/code.rs").split_once("macro_rules! __registry ").ok_or("no macro")?;
    let source = Generator::new("tests/own_registry/registry").module("generated").generate()?;
    for text in [shared, &source] {
        // A message is shown as ```text, which is not an example.
        let mut blocks = text.split("```").skip(1).step_by(2);
        assert_eq!(blocks.find(|block| !block.starts_with("text")), None);
    }
    Ok(())
}
