use std::path::{Path, PathBuf};
use std::{fs, io};

/// The path of a file or folder that could not be read, and why.
pub(crate) type Failure = (PathBuf, io::Error);

/// Reads the `*.toml` files of a folder, sorted by name, as pairs of path and text.
pub(crate) fn registry_files(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        let error = io::Error::new(io::ErrorKind::NotFound, "the folder contains no *.toml file");
        return Err((folder.to_owned(), error));
    }
    let text = |path: PathBuf| {
        let text = fs::read_to_string(&path).map_err(failed(&path))?;
        Ok((path.display().to_string(), text))
    };
    paths.into_iter().map(text).collect()
}
