use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use crate::outcome::Failure;

/// The size of the largest input that is read. An error is far smaller.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Reads standard input, without a byte order mark and without the line end after the text. Invalid UTF-8 is replaced.
///
/// # Errors
/// [`Failure::Usage`] with `otherwise` if standard input is a terminal. [`Failure::Io`] if it cannot be read or is longer than
/// 64 MiB.
pub(crate) fn standard_input(otherwise: &str) -> Result<String, Failure> {
    if io::stdin().is_terminal() {
        return Err(Failure::Usage(otherwise.to_owned()));
    }
    let text = read(io::stdin().lock());
    text.map_err(|error| Failure::Io { what: "standard input".to_owned(), error })
}

/// Reads a file in the same way as [`standard_input`].
///
/// # Errors
/// [`Failure::Io`] if it cannot be read or is longer than 64 MiB.
pub(crate) fn file(path: &Path) -> Result<String, Failure> {
    File::open(path).and_then(read).map_err(|error| Failure::file(path, error))
}

fn read(input: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    let length = input.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if u64::try_from(length).map_or(true, |length| length > MAX_BYTES) {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is longer than 64 MiB; give a part of it"));
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_start_matches('\u{feff}').trim_end().to_owned())
}
