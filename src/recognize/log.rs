use std::collections::BTreeMap;
use std::io::{self, Read};
use std::rc::Rc;

use crate::recognize::anchors::Anchors;
use crate::recognize::finding::{Finding, RecognizedError};
use crate::recognize::layer::Layer;
use crate::recognize::recognizer::Recognizer;
use crate::recognize::scan::{Context, Scanner};

/// The distinct errors in a log; see [`Recognizer::recognize_log`].
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct LogErrors {
    /// The distinct errors, in the order of their first occurrence.
    pub errors: Vec<LogError>,
    /// The number of errors that are not in the list because there are too many distinct ones.
    pub left_out: u64,
    /// The number of bytes read.
    pub bytes: u64,
}

/// An error in a log.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LogError {
    /// The first occurrence. The spans of its findings refer to the whole log.
    pub error: RecognizedError,
    /// The number of occurrences.
    pub count: u64,
}

/// The size of the blocks in which a log is read.
const BLOCK: usize = 1 << 18;
/// The maximum number of distinct errors that are kept.
const MAX_DISTINCT: usize = 10_000;
/// The maximum length of a record. A longer one is read in parts.
pub(super) const MAX_RECORD: usize = 1 << 20;

impl Recognizer<'_> {
    /// Recognizes the errors in a log of any size, in bounded memory.
    ///
    /// Two errors are the same if their first findings have the same code, scenario, number and certainty. An indented line
    /// belongs to the line before it. A record longer than 1 MiB is read in parts. An HTTP status alone is not an error
    /// in a log, because most server logs contain many.
    ///
    /// # Errors
    /// Returns the error of the reader.
    ///
    /// ```
    /// use mcp_error_codes::Recognizer;
    ///
    /// let log = "12:00:01 all is well\n".repeat(1000) + "12:00:02 MCP error -32000: Connection closed\n";
    /// let found = Recognizer::new().recognize_log(log.as_bytes())?;
    /// assert_eq!(found.errors.len(), 1);
    /// assert_eq!(found.errors[0].count, 1);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn recognize_log(self, mut log: impl Read) -> io::Result<LogErrors> {
        let anchors = Anchors::get();
        let mut reading = Reading {
            recognizer: self,
            context: self.context(),
            anchors: &anchors,
            found: LogErrors::default(),
            known: BTreeMap::new(),
        };
        let mut buffer = vec![0; BLOCK];
        let mut filled = 0;
        loop {
            if filled == buffer.len() {
                // A single record fills the buffer.
                buffer.resize((buffer.len() * 2).min(BLOCK + MAX_RECORD), 0);
            }
            let read = match log.read(&mut buffer[filled..]) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            filled += read;
            let is_end = read == 0;
            let complete = match is_end {
                true => filled,
                false if filled < BLOCK => continue,
                false => {
                    complete_records(&buffer[..filled]).unwrap_or(if filled < BLOCK + MAX_RECORD { 0 } else { filled })
                }
            };
            reading.block(&buffer[..complete]);
            buffer.copy_within(complete..filled, 0);
            filled -= complete;
            reading.found.bytes += u64::try_from(complete).unwrap_or(u64::MAX);
            if is_end {
                return Ok(reading.found);
            }
        }
    }
}

/// Returns the length of the complete records in a block. The last record may continue in the next block.
pub(super) fn complete_records(block: &[u8]) -> Option<usize> {
    let mut end = memchr::memrchr(b'\n', block)?;
    // The last line may continue in the next block.
    while let Some(start) = memchr::memrchr(b'\n', &block[..end]) {
        if !is_continuation(&block[start + 1..]) {
            return Some(start + 1);
        }
        end = start;
    }
    None
}

/// Returns whether a line belongs to the line before it.
pub(super) fn is_continuation(line: &[u8]) -> bool {
    match line.first() {
        Some(b' ' | b'\t' | b'}' | b']' | b')') => true,
        _ => line.starts_with(b"Caused by") || line.starts_with(b"data:"),
    }
}

struct Reading<'r> {
    recognizer: Recognizer<'r>,
    context: Context,
    anchors: &'r Anchors,
    found: LogErrors,
    known: BTreeMap<Key, usize>,
}

/// The identity of an error: the code or claim, the scenario, the certainty, and the number.
type Key = (usize, usize, u8, Option<i64>);

impl Reading<'_> {
    /// Reads a block of complete records.
    fn block(&mut self, block: &[u8]) {
        let mut search = self.anchors.filter().search(block);
        let mut at = 0;
        while let Some(hit) = search.next(at) {
            let start = record_start(block, at, hit);
            let end = record_end(block, hit);
            self.record(&block[start..end], start);
            at = end;
        }
    }

    fn record(&mut self, record: &[u8], at: usize) {
        let layer = Rc::new(Layer::bottom(record));
        let mut is_new = false;
        for error in self.read(&layer, true) {
            let Some(key) = error.findings.first().map(key) else { continue };
            match self.known.get(&key) {
                Some(known) => self.found.errors[*known].count += 1,
                None if self.found.errors.len() == MAX_DISTINCT => self.found.left_out += 1,
                None => is_new = true,
            }
        }
        if is_new {
            self.keep(&layer, at);
        }
    }

    /// Reads a record again, in full, and keeps the errors that are new.
    fn keep(&mut self, layer: &Rc<Layer<'_>>, at: usize) {
        let first = self.found.errors.len();
        for mut error in self.read(layer, false) {
            let Some(key) = error.findings.first().map(key) else { continue };
            match self.known.get(&key) {
                // The first pass already counted it.
                Some(known) if *known < first => {}
                Some(known) => self.found.errors[*known].count += 1,
                None if self.found.errors.len() == MAX_DISTINCT => self.found.left_out += 1,
                None => {
                    let offset = usize::try_from(self.found.bytes).unwrap_or(usize::MAX).saturating_add(at);
                    error.move_by(offset);
                    self.known.insert(key, self.found.errors.len());
                    self.found.errors.push(LogError { error, count: 1 });
                }
            }
        }
    }

    fn read(&self, layer: &Rc<Layer<'_>>, is_brief: bool) -> Vec<RecognizedError> {
        let mut scanner = Scanner::new(self.anchors, self.recognizer.system, layer.text().len());
        scanner.is_brief = is_brief;
        scanner.text(layer, 0..layer.text().len(), &self.context);
        scanner.finish()
    }
}

fn key(finding: &Finding) -> Key {
    let address = |record: Option<usize>| record.unwrap_or_default();
    let meaning = finding.record().map(|record| std::ptr::from_ref(record).addr());
    let meaning = meaning.or_else(|| finding.claim().map(|claim| std::ptr::from_ref(claim).addr()));
    let scenario = finding.scenario().map(|scenario| std::ptr::from_ref(scenario).addr());
    (address(meaning), address(scenario), finding.certainty() as u8, finding.number())
}

/// Returns the start of the record that contains a hit, but no earlier than `from`.
pub(super) fn record_start(block: &[u8], from: usize, hit: usize) -> usize {
    let mut end = hit;
    loop {
        let start = memchr::memrchr(b'\n', &block[from..end]).map_or(from, |found| from + found + 1);
        if start == from || !is_continuation(&block[start..]) || hit - start > MAX_RECORD {
            return start;
        }
        end = start - 1;
    }
}

pub(super) fn record_end(block: &[u8], hit: usize) -> usize {
    let mut at = hit;
    loop {
        let Some(found) = memchr::memchr(b'\n', &block[at..]) else { return block.len() };
        at += found + 1;
        if !is_continuation(&block[at..]) || at - hit > MAX_RECORD {
            return at;
        }
    }
}
