use std::ops::Range;
use std::sync::Arc;

use crate::recognize::anchors::Anchors;
use crate::recognize::filter::Filter;
use crate::recognize::log::{MAX_RECORD, complete_records, is_continuation, record_end, record_start};

/// Finds the records of a log that may contain an error, without reading them: the fast first step for large logs.
///
/// A record is a line together with its continuation lines, such as indented ones. A skipped record contains no code,
/// no JSON-RPC number and no mark of a failed tool call. It may contain an error that is identified only by its
/// message, which [`recognize_log`](crate::Recognizer::recognize_log) finds. The records that the filter returns still
/// have to be read.
///
/// ```
/// use mcp_error_codes::LogFilter;
///
/// let log = b"12:00:01 all is well\n12:00:02 MCP error -32000: Connection closed\n  at read\n12:00:03 all is well\n";
/// let records: Vec<_> = LogFilter::new().records(log).collect();
/// assert_eq!(records.len(), 1);
/// assert!(log[records[0].clone()].ends_with(b"closed\n  at read\n"));
/// ```
#[derive(Debug, Clone)]
pub struct LogFilter {
    filter: Arc<Filter>,
}

impl LogFilter {
    /// The maximum length of a record. A longer one is read in parts.
    pub const MAX_RECORD: usize = MAX_RECORD;

    /// Creates the filter for the current registries.
    #[must_use]
    pub fn new() -> Self {
        Self { filter: Arc::new(Anchors::get().filter_of_codes()) }
    }

    /// Returns the ranges of the records in a block of complete records, in order.
    pub fn records<'b>(&'b self, block: &'b [u8]) -> impl Iterator<Item = Range<usize>> + 'b {
        let mut search = self.filter.search(block);
        let mut at = 0;
        std::iter::from_fn(move || {
            let hit = search.next(at)?;
            let start = record_start(block, at, hit);
            at = record_end(block, hit);
            Some(start..at)
        })
    }

    /// Returns the length of the complete records in a block. The last record may continue after the block.
    #[must_use]
    pub fn complete(block: &[u8]) -> Option<usize> {
        complete_records(block)
    }

    /// Returns the start of the first record that starts in a block, if the block begins inside a record.
    ///
    /// Returns `None` if the block ends before that is known.
    #[must_use]
    pub fn next_record(block: &[u8]) -> Option<usize> {
        let mut lines = memchr::memchr_iter(b'\n', block).map(|end| end + 1);
        lines.find(|start| *start < block.len() && !may_continue(&block[*start..]))
    }
}

/// Returns whether a line belongs to the line before it, or is too short to tell.
fn may_continue(line: &[u8]) -> bool {
    let is_cut = |start: &[u8]| line.len() < start.len() && start.starts_with(line);
    is_continuation(line) || is_cut(b"Caused by") || is_cut(b"data:")
}

impl Default for LogFilter {
    fn default() -> Self {
        Self::new()
    }
}
