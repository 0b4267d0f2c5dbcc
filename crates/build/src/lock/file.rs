use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::generator::{Error, Generator};
use crate::lock::Lock;
use crate::lock::difference::{ChangeClass, Difference};
use crate::problem::Problem;

/// Checks that a package's registry keeps what it has published. Call it in a test:
///
/// ```no_run
/// # #[allow(clippy::test_attr_in_doctest)]
/// #[test]
/// fn published_codes_do_not_change() {
///     mcp_error_codes_build::check_lock();
/// }
/// ```
///
/// It compares the folder `registry` with the file `registry.lock` of the package whose test runs (`CARGO_MANIFEST_DIR`, which
/// Cargo sets, or else the working directory). For other paths, use [`Generator::check_lock`].
///
/// The environment variable `UPDATE_LOCK` updates the file. `UPDATE_LOCK=1 cargo test` writes minor changes, see [`ChangeClass`]:
/// codes that are new or have become deprecated, for example. It also creates the file. If there is a major change, it fails and
/// writes nothing. `UPDATE_LOCK=major cargo test` writes every change; mention them in the changelog and raise the major version. A code
/// counts as published as soon as the file has it: to change a code that was never released, restore the file of the last
/// release, then run `UPDATE_LOCK=1 cargo test`.
///
/// Wording is not part of the file, see [`Lock`].
///
/// # Panics
/// If the registry and the file differ: the message has the class, the old line and the new line of each difference, and the
/// command that updates the file, if it may be updated. If one of them is missing or has mistakes: the message has the file and the
/// line. If `UPDATE_LOCK` is neither `1` nor `major` nor empty.
#[track_caller]
pub fn check_lock() {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let is_elsewhere = |package: &PathBuf| env::current_dir().map_or(true, |folder| folder != *package);
    // Messages use paths relative to the package, which is where Cargo runs its tests.
    let root = package.filter(is_elsewhere).unwrap_or_default();
    Generator::new(root.join("registry")).check_lock(root.join("registry.lock"));
}

impl Generator {
    /// Does the same as [`check_lock`](crate::check_lock()) for the folder of this generator and any file.
    ///
    /// ```no_run
    /// # #[allow(clippy::test_attr_in_doctest)]
    /// #[test]
    /// fn published_codes_do_not_change() {
    ///     mcp_error_codes_build::Generator::new("codes").check_lock("codes/codes.lock");
    /// }
    /// ```
    ///
    /// # Panics
    /// In the same cases as [`check_lock`](crate::check_lock()).
    #[track_caller]
    pub fn check_lock(&self, file: impl AsRef<Path>) {
        let word = env::var_os("UPDATE_LOCK").unwrap_or_default();
        let Some(update) = UpdateLock::from_word(&word) else {
            panic!("UPDATE_LOCK is {word:?}; expected 1 for compatible changes or major for every change");
        };
        if let Err(error) = self.try_check_lock(file, update) {
            panic!("{error}");
        }
    }

    /// Compares the registry with a lock, and updates the lock as far as `update` allows. Returns the differences that were
    /// written.
    ///
    /// # Errors
    /// [`Error::Lock`] with every difference if `update` does not allow one of them; [`Error::Problems`] if the registry or the
    /// lock has mistakes; [`Error::Io`] if a file cannot be read or written, or if there is no lock and `update` is
    /// [`UpdateLock::No`]. In each case nothing is written.
    ///
    /// ```
    /// use mcp_error_codes_build::{Error, Generator, UpdateLock};
    ///
    /// let generator = Generator::new("tests/valid");
    /// let error = generator.try_check_lock("no/such.lock", UpdateLock::No).unwrap_err();
    /// assert!(matches!(error, Error::Io { .. }));
    /// ```
    pub fn try_check_lock(&self, file: impl AsRef<Path>, update: UpdateLock) -> Result<Vec<Difference>, Error> {
        self.lock()?.__compare_with_file(file.as_ref(), update)
    }

    /// Returns the lock of the present registry, and what [`check`](Self::check) returns, in one pass.
    #[doc(hidden)]
    pub fn __lock_and_warnings(&self) -> Result<(Lock, Vec<Problem>), Error> {
        self.checked(&self.files()?, |registry| Lock::of(registry.entries.iter().map(|entry| &entry.record)))
    }

    /// Returns the lock of the current registry.
    ///
    /// # Errors
    /// [`Error::Io`] if a file cannot be read; [`Error::Problems`] if the registry has mistakes.
    ///
    /// ```
    /// let lock = mcp_error_codes_build::Generator::new("tests/valid").lock()?;
    /// assert!(lock.entries()[1].to_string().starts_with("acme:A-001 -32602 tool 500 do-not-retry operation_failed "));
    /// # Ok::<(), mcp_error_codes_build::Error>(())
    /// ```
    pub fn lock(&self) -> Result<Lock, Error> {
        Ok(self.__lock_and_warnings()?.0)
    }
}

impl Lock {
    /// Compares this lock of a registry with that of a file, as [`Generator::try_check_lock`] does.
    #[doc(hidden)]
    pub fn __compare_with_file(&self, file: &Path, update: UpdateLock) -> Result<Vec<Difference>, Error> {
        let failed = |error| Error::Io { path: file.to_owned(), error };
        let held = match fs::read_to_string(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && update != UpdateLock::No => None,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(failed(io::Error::new(
                    error.kind(),
                    "there is no such file; UPDATE_LOCK=1 cargo test creates it",
                )));
            }
            held => Some(held.map_err(failed)?),
        };
        let old = Lock::parse(&file.display().to_string(), held.as_deref().unwrap_or_default())?;
        let differences = old.differences(self);
        let is_allowed = match update {
            UpdateLock::No => differences.is_empty(),
            UpdateLock::Compatible => ChangeClass::of(&differences) < ChangeClass::Major,
            UpdateLock::Major => true,
        };
        if !is_allowed {
            return Err(Error::Lock { path: file.to_owned(), differences });
        }
        let text = self.to_string();
        if update != UpdateLock::No && held.as_deref() != Some(&text) {
            fs::write(file, text).map_err(failed)?;
        }
        Ok(differences)
    }
}

/// Which changes of a registry may be written to its lock, see [`Generator::try_check_lock`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UpdateLock {
    /// No changes: the variable `UPDATE_LOCK` is not set, or empty.
    No,
    /// Minor changes, such as codes that are new or have become deprecated: `UPDATE_LOCK=1`.
    Compatible,
    /// Every change, for the next major version: `UPDATE_LOCK=major`.
    Major,
}

impl UpdateLock {
    /// Parses the value of the variable `UPDATE_LOCK`.
    fn from_word(word: &OsString) -> Option<Self> {
        match word.to_str()? {
            "" => Some(Self::No),
            "1" => Some(Self::Compatible),
            "major" => Some(Self::Major),
            _ => None,
        }
    }
}
