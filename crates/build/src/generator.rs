use std::fmt;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use mcp_error_codes_core::Fact;

use crate::check::check;
use crate::emit::{self, Options};
use crate::library::{LIBRARY, Library};
use crate::lock::difference::{ChangeClass, Difference};
use crate::order::{Ordered, ordered};
use crate::problem::{Collector, Place, Problems};
use crate::read::files::registry_files;
use crate::read::registry::{self, Defaults};
use crate::scope::Scope;

/// Generates the Rust source of a registry from the TOML files of a folder.
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
    /// Creates a generator for the `*.toml` files of a folder, whose path is relative to the package.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let registry = env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "registry".to_owned());
        Self {
            folder: folder.into(),
            options: Options { registry, root: "$crate".to_owned(), recognition: false, constructors: true },
            is_builtin: false,
        }
    }

    /// Sets the path of the module that includes the registry, as seen from the root of its crate: `codes` for
    /// `mod codes { mcp_error_codes::include_registry!(); }`. The default is the root.
    #[must_use]
    pub fn module(mut self, path: &str) -> Self {
        self.options.root = format!("$crate::{path}");
        self
    }

    /// Sets whether to write constructors and the JSON of bare errors, which need the library's feature `std`. The default is
    /// `true`.
    #[must_use]
    pub fn constructors(mut self, write: bool) -> Self {
        self.options.constructors = write;
        self
    }

    /// Sets whether to write the signatures of codes and the claims of others, which the library uses if it has the feature
    /// `recognize`. The default is `false`.
    #[must_use]
    pub fn recognition(mut self, write: bool) -> Self {
        self.options.recognition = write;
        self
    }

    /// Treats the folder as the library's own registry, which is not checked against the generator's copy of its keys.
    #[doc(hidden)]
    #[must_use]
    pub fn __builtin(mut self) -> Self {
        self.is_builtin = true;
        self
    }

    /// Does the work of a build script: generates the source, writes it to `registry.rs` in `OUT_DIR`, and tells Cargo which
    /// files to watch. On an error it reports each problem to Cargo, writes nothing, and exits the process with status 1.
    pub fn run(&self) {
        if let Err(error) = self.try_run() {
            for line in error.to_string().lines() {
                report(&format!("cargo::error={line}"));
            }
            std::process::exit(1);
        }
    }

    /// Does the same as [`run`](Self::run), but returns the error instead of exiting the process.
    ///
    /// # Errors
    /// [`Error::Io`] if a file cannot be read or written, or `OUT_DIR` is not set; [`Error::Problems`] if the registry has
    /// mistakes.
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

    /// Reads the folder and returns the source. Nothing is written.
    ///
    /// # Errors
    /// The same as [`try_run`](Self::try_run)'s, except those of `OUT_DIR`.
    pub fn generate(&self) -> Result<String, Error> {
        Ok(self.source(&self.files()?)?)
    }

    /// Returns the source for files that are given as pairs of path and text. The paths are only used in messages.
    ///
    /// # Errors
    /// Every mistake in the files, sorted by place. Of a file with a syntax error, only that error is reported.
    ///
    /// ```
    /// use mcp_error_codes_build::Generator;
    ///
    /// let file = ("registry/acme.toml", "[system]\nname = \"filesystem\"");
    /// let problems = Generator::generate_from(&[file]).unwrap_err();
    /// let problem = problems.as_slice().iter().find(|problem| problem.check == "library-system").expect("there is one");
    /// assert_eq!(
    ///     problem.to_string(),
    ///     "registry/acme.toml:2: system \"filesystem\" is defined by mcp-error-codes; it can be extended, but not defined \
    ///      again [library-system]"
    /// );
    /// ```
    pub fn generate_from(files: &[(&str, &str)]) -> Result<String, Problems> {
        let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self::new("registry").source(&files)
    }

    fn source(&self, files: &[(String, String)]) -> Result<String, Problems> {
        let source = self.checked(files, |registry| emit::source(registry, &self.options))?;
        source.map_err(|unwritable| {
            let mut problems = Collector::new(files.iter().map(|(path, _)| path.clone()).collect());
            let message = format!("the generator cannot write {unwritable}; this is a mistake of the generator");
            problems.report(Place { file: 0, line: 1 }, "unwritable", message);
            problems.into_problems()
        })
    }

    /// Reads and checks the files, and passes the registry to a function.
    pub(crate) fn checked<T>(
        &self,
        files: &[(String, String)],
        make: impl FnOnce(&Ordered<'_>) -> T,
    ) -> Result<T, Problems> {
        let mut problems = Collector::new(files.iter().map(|(path, _)| path.clone()).collect());
        let tables = registry::tables(files, &mut problems);
        // A registry of your own is its own document, so it states every fact.
        let stated = if self.is_builtin { &[] } else { Fact::ALL };
        let defaults = Defaults { stated, requires_kind: self.is_builtin };
        let registry = registry::registry(&tables, defaults, &mut problems);
        let none = Library::default();
        let library = if self.is_builtin { &none } else { &*LIBRARY };
        check(&Scope::new(&registry, library), &mut problems);
        problems.finish(())?;
        Ok(make(&ordered(registry, library)))
    }

    /// Reads the `*.toml` files of the folder, sorted by name.
    pub(crate) fn files(&self) -> Result<Vec<(String, String)>, Error> {
        registry_files(&self.folder).map_err(|(path, error)| Error::Io { path, error })
    }
}

/// Writes a line for Cargo.
fn report(line: &str) {
    println!("{line}");
}

/// Why a generator failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A file or the folder could not be read or written.
    Io {
        /// The path of the file or folder.
        path: PathBuf,
        /// Why it could not be read or written.
        error: io::Error,
    },
    /// The registry or its lock has mistakes.
    Problems(Problems),
    /// The registry differs from its lock. `Display` prints every difference, then what can be done.
    Lock {
        /// The path of the lock file.
        path: PathBuf,
        /// The differences, sorted by system and code.
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
                writeln!(f, "{}: the registry differs from what is published", path.display())?;
                differences.iter().try_for_each(|difference| writeln!(f, "{difference}"))?;
                f.write_str(match ChangeClass::of(differences) {
                    ChangeClass::Major => MAJOR,
                    _ => "UPDATE_LOCK=1 cargo test writes the changes",
                })
            }
        }
    }
}

/// The advice if the lock must not be rewritten.
const MAJOR: &str = "\
a published code can only become deprecated, and UPDATE_LOCK=1 writes no other change
for the next major version, UPDATE_LOCK=major cargo test writes every change";

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Problems(problems) => Some(problems),
            Self::Lock { .. } => None,
        }
    }
}
