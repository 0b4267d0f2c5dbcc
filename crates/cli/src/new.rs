use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use mcp_error_codes_build::{Error, Generator};

use crate::catalogue;
use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;

/// Write the first files of a registry: a TOML file, the build script and the lock test
///
/// Existing files are not changed. The command prints what to add to Cargo.toml.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// The directory of the package, which is created if it does not exist
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// The name of the system, in lower case [default: the name of the directory]
    #[arg(long, value_name = "NAME")]
    system: Option<String>,
}

impl New {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let system = self.system.clone().map_or_else(|| name_of(&self.folder), Ok)?;
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !system.chars().all(is_plain) || !system.starts_with(|c: char| c.is_ascii_lowercase()) {
            let expected =
                "expected lower-case letters, digits and hyphens, a letter first; set another name with --system";
            return Err(Failure::Usage(format!("{system:?} cannot name a system; {expected}")));
        }
        let prefix: String = system.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase();
        let files = [
            (format!("registry/{system}.toml"), REGISTRY.replace("NAME", &system).replace("PREFIX", &prefix)),
            ("build.rs".to_owned(), BUILD_SCRIPT.to_owned()),
            ("tests/registry.rs".to_owned(), TEST.to_owned()),
        ];
        // The name may be that of a system of this crate, or a word of Rust.
        let [(path, text), ..] = &files;
        if let Err(Error::Problems(problems)) = Generator::__check_from(&[(path.as_str(), text.as_str())]) {
            let message = problems.as_slice().first().map_or("it is not valid", |problem| &problem.message);
            return Err(Failure::Usage(format!("{message}; give another one with --system; no file was written")));
        }
        let paths: Vec<PathBuf> = files.iter().map(|(path, _)| self.folder.join(path)).collect();
        if let Some(path) = paths.iter().find(|path| path.exists()) {
            return Err(Failure::Usage(format!("{} exists already; no file was written", path.display())));
        }
        for (path, (_, text)) in paths.iter().zip(&files) {
            write(path, text)?;
        }
        let written: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
        let version = env!("CARGO_PKG_VERSION");
        let next = NEXT.replace("VERSION", version).replace("SYSTEM", &system.replace('-', "_"));
        let check = format!("{} check {}", catalogue::get().command, self.folder.display());
        terminal.print(&(written + &next.replace("CHECK", &check)))?;
        Ok(Outcome::Found)
    }
}

/// Returns the name of a directory.
fn name_of(folder: &Path) -> Result<String, Failure> {
    // `.` and `..` do not contain a name.
    let whole = std::path::absolute(folder).map_err(|error| Failure::file(folder, error))?;
    let name = folder.canonicalize().unwrap_or(whole).file_name().map(|name| name.to_string_lossy().to_lowercase());
    name.map(|name| name.replace(['_', ' ', '.'], "-"))
        .ok_or_else(|| Failure::Usage("the directory has no name; set the system with --system".to_owned()))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| Failure::file(parent, error))?;
    }
    fs::write(path, text).map_err(|error| Failure::file(path, error))
}

const REGISTRY: &str = r#"# The error codes of this package. registry/README.md of mcp-error-codes lists all fields.

[system]
name = "NAME"
title = "NAME"
summary = "What this server does."

[[codes]]
code = "PREFIX-001"
name = "ITEM_NOT_FOUND"
title = "Item not found"
summary = "There is no item with this id."
hint = "Ask the user for the id of the item."
message = "no item {id}"
params = [{ name = "id", type = "string", description = "the requested id" }]
kind = "not_found"
json_rpc = [{ number = 100001 }]
"#;

const BUILD_SCRIPT: &str = r#"//! Generates the tables, constants and constructors of the codes in `registry/`.

fn main() {
    mcp_error_codes_build::Generator::new("registry").run();
}
"#;

const TEST: &str = r#"//! Checks that published codes do not change.

#[test]
fn the_registry_keeps_its_promises() {
    mcp_error_codes_build::check_lock();
}
"#;

const NEXT: &str = r#"
Add to Cargo.toml:

    [dependencies]
    mcp-error-codes = "VERSION"

    [build-dependencies]
    mcp-error-codes-build = "VERSION"

    [dev-dependencies]
    mcp-error-codes-build = "VERSION"

and at the root of the crate:

    mcp_error_codes::include_registry!();

Then `SYSTEM::item_not_found("7")` is an error. `CHECK --bless` writes the lock file.
"#;
