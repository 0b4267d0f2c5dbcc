use std::fmt;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use mcp_error_codes_core::{Fact, Record, System};

use crate::check::check;
use crate::emit::{self, Options};
use crate::library::{LIBRARY, Library, Origin};
use crate::lock::difference::{ChangeClass, Difference};
use crate::manifest::renamed_library;
use crate::order::{Ordered, ordered};
use crate::problem::{Collector, Place, Problem, Problems};
use crate::read::files::{SourceFile, registry_files};
use crate::read::registry::{self, Rules};
use crate::scope::Scope;

/// The name of the library, unless a package renames it.
const LIBRARY_NAME: &str = "mcp_error_codes";

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
    pub(crate) options: Options,
    is_builtin: bool,
    /// Whether the name of the library was set, so the manifest does not matter.
    is_renamed: bool,
    known: Vec<KnownRegistry>,
}

/// A registry that another one may refer to.
#[derive(Debug, Clone)]
struct KnownRegistry {
    path: String,
    folder: PathBuf,
}

impl Generator {
    /// Creates a generator for the `*.toml` files of a folder, whose path is relative to the package.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let registry = env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "registry".to_owned());
        Self {
            folder: folder.into(),
            options: Options {
                registry,
                root: "$crate".to_owned(),
                library: LIBRARY_NAME.to_owned(),
                recognition: false,
                brief: false,
                constructors: true,
            },
            is_renamed: false,
            is_builtin: false,
            known: Vec::new(),
        }
    }

    /// Sets the path of the module that includes the registry, as seen from the root of its crate: `codes` for
    /// `mod codes { mcp_error_codes::include_registry!(); }`. The default is the root.
    #[must_use]
    pub fn module(mut self, path: &str) -> Self {
        self.options.root = format!("$crate::{path}");
        self
    }

    /// Sets the name of the library in the crate that includes the registry. Without it, a build script takes the name from the
    /// manifest of its package, where the dependency may be renamed.
    #[must_use]
    pub fn library(mut self, name: &str) -> Self {
        self.options.library = name.replace('-', "_");
        self.is_renamed = true;
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

    /// Adds another registry that this one may refer to, just like the library's: with `shares_with`, `related`, `superseded_by`
    /// and `[[extends]]`.
    ///
    /// `path` is the path of the crate or module that includes the other registry, as this crate names it: `acme_core`, or
    /// `acme_core::codes`. `folder` is the folder of the other registry's files. In a workspace it is a relative path. A published
    /// package can pass its folder to the packages that depend on it, with a `links` key in its manifest: see `docs/own-codes.md`.
    ///
    /// ```
    /// use mcp_error_codes_build::Generator;
    ///
    /// let generator = Generator::new("tests/knows/registry").knows("demo", "tests/valid");
    /// let source = generator.generate()?;
    /// assert!(source.contains("::demo::acme::"));
    /// # Ok::<(), mcp_error_codes_build::Error>(())
    /// ```
    #[must_use]
    pub fn knows(mut self, path: impl Into<String>, folder: impl Into<PathBuf>) -> Self {
        self.known.push(KnownRegistry { path: path.into(), folder: folder.into() });
        self
    }

    /// Treats the folder as the library's own registry, which is not checked against the keys in the generator.
    #[doc(hidden)]
    #[must_use]
    pub fn __builtin(mut self) -> Self {
        self.is_builtin = true;
        self.options.brief = true;
        self
    }

    /// Does the work of a build script: generates the source, writes it to `registry.rs` in `OUT_DIR`, and tells Cargo which files
    /// to watch. If this fails, it writes nothing, reports each problem to Cargo and exits the process; Cargo then fails the build.
    ///
    /// The exit status of the process is 0 even then, because Cargo prints everything a second time if it is not.
    pub fn run(&self) {
        if let Err(error) = self.try_run() {
            for line in error.to_string().lines() {
                report(&format!("cargo::error={line}"));
            }
            std::process::exit(0);
        }
    }

    /// Does the same as [`run`](Self::run), but returns the error instead of exiting the process.
    ///
    /// # Errors
    /// [`Error::Io`] if a file cannot be read or written, or `OUT_DIR` is not set; [`Error::Problems`] if the registry has
    /// mistakes.
    pub fn try_run(&self) -> Result<(), Error> {
        for folder in std::iter::once(&self.folder).chain(self.known.iter().map(|known| &known.folder)) {
            report(&format!("cargo::rerun-if-changed={}", folder.display()));
        }
        let files = self.files()?;
        for file in &files {
            report(&format!("cargo::rerun-if-changed={}", file.path));
        }
        let renamed = if self.is_renamed || self.is_builtin { None } else { renamed_library() };
        let (source, warnings) = match renamed {
            Some(name) => {
                report("cargo::rerun-if-changed=Cargo.toml");
                self.clone().library(&name).source(&files)?
            }
            None => self.source(&files)?,
        };
        for warning in warnings {
            report(&format!("cargo::warning={warning}"));
        }
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
    /// The same errors as [`try_run`](Self::try_run), except those about `OUT_DIR`.
    pub fn generate(&self) -> Result<String, Error> {
        Ok(self.source(&self.files()?)?.0)
    }

    /// Returns the source for files that are given as pairs of path and text. The paths are only used in messages.
    ///
    /// # Errors
    /// Every mistake in the files, sorted by place. A file with a syntax error reports only that error.
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
        Self::new("registry").source(&source_files(files)).map(|(source, _)| source).map_err(|error| match error {
            Error::Problems(problems) => problems,
            // Nothing is read here.
            other => Problems::of_message(&other.to_string()),
        })
    }

    /// Reads and checks the folder, and returns warnings about what is permitted but has a disadvantage, such as a number that the
    /// Rust SDK cannot send. Nothing is written.
    ///
    /// # Errors
    /// The same errors as [`generate`](Self::generate).
    ///
    /// ```
    /// use mcp_error_codes_build::Generator;
    ///
    /// assert_eq!(Generator::new("tests/valid").check()?, []);
    /// # Ok::<(), mcp_error_codes_build::Error>(())
    /// ```
    pub fn check(&self) -> Result<Vec<Problem>, Error> {
        Ok(self.checked(&self.files()?, |_| ())?.1)
    }

    /// Does the same as [`check`](Self::check) for files that are given as pairs of path and text.
    #[doc(hidden)]
    pub fn __check_from(files: &[(&str, &str)]) -> Result<Vec<Problem>, Error> {
        Ok(Self::new("registry").checked(&source_files(files), |_| ())?.1)
    }

    fn source(&self, files: &[SourceFile]) -> Result<(String, Vec<Problem>), Error> {
        let (source, warnings) = self.checked(files, |registry| emit::source(registry, &self.options))?;
        let source = source.map_err(|unwritable| {
            let mut problems = Collector::new(paths(files));
            let message = format!("the generator cannot write {unwritable}; this is a bug in the generator");
            problems.report(Place { file: 0, line: 1 }, "unwritable", message);
            problems.into_problems()
        })?;
        Ok((source, warnings))
    }

    /// Reads and checks the files, and passes the registry to a function. Returns the function's result and the warnings.
    pub(crate) fn checked<T>(
        &self,
        files: &[SourceFile],
        make: impl FnOnce(&Ordered<'_>) -> T,
    ) -> Result<(T, Vec<Problem>), Error> {
        let known;
        let none = Library::default();
        let library = match (self.is_builtin, self.known.is_empty()) {
            (true, _) => &none,
            (false, true) => &*LIBRARY,
            (false, false) => {
                known = LIBRARY.with(self.known.iter().map(KnownRegistry::read).collect::<Result<_, Error>>()?);
                &known
            }
        };
        let mut problems = Collector::new(paths(files));
        let tables = registry::tables(files, &mut problems);
        // A registry of your own is its own source document, so it states every fact.
        let stated = if self.is_builtin { &[] } else { Fact::ALL };
        let rules = Rules { stated, is_documented: self.is_builtin };
        let registry = registry::registry(&tables, rules, &mut problems);
        check(&Scope::new(&registry, library, self.is_builtin), &mut problems);
        let warnings = problems.finish()?;
        Ok((make(&ordered(registry, library, &self.options.registry)), warnings))
    }

    /// Reads the `*.toml` files of the folder, sorted by path.
    pub(crate) fn files(&self) -> Result<Vec<SourceFile>, Error> {
        files_of(&self.folder)
    }
}

impl KnownRegistry {
    /// Reads the systems and records. Only mistakes in individual fields are reported: the registry's own package checks the rest.
    fn read(&self) -> Result<(Origin, Vec<&'static System>, Vec<Record>), Error> {
        let files = files_of(&self.folder)?;
        let mut problems = Collector::new(paths(&files));
        let tables = registry::tables(&files, &mut problems);
        let rules = Rules { stated: Fact::ALL, is_documented: false };
        let registry = registry::registry(&tables, rules, &mut problems);
        problems.finish()?;
        let package = self.path.split("::").find(|word| !word.is_empty()).unwrap_or(&self.path).replace('_', "-");
        let origin = Origin { package, path: self.path.trim_start_matches("::").to_owned() };
        let systems = registry.systems.iter().map(|file| file.system).collect();
        let records = registry.systems.into_iter().flat_map(|file| file.entries).map(|entry| entry.record).collect();
        Ok((origin, systems, records))
    }
}

fn files_of(folder: &Path) -> Result<Vec<SourceFile>, Error> {
    registry_files(folder).map_err(|(path, error)| Error::Io { path, error })
}

fn paths(files: &[SourceFile]) -> Vec<String> {
    files.iter().map(|file| file.path.clone()).collect()
}

fn source_files(files: &[(&str, &str)]) -> Vec<SourceFile> {
    files.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect()
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
    /// The registry differs from its lock. `Display` prints every difference, then what to do.
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
UPDATE_LOCK=1 writes minor changes only: a published code stays as it is, or becomes deprecated
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
