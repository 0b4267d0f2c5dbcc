use std::fmt;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::builtin::{BUILTIN, Builtin};
use crate::difference::{ChangeClass, Difference};
use crate::emit::{self, Options};
use crate::entry::registry_file;
use crate::problem::{Collector, Problems};
use crate::read::{Table, read};
use crate::rules::{Checked, check};

/// Turns the TOML files of a folder into the Rust source of a registry.
///
/// ```
/// use mcp_error_codes_build::Generator;
///
/// let problems = Generator::generate_from(&[("registry/a.toml", "[system]\nname = 1")]).unwrap_err();
/// assert_eq!(problems.as_slice()[0].line, 1);
/// ```
#[derive(Debug, Clone)]
pub struct Generator {
    folder: PathBuf,
    options: Options,
    is_builtin: bool,
}

impl Generator {
    /// Makes a generator for the `*.toml` files of a folder, given relative to the package.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let registry = env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "registry".to_owned());
        Self {
            folder: folder.into(),
            options: Options { registry, root: "$crate".to_owned(), constructors: true },
            is_builtin: false,
        }
    }

    /// Sets the path of the module that includes the registry, as seen from the root of its crate: `codes` for
    /// `mod codes { mcp_error_codes::include_registry!(); }`. Without it, the registry is included at the root.
    #[must_use]
    pub fn module(mut self, path: &str) -> Self {
        self.options.root = format!("$crate::{path}");
        self
    }

    /// Sets whether to write constructors, which need the library's feature `std`, and the ready JSON of errors, which only
    /// that feature uses. They are written unless this says no.
    #[must_use]
    pub fn constructors(mut self, write: bool) -> Self {
        self.options.constructors = write;
        self
    }

    /// Takes the folder for the library's own registry, which is not held to the keys that the generator has of it.
    #[doc(hidden)]
    #[must_use]
    pub fn __builtin(mut self) -> Self {
        self.is_builtin = true;
        self
    }

    /// Does the work of a build script: generates the source, writes `registry.rs` to `OUT_DIR`, and tells Cargo what
    /// to watch. On an error it tells Cargo each problem, writes nothing, and ends the process with status 1.
    pub fn run(&self) {
        if let Err(error) = self.try_run() {
            for line in error.to_string().lines() {
                report(&format!("cargo::error={line}"));
            }
            std::process::exit(1);
        }
    }

    /// Does the same as [`run`](Self::run), and returns the error instead of ending the process.
    ///
    /// # Errors
    /// [`Error::Io`] where a file cannot be read or written, or `OUT_DIR` is not set; [`Error::Problems`] where the
    /// registry has mistakes.
    pub fn try_run(&self) -> Result<(), Error> {
        report(&format!("cargo::rerun-if-changed={}", self.folder.display()));
        let files = self.files()?;
        for (path, _) in &files {
            report(&format!("cargo::rerun-if-changed={path}"));
        }
        let source = self.source(&files)?;
        let out = env::var_os("OUT_DIR").ok_or_else(|| {
            let error = io::Error::new(io::ErrorKind::NotFound, "OUT_DIR is not set; a build script calls this");
            Error::Io { path: PathBuf::from("OUT_DIR"), error }
        })?;
        let path = Path::new(&out).join("registry.rs");
        fs::write(&path, source).map_err(|error| Error::Io { path, error })
    }

    /// Reads the folder and returns the source, without writing anything.
    ///
    /// # Errors
    /// As [`try_run`](Self::try_run).
    pub fn generate(&self) -> Result<String, Error> {
        Ok(self.source(&self.files()?)?)
    }

    /// Returns the source for files that are given as pairs of path and text. The paths only serve the messages.
    ///
    /// # Errors
    /// Every mistake in the files, sorted by place; of a file with a syntax error only that.
    ///
    /// ```
    /// use mcp_error_codes_build::Generator;
    ///
    /// let file = ("registry/acme.toml", "[system]\nname = \"filesystem\"");
    /// let problems = Generator::generate_from(&[file]).unwrap_err();
    /// let told: Vec<_> = problems.as_slice().iter().filter(|problem| problem.line == 2).map(ToString::to_string).collect();
    /// assert_eq!(
    ///     told,
    ///     ["registry/acme.toml:2: system \"filesystem\" is one of mcp-error-codes; it can be extended, not defined again"]
    /// );
    /// ```
    pub fn generate_from(files: &[(&str, &str)]) -> Result<String, Problems> {
        let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self::new("registry").source(&files)
    }

    fn source(&self, files: &[(String, String)]) -> Result<String, Problems> {
        self.checked(files, |checked| emit::source(checked, &self.options))
    }

    /// Reads and checks the files, and makes something of the registry they hold.
    pub(crate) fn checked<T>(
        &self,
        files: &[(String, String)],
        make: impl FnOnce(&Checked<'_>) -> T,
    ) -> Result<T, Problems> {
        let mut problems = Collector::new(files.iter().map(|(path, _)| path.clone()).collect());
        let contents: Vec<Option<Table>> =
            files.iter().enumerate().map(|(file, (_, text))| read(file, text, &mut problems)).collect();
        let is_whole = contents.iter().all(Option::is_some);
        let (mut systems, mut extensions) = (Vec::new(), Vec::new());
        for (file, content) in contents.iter().enumerate() {
            let Some(content) = content else { continue };
            let (system, own) = registry_file(file, content, &mut problems);
            systems.extend(system.map(|mut system| {
                if !self.is_builtin {
                    system.state_facts();
                }
                system
            }));
            extensions.extend(own);
        }
        let none = Builtin::default();
        let builtin = if self.is_builtin { &none } else { &*BUILTIN };
        let checked = check(systems, extensions, builtin, is_whole, &mut problems);
        problems.finish(checked).map(|checked| make(&checked))
    }

    /// Reads the `*.toml` files of the folder, sorted by name.
    pub(crate) fn files(&self) -> Result<Vec<(String, String)>, Error> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| Error::Io { path, error }
        };
        let entries = fs::read_dir(&self.folder).map_err(failed(&self.folder))?;
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(failed(&self.folder))?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                paths.push(path);
            }
        }
        paths.sort();
        if paths.is_empty() {
            let error = io::Error::new(io::ErrorKind::NotFound, "the folder holds no *.toml file");
            return Err(Error::Io { path: self.folder.clone(), error });
        }
        let text = |path: PathBuf| {
            let text = fs::read_to_string(&path).map_err(failed(&path))?;
            Ok((path.display().to_string(), text))
        };
        paths.into_iter().map(text).collect()
    }
}

