//! Operations on the files of the workspace.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use mcp_error_codes::{McpError, ResultExt, filesystem};
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha512};

use crate::disk::Disk;
use crate::options::Options;
use crate::pattern;
use crate::policy::{Access, Place, Policy};

#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) policy: Policy,
    pub(crate) disk: Disk,
    max_file_size: u64,
    pub(crate) max_batch_size: u64,
    longest_search: Duration,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listing {
    entries: Vec<Entry>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Entry {
    name: String,
    is_directory: bool,
    size: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Found {
    /// The paths, relative to the workspace.
    paths: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Algorithm {
    #[default]
    Sha256,
    Sha512,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checksum {
    algorithm: Algorithm,
    /// The checksum in hexadecimal digits.
    checksum: String,
}

impl Workspace {
    pub(crate) fn new(options: &Options) -> Result<Self, McpError> {
        Ok(Self {
            policy: Policy::new(options)?,
            disk: Disk { faults: options.faults.clone() },
            max_file_size: options.max_file_size,
            max_batch_size: options.max_batch_size,
            longest_search: Duration::from_secs(options.search_seconds),
        })
    }

    /// Lists the entries that the policy allows the caller to see.
    pub(crate) fn list(&self, path: &str) -> Result<Listing, McpError> {
        let place = self.policy.place(path, Access::Read)?;
        let mut entries = Vec::new();
        for entry in directory(&place)? {
            let entry = entry.map_err(|error| place.failed(error))?;
            if !self.may_see(&entry.path()) {
                continue;
            }
            let metadata = entry.metadata().map_err(|error| place.failed(error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            entries.push(Entry { name, is_directory: metadata.is_dir(), size: metadata.len() });
        }
        entries.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(Listing { entries })
    }

    pub(crate) fn read(&self, path: &str) -> Result<String, McpError> {
        let place = self.policy.place(path, Access::Read)?;
        String::from_utf8(self.bytes(&place)?)
            .or_error(|| filesystem::invalid_parameter_value("the file is no text").with_detail("path", path))
    }

    pub(crate) fn write(&self, path: &str, content: &str, overwrite: bool) -> Result<String, McpError> {
        let place = self.policy.place(path, Access::Write)?;
        self.check_size(content.len() as u64)?;
        let mut options = OpenOptions::new();
        options.write(true).truncate(true).create(overwrite).create_new(!overwrite);
        let mut file = match options.open(&place.target) {
            Ok(file) => file,
            // A missing file would be created, so it is the directory that is missing.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let parent = Path::new(path).parent().unwrap_or(Path::new("."));
                return Err(filesystem::directory_not_found(parent.display()).with_source(error));
            }
            Err(error) => return Err(place.failed(error)),
        };
        self.disk.write(&mut file, content.as_bytes()).map_err(|error| place.failed(error))?;
        Ok(format!("wrote {} bytes to {path}", content.len()))
    }

    /// Finds the files whose names match a pattern, in a directory and its subdirectories. Links are not followed.
    pub(crate) fn search(&self, path: &str, wanted: &str) -> Result<Found, McpError> {
        let began = Instant::now();
        let mut paths = Vec::new();
        let mut directories = vec![self.policy.place(path, Access::Read)?];
        while let Some(place) = directories.pop() {
            for entry in directory(&place)? {
                if began.elapsed() >= self.longest_search {
                    return Err(filesystem::search_timeout().with_detail("found", paths.len()));
                }
                let entry = entry.map_err(|error| place.failed(error))?;
                let Some(shown) = self.shown(&entry.path()) else { continue };
                let Ok(below) = self.policy.place(&shown, Access::Read) else { continue };
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    directories.push(below);
                } else if pattern::fits(wanted, &entry.file_name().to_string_lossy()) {
                    paths.push(shown);
                }
            }
        }
        paths.sort();
        Ok(Found { paths })
    }

    pub(crate) fn checksum(
        &self,
        path: &str,
        algorithm: Algorithm,
        expected: Option<&str>,
    ) -> Result<Checksum, McpError> {
        let place = self.policy.place(path, Access::Read)?;
        let bytes = self.bytes(&place)?;
        let checksum = match algorithm {
            Algorithm::Sha256 => hexadecimal(&Sha256::digest(&bytes)),
            Algorithm::Sha512 => hexadecimal(&Sha512::digest(&bytes)),
        };
        match expected {
            Some(expected) if !expected.eq_ignore_ascii_case(&checksum) => {
                Err(filesystem::checksum_mismatch(expected, checksum).with_detail("path", path))
            }
            _ => Ok(Checksum { algorithm, checksum }),
        }
    }

    fn bytes(&self, place: &Place) -> Result<Vec<u8>, McpError> {
        let file = File::open(&place.target).map_err(|error| place.failed(error))?;
        self.check_size(file.metadata().map_err(|error| place.failed(error))?.len())?;
        self.disk.read(&place.target).map_err(|error| place.failed(error))
    }

    fn check_size(&self, size: u64) -> Result<(), McpError> {
        if size > self.max_file_size {
            return Err(filesystem::file_size_exceeded(size, self.max_file_size));
        }
        Ok(())
    }

    fn may_see(&self, path: &Path) -> bool {
        self.shown(path).is_some_and(|shown| self.policy.place(&shown, Access::Read).is_ok())
    }

    /// Returns a path relative to the workspace, if it exists and is Unicode.
    fn shown(&self, path: &Path) -> Option<String> {
        Some(path.strip_prefix(self.policy.root()).ok()?.to_str()?.to_owned())
    }
}

fn directory(place: &Place) -> Result<fs::ReadDir, McpError> {
    fs::read_dir(&place.target).map_err(|error| match error.kind() {
        // From its kind alone, the I/O error would refer to a file.
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            filesystem::directory_not_found(&place.shown).with_source(error)
        }
        _ => place.failed(error),
    })
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
