use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use crate::terminal::Failure;

/// As much is read of an input; an error is smaller than that by far.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Reads standard input, but for a byte order mark and the line end behind it. Bytes that are no UTF-8 are replaced.
///
/// # Errors
/// [`Failure::Usage`] where nothing is piped in, with what to do instead.
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
/// [`Failure::Io`] where it cannot be read.
pub(crate) fn file(path: &Path) -> Result<String, Failure> {
    File::open(path).and_then(read).map_err(|error| Failure::file(path, error))
}

fn read(input: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    input.take(LONGEST).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_start_matches('\u{feff}').trim_end().to_owned())
}
