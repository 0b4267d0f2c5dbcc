use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::difference::{ChangeClass, Difference};
use crate::generator::{Error, Generator};
use crate::lock::Lock;

/// Holds the registry of a package to what it has published. Call it in a test:
///
/// ```no_run
/// # #[allow(clippy::test_attr_in_doctest)]
/// #[test]
/// fn the_registry_keeps_its_promises() {
///     mcp_error_codes_build::check_lock();
/// }
/// ```
///
/// It reads the folder `registry` and the file `registry.lock` of the package whose test runs (`CARGO_MANIFEST_DIR`, which
/// Cargo sets; else the working directory); [`Generator::check_lock`] takes other places. The two must say the same.
///
/// The variable `UPDATE_LOCK` lets the file follow the registry. `UPDATE_LOCK=1 cargo test` writes what keeps every promise:
/// codes that are new, and codes that turned deprecated. It makes the first file, too. Anything else is refused, and nothing is
/// written: a published code stays as it is, or turns deprecated. `UPDATE_LOCK=major cargo test` writes that as well; say so
/// in the changelog, and raise the major version. A line counts as published as soon as the file has it: to change a code that
/// no release has had, put back the file of the last release, then `UPDATE_LOCK=1`.
///
/// The file holds no wording, see [`Lock`]: a better sentence is no difference.
///
/// # Panics
/// Where the registry and the file differ, with the class, the old line and the new line of each difference, and with the
/// command that writes the file, if it may be written. Where one of them is missing or has mistakes, with file and line. Where
/// `UPDATE_LOCK` is neither `1` nor `major`, nor empty.
#[track_caller]
pub fn check_lock() {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let is_elsewhere = |package: &PathBuf| env::current_dir().map_or(true, |folder| folder != *package);
    // Messages name the files by their paths from the package, which is where Cargo runs its tests.
    let root = package.filter(is_elsewhere).unwrap_or_default();
    Generator::new(root.join("registry")).check_lock(root.join("registry.lock"));
}

impl Generator {
    /// Does the same as [`check_lock`](crate::check_lock()) for the folder of this generator and a file in any place.
    ///
    /// ```no_run
    /// # #[allow(clippy::test_attr_in_doctest)]
    /// #[test]
    /// fn the_registry_keeps_its_promises() {
    ///     mcp_error_codes_build::Generator::new("codes").check_lock("codes/codes.lock");
    /// }
    /// ```
    ///
    /// # Panics
    /// As [`check_lock`](crate::check_lock()).
    #[track_caller]
    pub fn check_lock(&self, file: impl AsRef<Path>) {
        let word = env::var_os("UPDATE_LOCK").unwrap_or_default();
        let Some(update) = UpdateLock::from_word(&word) else {
            panic!("UPDATE_LOCK is {word:?}; expected 1 for what is new or deprecated, major for anything");
        };
        if let Err(error) = self.try_check_lock(file, update) {
            panic!("{error}");
        }
    }

    /// Compares the registry with a lock, and writes the lock where it may follow the registry. Returns the differences that
    /// were written; none where the two say the same.
    ///
    /// # Errors
    /// [`Error::Lock`] with every difference where the lock must not follow; [`Error::Problems`] where the registry or the lock
    /// has mistakes; [`Error::Io`] where a file cannot be read or written, or there is no lock and none is to be written.
    /// Nothing is written then.
    ///
    /// ```
    /// use mcp_error_codes_build::{Error, Generator, UpdateLock};
    ///
    /// let generator = Generator::new("tests/valid");
    /// let error = generator.try_check_lock("no/such.lock", UpdateLock::No).unwrap_err();
    /// assert!(matches!(error, Error::Io { .. }));
    /// ```
    pub fn try_check_lock(&self, file: impl AsRef<Path>, update: UpdateLock) -> Result<Vec<Difference>, Error> {
        let file = file.as_ref();
        let failed = |error| Error::Io { path: file.to_owned(), error };
        let new = self.lock()?;
        let held = match fs::read_to_string(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && update != UpdateLock::No => None,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(failed(io::Error::new(
                    error.kind(),
                    "there is no such file; UPDATE_LOCK=1 cargo test writes it",
                )));
            }
            held => Some(held.map_err(failed)?),
        };
        let old = Lock::parse(&file.display().to_string(), held.as_deref().unwrap_or_default())?;
        let differences = old.differences(&new);
        let is_allowed = match update {
            UpdateLock::No => differences.is_empty(),
            UpdateLock::Compatible => ChangeClass::of(&differences) < ChangeClass::Major,
            UpdateLock::Major => true,
        };
        if !is_allowed {
            return Err(Error::Lock { path: file.to_owned(), differences });
        }
        let text = new.to_string();
        if update != UpdateLock::No && held.as_deref() != Some(&text) {
            fs::write(file, text).map_err(failed)?;
        }
        Ok(differences)
    }

    /// Returns the lock of the registry as it is now.
    ///
    /// # Errors
    /// [`Error::Io`] where a file cannot be read; [`Error::Problems`] where the registry has mistakes.
    ///
    /// ```
    /// let lock = mcp_error_codes_build::Generator::new("tests/valid").lock()?;
    /// assert_eq!(lock.entries()[1].to_string(), "acme:A-001 -32602 tool 500 do-not-retry active");
    /// # Ok::<(), mcp_error_codes_build::Error>(())
    /// ```
    pub fn lock(&self) -> Result<Lock, Error> {
        Ok(self.checked(&self.files()?, |checked| Lock::of(checked.entries.iter().map(|entry| &entry.record)))?)
    }
}

/// How far a lock may follow its registry, see [`Generator::try_check_lock`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UpdateLock {
    /// Not at all: nothing is written. The variable `UPDATE_LOCK` is not set, or empty.
    No,
    /// Codes may be added and turn deprecated: `UPDATE_LOCK=1`.
    Compatible,
    /// Everything may change, for the next major version: `UPDATE_LOCK=major`.
    Major,
}

impl UpdateLock {
    /// Reads the value of the variable `UPDATE_LOCK`.
    fn from_word(word: &OsString) -> Option<Self> {
        match word.to_str()? {
            "" => Some(Self::No),
            "1" => Some(Self::Compatible),
            "major" => Some(Self::Major),
            _ => None,
        }
    }
}
