use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use crate::outcome::Failure;

/// The invisible prefix of an argument such as `-32001:`, which looks like an option but is not.
const MARK: char = '\u{2060}';

/// Marks an argument that is or begins with a negative number. No option of the command is a digit.
pub(crate) fn marked(argument: OsString) -> OsString {
    let is_number = argument
        .to_str()
        .and_then(|text| text.strip_prefix('-'))
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    if !is_number {
        return argument;
    }
    let mut marked = OsString::from(MARK.to_string());
    marked.push(argument);
    marked
}

/// Removes the mark from an argument.
pub(crate) fn unmarked(argument: &str) -> String {
    argument.strip_prefix(MARK).unwrap_or(argument).to_owned()
}

/// Removes the mark from a path: a file may be named `-1.log`.
fn unmarked_path(path: &Path) -> PathBuf {
    path.to_str().map_or_else(|| path.to_owned(), |path| PathBuf::from(unmarked(path)))
}

/// Reads a file, or standard input if there is none.
///
/// # Errors
/// [`Failure::Usage`] with `otherwise` if standard input is a terminal. [`Failure::Io`] if it cannot be read.
pub(crate) fn open<T>(
    file: Option<&Path>,
    otherwise: &str,
    read: impl FnOnce(&mut dyn Read) -> io::Result<T>,
) -> Result<T, Failure> {
    match file {
        Some(path) => {
            let path = unmarked_path(path);
            File::open(&path).and_then(|mut file| read(&mut file)).map_err(|error| Failure::file(&path, error))
        }
        None if io::stdin().is_terminal() => Err(Failure::Usage(otherwise.to_owned())),
        None => {
            let read = read(&mut io::stdin().lock());
            read.map_err(|error| Failure::Io { what: "standard input".to_owned(), error })
        }
    }
}

/// The size of the largest file that is read as a whole.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a text file, without a byte order mark and without the line end after the text. Invalid UTF-8 is replaced.
///
/// # Errors
/// [`Failure::Io`] if it cannot be read or is longer than 64 MiB.
pub(crate) fn file(path: &Path) -> Result<String, Failure> {
    let read = |input: File| {
        let mut bytes = Vec::new();
        let length = input.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        if u64::try_from(length).map_or(true, |length| length > MAX_BYTES) {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is longer than 64 MiB; pass a part of it"));
        }
        let text = String::from_utf8_lossy(&bytes);
        Ok(text.trim_start_matches('\u{feff}').trim_end().to_owned())
    };
    let path = unmarked_path(path);
    File::open(&path).and_then(read).map_err(|error| Failure::file(&path, error))
}
