use std::fmt;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::emit::{self, Options};
use crate::entry::system_file;
use crate::problem::{Collector, Problems};
use crate::read::{Table, read};
use crate::rules::check;

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
}

impl Generator {
    /// Makes a generator for the `*.toml` files of a folder, given relative to the package.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let registry = env::var("CARGO_PKG_NAME").unwrap_or_else(|_| "registry".to_owned());
        Self { folder: folder.into(), options: Options { registry, root: "$crate".to_owned(), constructors: true } }
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
        let source = generate(&files, &self.options)?;
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
        Ok(generate(&self.files()?, &self.options)?)
    }

    /// Returns the source for files that are given as pairs of path and text. The paths only serve the messages.
    ///
    /// # Errors
    /// Every mistake in the files, sorted by place; of a file with a syntax error only that.
    pub fn generate_from(files: &[(&str, &str)]) -> Result<String, Problems> {
        let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        generate(&files, &Self::new("registry").options)
    }

    /// Reads the `*.toml` files of the folder, sorted by name.
    fn files(&self) -> Result<Vec<(String, String)>, Error> {
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

fn generate(files: &[(String, String)], options: &Options) -> Result<String, Problems> {
    let mut problems = Collector::new(files.iter().map(|(path, _)| path.clone()).collect());
    let contents: Vec<Option<Table>> =
        files.iter().enumerate().map(|(file, (_, text))| read(file, text, &mut problems)).collect();
    let is_whole = contents.iter().all(Option::is_some);
    let mut systems = Vec::new();
    for (file, content) in contents.iter().enumerate() {
        systems.extend(content.as_ref().map(|content| system_file(file, content, &mut problems)));
    }
    let checked = check(systems, is_whole, &mut problems);
    let checked = problems.finish(checked)?;
    Ok(emit::source(&checked, options))
}

/// Tells Cargo something.
fn report(line: &str) {
    println!("{line}");
}

/// Why the source of a registry was not written.
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
    /// The registry has mistakes.
    Problems(Problems),
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
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Problems(problems) => Some(problems),
        }
    }
}
