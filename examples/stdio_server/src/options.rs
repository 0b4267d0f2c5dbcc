//! The command line.

use std::path::PathBuf;

use crate::disk::Fault;

pub(crate) const USAGE: &str = "\
usage: stdio_server [OPTIONS] FOLDER
       stdio_server --codes               print the codes that the server returns

  --read-only                       reject every change to a file
  --allowed-subdirectory PATH       allow only this directory; may be repeated
  --blocked-path PATH               block this path; may be repeated
  --blocked-pattern PATTERN         block names that match, with * and ?; may be repeated
  --max-file-size BYTES             the maximum size of a file to read or write (104857600)
  --max-batch-size BYTES            the maximum size of a batch (1073741824)
  --max-operations-per-minute N     the maximum number of tool calls in 60 seconds (100)
  --search-seconds N                the maximum duration of a search (10)
  --with-panicking-tool             add a tool that panics
  --fault OPERATION=KIND            make read, write, rename or remove fail; KIND is denied, full, invalid, nothing or
                                    other; may be repeated";

/// The settings of the server.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) folder: PathBuf,
    pub(crate) read_only: bool,
    pub(crate) allowed_subdirectories: Vec<PathBuf>,
    pub(crate) blocked_paths: Vec<PathBuf>,
    pub(crate) blocked_patterns: Vec<String>,
    pub(crate) max_file_size: u64,
    pub(crate) max_batch_size: u64,
    pub(crate) max_operations_per_minute: usize,
    pub(crate) search_seconds: u64,
    pub(crate) with_panicking_tool: bool,
    pub(crate) faults: Vec<Fault>,
}

impl Options {
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut folder = None;
        let mut options = Self {
            folder: PathBuf::new(),
            read_only: false,
            allowed_subdirectories: Vec::new(),
            blocked_paths: Vec::new(),
            blocked_patterns: Vec::new(),
            max_file_size: 100 << 20,
            max_batch_size: 1 << 30,
            max_operations_per_minute: 100,
            search_seconds: 10,
            with_panicking_tool: false,
            faults: Vec::new(),
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--read-only" => options.read_only = true,
                "--with-panicking-tool" => options.with_panicking_tool = true,
                "--allowed-subdirectory" => options.allowed_subdirectories.push(value()?.into()),
                "--blocked-path" => options.blocked_paths.push(value()?.into()),
                "--blocked-pattern" => options.blocked_patterns.push(value()?),
                "--max-file-size" => options.max_file_size = number(&argument, &value()?)?,
                "--max-batch-size" => options.max_batch_size = number(&argument, &value()?)?,
                "--max-operations-per-minute" => {
                    options.max_operations_per_minute = number(&argument, &value()?)?;
                }
                "--fault" => options.faults.push(fault(&argument, &value()?)?),
                "--search-seconds" => options.search_seconds = number(&argument, &value()?)?,
                other if other.starts_with('-') => return Err(format!("unknown option {other:?}")),
                _ if folder.is_some() => return Err(format!("a second folder {argument:?}")),
                _ => folder = Some(PathBuf::from(argument)),
            }
        }
        options.folder = folder.ok_or("no folder")?;
        Ok(options)
    }
}

fn number<N: std::str::FromStr>(option: &str, value: &str) -> Result<N, String> {
    value.parse().map_err(|_| format!("{option} needs a number, not {value:?}"))
}

fn fault(option: &str, value: &str) -> Result<Fault, String> {
    Fault::read(value).ok_or_else(|| format!("{option} needs an operation and a kind, not {value:?}"))
}
