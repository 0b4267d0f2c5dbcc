//! The compiler's messages for mistakes: unknown codes, deprecated codes, and invalid attributes of the derive.
//!
//! `cargo xtask bless` rewrites the messages.

use std::path::Path;
use std::{fs, io};

use mcp_error_codes_build::Generator;

#[test]
fn unknown_and_deprecated_codes_are_told_when_the_crate_is_checked() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("codes/*.rs");
}

#[test]
fn mistakes_are_told_at_their_place_and_another_registry_is_asked() -> io::Result<()> {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("conversions/*.rs");
    cases.compile_fail("derive/*.rs");

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui");
    fs::create_dir_all(&folder)?;
    let source = Generator::new("registry").generate().map_err(|error| io::Error::other(error.to_string()))?;
    fs::write(folder.join("registry.rs"), source)?;
    for case in ["root.rs", "module.rs"] {
        fs::copy(Path::new("registry").join(case), folder.join(case))?;
        cases.pass(folder.join(case));
    }
    Ok(())
}
