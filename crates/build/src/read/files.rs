//! A file of a registry, before it is parsed.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::{fs, str};

/// A file: its path, which messages print, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceFile {
    pub(crate) path: String,
    /// The text up to the first byte that is not UTF-8.
    pub(crate) text: String,
    /// The line of the first byte that is not UTF-8.
    pub(crate) not_utf8: Option<usize>,
}

/// The path of a file or folder that could not be read, and why.
pub(crate) type Failure = (PathBuf, io::Error);

impl SourceFile {
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), not_utf8: None }
    }

    fn of_bytes(path: &Path, bytes: Vec<u8>) -> Self {
        let path = path.display().to_string();
        match str::from_utf8(&bytes) {
            Ok(text) => Self::new(path, text),
            Err(error) => {
                let text = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
                let line = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
                Self { path, text, not_utf8: Some(line) }
            }
        }
    }
}

/// Reads the `*.toml` files of a folder and its subfolders, sorted by path. Files and folders whose names begin with a dot are
/// skipped, because editors and operating systems create them.
pub(crate) fn registry_files(folder: &Path) -> Result<Vec<SourceFile>, Failure> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    if paths.is_empty() {
        let error = io::Error::new(io::ErrorKind::NotFound, "the folder contains no *.toml file");
        return Err((folder.to_owned(), error));
    }
    let read = |path: PathBuf| match bytes_of(&path) {
        Ok(bytes) => Ok(SourceFile::of_bytes(&path, bytes)),
        Err(error) => Err((path, error)),
    };
    paths.into_iter().map(read).collect()
}

/// The length that a file of a registry may have. A record takes about 1 KB, so 5,000 codes in one file are far below it.
const MAX_LENGTH: u64 = 32 << 20;

/// Reads a file up to the length that it may have.
fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MAX_LENGTH + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_LENGTH {
        let expected = format!("the file has more than {} MiB; split the system over several files", MAX_LENGTH >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, expected));
    }
    Ok(bytes)
}

/// Collects the paths. A link to a folder is not followed, because it may form a loop.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if entry.file_type().map_err(failed(&path))?.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) {
            paths.push(path);
        }
    }
    Ok(())
}
