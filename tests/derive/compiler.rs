//! What the compiler says of an author's mistakes, and a registry of the author's own.

use std::path::Path;
use std::{fs, io};

use mcp_error_codes_build::Generator;

/// `TRYBUILD=overwrite cargo test --test derive --features derive` rewrites the messages.
#[test]
fn mistakes_are_told_at_their_place_and_another_registry_is_asked() -> io::Result<()> {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/derive/*.rs");

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("derive");
    fs::create_dir_all(&folder)?;
    let source =
        Generator::new("tests/derive/registry").generate().map_err(|error| io::Error::other(error.to_string()))?;
    fs::write(folder.join("registry.rs"), source)?;
    for case in ["root.rs", "module.rs"] {
        fs::copy(Path::new("tests/derive/registry").join(case), folder.join(case))?;
        cases.pass(folder.join(case));
    }
    Ok(())
}