/// Tells Cargo something.
fn report(line: &str) {
    println!("{line}");
}

/// Why a generator did not do what it was called for.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file or the folder could not be read or written.
    Io {
        /// What was to be read or written.
        path: PathBuf,
        /// Why it was not.
        error: io::Error,
    },
    /// The registry has mistakes, or its lock has.
    Problems(Problems),
    /// The registry is not what its lock says. `Display` prints every difference, then what can be done.
    Lock {
        /// The file of the lock.
        path: PathBuf,
        /// What differs, sorted by system and code.
        differences: Vec<Difference>,
    },
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Problems(problems) => problems.fmt(f),
            Self::Lock { path, differences } => {
                writeln!(f, "{}: the registry does not say what is published", path.display())?;
                differences.iter().try_for_each(|difference| writeln!(f, "{difference}"))?;
                f.write_str(match ChangeClass::of(differences) {
                    ChangeClass::Major => MAJOR,
                    _ => "UPDATE_LOCK=1 cargo test writes it",
                })
            }
        }
    }
}

/// What can be done where a lock must not follow.
const MAJOR: &str = "\
a published code stays as it is or turns deprecated, and UPDATE_LOCK=1 writes no more than that
if the next major version is meant, UPDATE_LOCK=major cargo test writes it";

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Problems(problems) => Some(problems),
            Self::Lock { .. } => None,
        }
    }
}
