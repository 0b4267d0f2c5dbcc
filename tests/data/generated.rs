//! The source that is kept to be compiled by `tests/own_registry` and `tests/own_extension` is what the generator writes. This file is in
//! another binary, so that source that does not compile can be written again.

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
