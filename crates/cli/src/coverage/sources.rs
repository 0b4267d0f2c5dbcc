//! Which files are sources, and which of them are tests.

use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::Failure;

/// Directories that contain built or installed files.
const SKIPPED: [&str; 11] =
    ["target", "node_modules", "dist", "build", "vendor", "venv", "__pycache__", "coverage", "bin", "obj", "out"];
const ENDINGS: [&str; 29] = [
    "rs", "ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "py", "go", "java", "kt", "kts", "scala", "cs", "rb",
    "php", "swift", "c", "cc", "cpp", "h", "hpp", "ex", "exs", "lua", "dart", "zig",
];

/// A source file.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) is_test: bool,
}

/// Returns the sources and the registry files that the paths name: each file itself, and the files below a directory, sorted by
/// name.
///
/// # Errors
/// [`Failure::Io`] if a path does not exist or a directory cannot be read.
pub(super) fn below(paths: &[PathBuf]) -> Result<(Vec<Source>, Vec<PathBuf>), Failure> {
    let (mut sources, mut registries) = (Vec::new(), Vec::new());
    for root in paths {
        let metadata = fs::metadata(root).map_err(|error| Failure::file(root, error))?;
        if !metadata.is_dir() {
            match root.extension().is_some_and(|ending| ending == "toml") {
                true => registries.push(root.clone()),
                // Whether a file is a test also depends on its folders, even if only the file is given.
                false => sources.push(Source { path: root.clone(), is_test: is_test(root) }),
            }
            continue;
        }
        walk(root, root, &mut sources, &mut registries)?;
    }
    Ok((sources, registries))
}

fn walk(root: &Path, folder: &Path, sources: &mut Vec<Source>, registries: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failure = |error| Failure::file(folder, error);
    let mut entries = fs::read_dir(folder).map_err(failure)?.collect::<Result<Vec<_>, _>>().map_err(failure)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(failure)?);
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if kind.is_dir() {
            if !name.starts_with('.') && !SKIPPED.contains(&name.as_ref()) {
                walk(root, &path, sources, registries)?;
            }
            continue;
        }
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if kind.is_file() && ending == "toml" && !name.starts_with("Cargo") {
            registries.push(path);
        } else if kind.is_file() && ENDINGS.contains(&ending) {
            // The folders above the root do not count.
            let is_test = is_test(path.strip_prefix(root).unwrap_or(&path))
                || root.file_name().is_some_and(|name| FOLDERS.iter().any(|folder| name == *folder));
            sources.push(Source { path, is_test });
        }
    }
    Ok(())
}

const FOLDERS: [&str; 7] = ["test", "tests", "__tests__", "spec", "specs", "e2e", "testing"];

/// Returns whether a file, or a folder that contains it, is named like a test.
fn is_test(path: &Path) -> bool {
    let folders = path.parent().into_iter().flat_map(Path::components);
    let is_in_tests = folders.map(|folder| folder.as_os_str()).any(|name| FOLDERS.iter().any(|folder| name == *folder));
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let is_named =
        [".test", ".spec", "_test", "_spec", "-test", "Test", "Tests", "Spec"].iter().any(|end| stem.ends_with(end));
    is_in_tests || is_named || stem.starts_with("test_") || stem == "tests" || stem == "conftest"
}
