//! Many operations in one call.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use mcp_error_codes::{McpError, ResultExt, code, filesystem};
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::policy::{Access, Place};
use crate::workspace::Workspace;

#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Operation {
    #[serde(rename = "type")]
    kind: Kind,
    /// The file, relative to the workspace.
    source: String,
    /// Where to copy or move it.
    destination: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Copy,
    Move,
    Delete,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Completed {
    completed: usize,
}

/// How to undo an operation.
#[derive(Debug)]
enum Undo {
    Remove(PathBuf),
    MoveBack { from: PathBuf, to: PathBuf },
}

impl Workspace {
    /// Runs the operations one after another. An atomic batch stops at the first failure and undoes the earlier
    /// operations. Any other batch continues and reports every failure.
    pub(crate) fn batch(&self, operations: &[Operation], atomic: bool) -> Result<Completed, McpError> {
        if operations.is_empty() {
            return Err(filesystem::empty_array("operations"));
        }
        for (index, operation) in operations.iter().enumerate() {
            if operation.kind != Kind::Delete && operation.destination.is_none() {
                return Err(filesystem::missing_required_parameter(format_args!("operations[{index}].destination")));
            }
        }
        self.check_batch_size(operations)?;

        let mut bin = atomic.then(Bin::default);
        let mut done = Vec::new();
        let mut failures = Vec::new();
        for (index, operation) in operations.iter().enumerate() {
            match self.perform(operation, bin.as_mut()) {
                Ok(undo) => done.push(undo),
                Err(error) => failures.push(error.with_detail("operation", index)),
            }
            if atomic && !failures.is_empty() {
                return Err(self.take_back(done, failures, bin));
            }
        }
        if failures.is_empty() {
            return Ok(Completed { completed: done.len() });
        }
        let summary = format!("{} of {} operations failed", failures.len(), operations.len());
        let error = filesystem::batch_operation_failed(summary).with_detail("completed", done.len());
        Err(with_causes(error, failures))
    }

    fn check_batch_size(&self, operations: &[Operation]) -> Result<(), McpError> {
        // A file whose size cannot be read fails later, in its own operation.
        let places = operations.iter().filter_map(|operation| self.policy.place(&operation.source, Access::Read).ok());
        let size: u64 = places.filter_map(|place| fs::metadata(place.target).ok()).map(|metadata| metadata.len()).sum();
        if size > self.max_batch_size {
            return Err(filesystem::batch_size_exceeded(size, self.max_batch_size));
        }
        Ok(())
    }

    fn perform(&self, operation: &Operation, bin: Option<&mut Bin>) -> Result<Option<Undo>, McpError> {
        let access = if operation.kind == Kind::Copy { Access::Read } else { Access::Write };
        let source = self.policy.place(&operation.source, access)?;
        let failed = |error| operation_failed(operation.kind, &source, error);
        if operation.kind == Kind::Delete {
            return self.delete(&source, bin).map_err(failed);
        }
        let destination = operation.destination.as_deref();
        let destination = destination.or_error(|| filesystem::missing_required_parameter("destination"))?;
        let destination = self.policy.place(destination, Access::Write)?;
        // Copying and moving must not overwrite anything.
        if destination.entry.symlink_metadata().is_ok() {
            return Err(filesystem::file_already_exists(&destination.shown));
        }
        match operation.kind {
            Kind::Copy => {
                if let Err(error) = fs::copy(&source.target, &destination.target) {
                    // An incomplete copy is useless. Often there is none.
                    let _ = fs::remove_file(&destination.target);
                    return Err(failed(error));
                }
                Ok(Some(Undo::Remove(destination.target)))
            }
            _ => {
                self.disk.rename(&source.entry, &destination.target).map_err(failed)?;
                Ok(Some(Undo::MoveBack { from: destination.target, to: source.entry }))
            }
        }
    }

    /// Deletes a file or an empty directory. For a link, it deletes the link itself.
    fn delete(&self, source: &Place, bin: Option<&mut Bin>) -> io::Result<Option<Undo>> {
        let is_directory = source.entry.symlink_metadata()?.is_dir();
        if is_directory && fs::read_dir(&source.entry)?.next().is_some() {
            return Err(io::ErrorKind::DirectoryNotEmpty.into());
        }
        match bin {
            Some(bin) => {
                let from = bin.put(&source.entry, self.policy.root())?;
                Ok(Some(Undo::MoveBack { from, to: source.entry.clone() }))
            }
            None if is_directory => fs::remove_dir(&source.entry).map(|()| None),
            None => self.disk.remove_file(&source.entry).map(|()| None),
        }
    }

    /// Undoes the operations of an atomic batch, last one first.
    fn take_back(&self, done: Vec<Option<Undo>>, failures: Vec<McpError>, bin: Option<Bin>) -> McpError {
        let undos: Vec<Undo> = done.into_iter().flatten().collect();
        let all = undos.len();
        let undone = undos.into_iter().rev().map(|undo| match undo {
            Undo::Remove(path) => self.disk.remove_file(&path),
            Undo::MoveBack { from, to } => self.disk.rename(&from, &to),
        });
        let left: Vec<McpError> = undone.filter_map(Result::err).map(McpError::from).collect();
        if left.is_empty() {
            let error = filesystem::batch_operation_failed("one operation failed, and those before it were undone");
            return with_causes(error.with_detail("undone", all), failures);
        }
        let summary = format!("{} of {all} operations could not be undone", left.len());
        let mut error = filesystem::rollback_failed(summary);
        // A file that could not be restored must not be deleted with the bin. The log says where it is.
        if let Some(directory) = bin.and_then(|bin| bin.directory) {
            error = error.with_internal("bin", directory.keep());
        }
        with_causes(error, failures.into_iter().chain(left))
    }
}

/// Keeps files that an atomic batch deletes until the batch is complete.
#[derive(Debug, Default)]
struct Bin {
    directory: Option<TempDir>,
    count: usize,
}

impl Bin {
    fn put(&mut self, entry: &Path, root: &Path) -> io::Result<PathBuf> {
        let directory = match &self.directory {
            Some(directory) => directory,
            None => self.directory.insert(tempfile::tempdir_in(root)?),
        };
        let place = directory.path().join(self.count.to_string());
        fs::rename(entry, &place)?;
        self.count += 1;
        Ok(place)
    }
}

/// Returns the error of one operation: the code of the I/O error, or that of the operation if the I/O error means
/// nothing to the caller.
fn operation_failed(kind: Kind, source: &Place, error: io::Error) -> McpError {
    let reason = error.kind();
    let failed = source.failed(error);
    match failed.code() {
        Some(code!("VAL-003") | code!("NX-MCP-001")) => {
            let operation = match kind {
                Kind::Copy => filesystem::copy_failed(reason),
                Kind::Move => filesystem::move_failed(reason),
                Kind::Delete => filesystem::delete_failed(reason),
            };
            operation.with_detail("path", &source.shown).with_source(failed)
        }
        _ => failed,
    }
}

/// Returns one error with all failures, each with its own code. They arrive in `details.errors`.
fn with_causes(error: McpError, failures: impl IntoIterator<Item = McpError>) -> McpError {
    failures.into_iter().fold(error, McpError::with_failure)
}
