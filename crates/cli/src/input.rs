use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use crate::terminal::Failure;

/// A longer input is refused; an error is smaller than that by far.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Reads standard input, but for a byte order mark and the line end behind it. Bytes that are no UTF-8 are replaced.
///
/// # Errors
/// [`Failure::Usage`] where nothing is piped in, with what to do instead. [`Failure::Io`] where it cannot be read or is
/// longer than 64 MiB.
pub(crate) fn standard_input(otherwise: &str) -> Result<String, Failure> {
    if io::stdin().is_terminal() {
        return Err(Failure::Usage(otherwise.to_owned()));
    }
    let text = read(io::stdin().lock());
    text.map_err(|error| Failure::Io { what: "standard input".to_owned(), error })
}

/// Reads a file, as [`standard_input`] does.
///
/// # Errors
/// [`Failure::Io`] where it cannot be read or is longer than 64 MiB.
pub(crate) fn file(path: &Path) -> Result<String, Failure> {
    File::open(path).and_then(read).map_err(|error| Failure::file(path, error))
}

fn read(input: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    let length = input.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(length).map_or(true, |length| length > LONGEST) {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is longer than 64 MiB; give a part of it"));
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_start_matches('\u{feff}').trim_end().to_owned())
}
