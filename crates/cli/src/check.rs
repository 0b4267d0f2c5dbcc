use std::path::PathBuf;

use clap::Args;
use mcp_error_codes_build::{ChangeClass, Error, Generator, Lock, UpdateLock};

use crate::loaded::failure;
use crate::outcome::{Failure, Outcome};
use crate::package;
use crate::terminal::Terminal;

/// Check a registry without a build: its TOML files, and the changes since its lock file
///
/// Prints every mistake with file and line. Exit status: 0 if there are no mistakes, 1 if there are some or if the registry differs
/// from its lock file, 2 if the arguments are invalid or a file cannot be read or written.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The directory of the TOML files, or of the package that has them in `registry`
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// A directory with another registry that this one refers to, as PATH=DIR: the Rust path of its crate and its TOML files
    #[arg(long, value_name = "PATH=DIR", value_parser = known)]
    knows: Vec<(String, PathBuf)>,

    /// The lock file [default: registry.lock beside the directory, if it exists]
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,

    /// Write minor changes to the lock file, and create it if it does not exist
    #[arg(long)]
    bless: bool,

    /// With --bless, also write major changes, for the next major version
    #[arg(long, requires = "bless")]
    major: bool,
}

fn known(text: &str) -> Result<(String, PathBuf), String> {
    let (path, folder) = text.split_once('=').ok_or("expected PATH=DIR, such as acme_core=../acme-core/registry")?;
    Ok((path.to_owned(), PathBuf::from(folder)))
}

impl Check {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let folder = package::registry(&self.folder);
        let add = |generator: Generator, (path, folder): &(String, PathBuf)| generator.knows(path, folder);
        let generator = self.knows.iter().fold(Generator::new(&folder), add);
        let (present, warnings) = match generator.__lock_and_warnings() {
            Ok(checked) => checked,
            Err(error) => return mistakes(&error, terminal),
        };
        for warning in warnings {
            terminal.warn(&warning.to_string());
        }
        let lock = self.lock.clone().unwrap_or_else(|| package::lock(&folder));
        let update = match (self.bless, self.major) {
            (false, _) => UpdateLock::No,
            (true, false) => UpdateLock::Compatible,
            (true, true) => UpdateLock::Major,
        };
        if !self.bless && self.lock.is_none() && !lock.exists() {
            terminal.print(&format!(
                "{}; there is no lock file: --bless writes {}\n",
                count(&present),
                lock.display()
            ))?;
            return Ok(Outcome::Found);
        }
        match present.__compare_with_file(&lock, update) {
            Ok(differences) => {
                let written = differences.iter().map(|difference| format!("{difference}\n")).collect::<String>();
                terminal.print(&format!("{written}{}\n", count(&present)))?;
                Ok(Outcome::Found)
            }
            Err(Error::Lock { path, differences }) => {
                for difference in &differences {
                    terminal.complain(&format!("{}: {difference}", path.display()));
                }
                terminal.note(match ChangeClass::of(&differences) {
                    ChangeClass::Major => "--bless writes minor changes only; --bless --major also writes major ones",
                    _ => "--bless writes the changes",
                });
                Ok(Outcome::NotFound)
            }
            Err(error) => mistakes(&error, terminal),
        }
    }
}

/// Returns the number of codes in words.
fn count(lock: &Lock) -> String {
    match lock.entries().len() {
        1 => "1 code is valid".to_owned(),
        count => format!("{count} codes are valid"),
    }
}

/// Prints mistakes. A file that cannot be read is a failure.
fn mistakes(error: &Error, terminal: &Terminal) -> Result<Outcome, Failure> {
    match error {
        Error::Problems(_) => {
            error.to_string().lines().for_each(|line| terminal.complain(line));
            Ok(Outcome::NotFound)
        }
        other => Err(failure(other)),
    }
}
