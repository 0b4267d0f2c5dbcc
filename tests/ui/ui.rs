//! The compiler's messages for mistakes: unknown codes, deprecated codes, and invalid attributes of the derive.
//!
//! `cargo xtask bless` rewrites the messages.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

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
    let folder = registry_folder("ui")?;
    for case in ["root.rs", "module.rs"] {
        fs::copy(Path::new("registry").join(case), folder.join(case))?;
        cases.pass(folder.join(case));
    }
    Ok(())
}

/// The messages have the place of the generated code, which is another one on every machine.
const FOLDER: &str = "$FOLDER";

#[test]
fn a_registry_is_included_once_in_a_crate() -> io::Result<()> {
    let folder = registry_folder("twice")?;
    fs::copy("registry/twice.rs", folder.join("twice.rs"))?;
    let (drawn, found) = (Path::new("registry/twice.stderr"), folder.join("twice.stderr"));
    let is_redrawn = env::var_os("TRYBUILD").is_some_and(|word| word == "overwrite");
    let place = folder.display().to_string();
    if !is_redrawn {
        fs::write(&found, fs::read_to_string(drawn)?.replace(FOLDER, &place))?;
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail(folder.join("twice.rs"));
    // The cases are compiled, and their messages compared, when they are dropped.
    drop(cases);
    if is_redrawn {
        fs::write(drawn, fs::read_to_string(&found)?.replace(&place, FOLDER))?;
    }
    Ok(())
}

/// Makes a folder with the generated code of `registry/library.toml`.
fn registry_folder(name: &str) -> io::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder)?;
    let source = Generator::new("registry").generate().map_err(|error| io::Error::other(error.to_string()))?;
    fs::write(folder.join("registry.rs"), source)?;
    Ok(folder)
}
