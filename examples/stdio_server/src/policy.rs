//! Access control: the security layers of the filesystem server's error reference, in order. The first layer that fails
//! determines the code.
//!
//! A path is checked before it is used, and another process may replace it with a link in between. A server with
//! untrusted users should open files relative to a directory handle instead.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use mcp_error_codes::{McpError, ResultExt, code, filesystem};

use crate::options::Options;
use crate::pattern;

/// The kind of access that a caller requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// A path that passed every layer.
#[derive(Debug)]
pub(crate) struct Place {
    /// The path as the caller wrote it. Errors may contain it.
    pub(crate) shown: String,
    /// The entry in the directory, which may be a link.
    pub(crate) entry: PathBuf,
    /// The target of the entry, with every link followed.
    pub(crate) target: PathBuf,
}

impl Place {
    /// Converts an I/O error for this path. Only the log contains the absolute path and the operating system's message.
    pub(crate) fn failed(&self, error: std::io::Error) -> McpError {
        McpError::from(error)
            .with_detail("path", &self.shown)
            .with_internal("target", self.target.display().to_string())
    }
}

#[derive(Debug)]
pub(crate) struct Policy {
    /// The folder, with every link followed.
    root: PathBuf,
    read_only: bool,
    allowed_subdirectories: Vec<PathBuf>,
    blocked_paths: Vec<PathBuf>,
    blocked_patterns: Vec<String>,
}

impl Policy {
    pub(crate) fn new(options: &Options) -> Result<Self, McpError> {
        let folder = &options.folder;
        let root = folder.canonicalize().or_error(|| filesystem::directory_not_found(folder.display()))?;
        if !root.is_dir() {
            return Err(filesystem::directory_not_found(folder.display()));
        }
        Ok(Self {
            root,
            read_only: options.read_only,
            allowed_subdirectories: options.allowed_subdirectories.clone(),
            blocked_paths: options.blocked_paths.clone(),
            blocked_patterns: options.blocked_patterns.clone(),
        })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Resolves a path from the caller if the caller may access it.
    pub(crate) fn place(&self, path: &str, access: Access) -> Result<Place, McpError> {
        if path.is_empty() || path.contains('\0') {
            return Err(filesystem::invalid_path_format("a path is not empty and has no NUL character"));
        }
        let entry = normal(&self.root.join(path));
        let refused =
            |error: McpError| error.with_detail("path", path).with_internal("entry", entry.display().to_string());
        self.workspace_boundary(&entry)
            .and_then(|()| path_traversal(path))
            .and_then(|()| self.lists(&entry))
            .and_then(|()| self.read_only_mode(access))
            .and_then(|()| self.symlinks(&entry))
            .map(|target| Place { shown: path.to_owned(), entry: entry.clone(), target })
            .map_err(refused)
    }

    /// Layer 2. It checks where the path leads, not how it is written.
    fn workspace_boundary(&self, entry: &Path) -> Result<(), McpError> {
        if entry.starts_with(&self.root) { Ok(()) } else { Err(filesystem::workspace_escape()) }
    }

    /// Layers 4 to 8, which check lists.
    fn lists(&self, entry: &Path) -> Result<(), McpError> {
        let relative = entry.strip_prefix(&self.root).or_code(filesystem::WORKSPACE_ESCAPE)?;
        let is_under = |list: &[PathBuf], path: &Path| list.iter().any(|own| path.starts_with(own));

        if SYSTEM_PATHS.iter().any(|own| entry.starts_with(own)) {
            return Err(filesystem::system_path_access());
        }
        if is_sensitive(relative) {
            return Err(filesystem::sensitive_file_access());
        }
        if !self.allowed_subdirectories.is_empty() && !is_under(&self.allowed_subdirectories, relative) {
            return Err(filesystem::subdirectory_restriction()
                .with_detail("allowedSubdirectories", &self.allowed_subdirectories));
        }
        if is_under(&self.blocked_paths, relative) {
            return Err(filesystem::blocked_path());
        }
        let names: Vec<&str> = relative.iter().filter_map(OsStr::to_str).collect();
        let fits = |own: &String| names.iter().any(|name| pattern::fits(own, name));
        match self.blocked_patterns.iter().find(|own| fits(own)) {
            Some(own) => Err(filesystem::blocked_pattern().with_internal("pattern", own)),
            None => Ok(()),
        }
    }

    /// Layer 9.
    fn read_only_mode(&self, access: Access) -> Result<(), McpError> {
        match access {
            // `code!` takes the text of a code. This one is `filesystem::READ_ONLY_MODE`.
            Access::Write if self.read_only => Err(McpError::new(code!("SEC-008"))),
            Access::Read | Access::Write => Ok(()),
        }
    }

    /// Layer 10: follows every link, and returns where the path ends.
    fn symlinks(&self, entry: &Path) -> Result<PathBuf, McpError> {
        // A path that does not exist yet is not a link, so the existing part decides.
        let exists = |path: &&Path| path.symlink_metadata().is_ok();
        let existing = entry.ancestors().find(exists).unwrap_or(&self.root);
        // A link that cannot be followed may lead outside.
        let followed = existing.canonicalize().or_code(filesystem::SYMLINK_ESCAPE)?;
        if !followed.starts_with(&self.root) {
            let target = followed.display().to_string();
            return Err(McpError::new(filesystem::SYMLINK_ESCAPE).with_internal("target", target));
        }
        // A link that stays inside must not bypass the lists.
        self.lists(&followed)?;
        match entry.strip_prefix(existing) {
            Ok(rest) if !rest.as_os_str().is_empty() => Ok(followed.join(rest)),
            _ => Ok(followed),
        }
    }
}

/// Layer 3. The path stays inside but contains `.` or `..`.
fn path_traversal(path: &str) -> Result<(), McpError> {
    let steps = path.split(['/', '\\']);
    let is_plain = path == "." || steps.into_iter().all(|step| step != "." && step != "..");
    if is_plain { Ok(()) } else { Err(filesystem::path_traversal()) }
}

/// Removes `.` and `..` from a path without reading the disk.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

const SYSTEM_PATHS: &[&str] = &[
    "/etc",
    "/sys",
    "/proc",
    "/dev",
    "/boot",
    "/root",
    "/bin",
    "/sbin",
    "/usr/bin",
    "/usr/sbin",
    "/System",
    "/Library",
    "/Applications",
    r"C:\Windows",
    r"C:\Program Files",
    r"C:\Program Files (x86)",
];

const SENSITIVE_DIRECTORIES: &[&str] = &[".ssh", ".aws", ".kube"];

const SENSITIVE_FILES: &[&str] = &[
    "id_rsa",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "*.pem",
    "*.key",
    "*.p12",
    "*.pfx",
    "*password*",
    "*secret*",
    "*token*",
    ".env",
];

fn is_sensitive(relative: &Path) -> bool {
    let names: Vec<String> = relative.iter().map(|name| name.to_string_lossy().to_lowercase()).collect();
    let in_directory = names.iter().any(|name| SENSITIVE_DIRECTORIES.contains(&name.as_str()));
    let is_file = names.last().is_some_and(|name| SENSITIVE_FILES.iter().any(|own| pattern::fits(own, name)));
    in_directory || is_file
}
