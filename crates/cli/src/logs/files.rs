use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::Failure;

/// Returns the files that the paths name: each file itself, and every file below a directory, sorted by name.
///
/// # Errors
/// [`Failure::Io`] if a path does not exist or a directory cannot be read.
pub(crate) fn below(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let metadata = fs::metadata(path).map_err(|error| Failure::file(path, error))?;
        if metadata.is_dir() {
            walk(path, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

/// Adds the regular files below a directory. Links are not followed, because they may form a cycle.
fn walk(directory: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failure = |error| Failure::file(directory, error);
    let mut entries = fs::read_dir(directory).map_err(failure)?.collect::<Result<Vec<_>, _>>().map_err(failure)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type().map_err(failure)?;
        if kind.is_dir() {
            walk(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}
