//! Disk operations that can be made to fail, because a disk that is full, or that breaks in the middle of a batch, is
//! hard to produce.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// An operation that fails, and the kind of its I/O error.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    operation: String,
    kind: ErrorKind,
}

impl Fault {
    /// Parses `OPERATION=KIND` from the command line.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (operation, kind) = text.split_once('=').filter(|(operation, _)| OPERATIONS.contains(operation))?;
        let kind = KINDS.iter().find(|(name, _)| *name == kind)?.1;
        Some(Self { operation: operation.to_owned(), kind })
    }
}

const OPERATIONS: [&str; 4] = ["read", "write", "rename", "remove"];

const KINDS: [(&str, ErrorKind); 5] = [
    ("denied", ErrorKind::PermissionDenied),
    ("full", ErrorKind::StorageFull),
    ("invalid", ErrorKind::InvalidData),
    ("nothing", ErrorKind::WriteZero),
    ("other", ErrorKind::Other),
];

#[derive(Debug)]
pub(crate) struct Disk {
    pub(crate) faults: Vec<Fault>,
}

impl Disk {
    pub(crate) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.fails("read").and_then(|()| fs::read(path))
    }

    pub(crate) fn write(&self, file: &mut File, content: &[u8]) -> io::Result<()> {
        self.fails("write").and_then(|()| file.write_all(content))
    }

    pub(crate) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.fails("rename").and_then(|()| fs::rename(from, to))
    }

    pub(crate) fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.fails("remove").and_then(|()| fs::remove_file(path))
    }

    fn fails(&self, operation: &str) -> io::Result<()> {
        match self.faults.iter().find(|fault| fault.operation == operation) {
            Some(fault) => Err(fault.kind.into()),
            None => Ok(()),
        }
    }
}
