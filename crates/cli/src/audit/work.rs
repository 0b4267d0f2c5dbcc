//! Distributes the work on many logs, and on the parts of a large one, over the processors.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use mcp_error_codes::LogFilter;

use super::progress::Progress;
use super::scan::Scan;
use super::tally::Tally;
use crate::logs::log::Log;
use crate::logs::place::Place;

/// A log and its counts.
#[derive(Debug)]
pub(super) struct Audited {
    pub(super) name: String,
    /// The counts, or why the log was skipped.
    pub(super) result: Result<Tally, String>,
}

/// A log to read.
#[derive(Debug)]
pub(super) enum Source {
    File(PathBuf),
    StandardInput,
}

/// A part of a log that one thread reads.
#[derive(Debug)]
struct Part<'s> {
    log: usize,
    source: &'s Source,
    /// The start and the end, if it is a part of a plain file.
    range: Option<(u64, u64)>,
}

/// The size of the parts of a plain file.
const PART: u64 = 16 * 1024 * 1024;
/// More threads are not faster.
const MAX_THREADS: usize = 16;

/// Reads the logs, and returns the counts of each, in the order of the sources.
pub(super) fn audit(sources: &[Source], scan: &Scan, progress: &Progress) -> Vec<Audited> {
    let mut logs: Vec<Audited> = Vec::new();
    let mut parts = Vec::new();
    for (log, source) in sources.iter().enumerate() {
        let result = match parts_of(log, source) {
            Ok(of_log) => {
                parts.extend(of_log);
                Ok(Tally::default())
            }
            Err(problem) => Err(problem),
        };
        logs.push(Audited { name: source.name(), result });
    }
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS).min(parts.len().max(1));
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        // A result waits for the parts before it, so the queue is short.
        let (done, results) = sync_channel(threads * 2);
        for _ in 0..threads {
            let done = done.clone();
            let (parts, next) = (&parts, &next);
            scope.spawn(move || work(parts, next, scan, progress, &done));
        }
        drop(done);
        collect(&parts, &results, &mut logs);
    });
    logs
}

fn work(
    parts: &[Part<'_>],
    next: &AtomicUsize,
    scan: &Scan,
    progress: &Progress,
    done: &SyncSender<(usize, Result<Tally, String>)>,
) {
    loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let Some(part) = parts.get(at) else { return };
        let tally = part.read(scan, progress).map_err(|error| error.to_string());
        if done.send((at, tally)).is_err() {
            return;
        }
    }
}

/// Adds up the results in the order of the parts. If a part of a log cannot be read, the whole log is not counted.
fn collect(parts: &[Part<'_>], results: &Receiver<(usize, Result<Tally, String>)>, logs: &mut [Audited]) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (at, result) in results {
        waiting.insert(at, result);
        while let Some(result) = waiting.remove(&next) {
            let log = &mut logs[parts[next].log].result;
            match (log, result) {
                (Ok(all), Ok(tally)) => all.append(tally),
                (log @ Ok(_), Err(problem)) => *log = Err(problem),
                (Err(_), _) => {}
            }
            next += 1;
        }
    }
}

fn parts_of(log: usize, source: &Source) -> Result<Vec<Part<'_>>, String> {
    let whole = |range| vec![Part { log, source, range }];
    let Source::File(path) = source else { return Ok(whole(None)) };
    if is_stream(path) {
        return Ok(whole(None));
    }
    let opened = Log::open(path).map_err(|error| error.to_string())?;
    if !opened.is_text().map_err(|error| error.to_string())? {
        return Err(NO_TEXT.to_owned());
    }
    if opened.is_packed() {
        return Ok(whole(None));
    }
    let length = opened.length().map_err(|error| error.to_string())?;
    if length <= PART {
        return Ok(whole(None));
    }
    let starts = (0..length.div_ceil(PART)).map(|at| at * PART);
    Ok(starts.map(|start| Part { log, source, range: Some((start, start + PART)) }).collect())
}

const NO_TEXT: &str = "it is not text";

impl Part<'_> {
    fn read(&self, scan: &Scan, progress: &Progress) -> io::Result<Tally> {
        let advance = |bytes| progress.advance(bytes);
        let path = match self.source {
            Source::File(path) if is_stream(path) => {
                return scan.read(Unpacked::new(File::open(path)?)?, None, advance);
            }
            Source::File(path) => path,
            Source::StandardInput => return scan.read(Unpacked::new(io::stdin().lock())?, None, advance),
        };
        let server = path.file_name().and_then(|name| name.to_str()).and_then(Place::server_of_file);
        let Some((start, end)) = self.range else {
            let log = Log::open(path)?;
            return scan.read(log.reader(0)?, server, advance);
        };
        let mut file = File::open(path)?;
        let start = boundary(&mut file, start)?;
        let end = boundary(&mut file, end)?;
        file.seek(SeekFrom::Start(start))?;
        scan.read(file.take(end.saturating_sub(start)), server, advance)
    }
}

/// Returns the start of the first record at or after a position. The part before it and the part after it use the same rule.
fn boundary(file: &mut File, at: u64) -> io::Result<u64> {
    if at == 0 {
        return Ok(0);
    }
    const STEP: usize = 64 * 1024;
    // This looks for the line end before the record, so it reads one byte more.
    file.seek(SeekFrom::Start(at - 1))?;
    let mut bytes = Vec::new();
    loop {
        let length = bytes.len();
        let read = file.by_ref().take(STEP as u64).read_to_end(&mut bytes)?;
        match LogFilter::next_record(&bytes) {
            Some(start) => return Ok(at - 1 + start as u64),
            None if read == 0 => return Ok(at - 1 + length as u64),
            // A longer record is read in parts.
            None if bytes.len() > LogFilter::MAX_RECORD => return Ok(at),
            None => {}
        }
    }
}

impl Source {
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::StandardInput => "standard input".to_owned(),
        }
    }
}

/// Returns whether a path is a pipe or a device, which can be read only once and has no length.
fn is_stream(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file())
}

/// A stream, decompressed if it is compressed.
struct Unpacked<R: Read> {
    head: Vec<u8>,
    input: Packed<R>,
    at: usize,
}

enum Packed<R: Read> {
    Plain(R),
    Gzip(Box<flate2::read::MultiGzDecoder<Start<R>>>),
    Zstd(zstd::stream::read::Decoder<'static, io::BufReader<Start<R>>>),
}

type Start<R> = io::Chain<io::Cursor<Vec<u8>>, R>;

impl<R: Read> Unpacked<R> {
    fn new(mut input: R) -> io::Result<Self> {
        let mut start = Vec::new();
        input.by_ref().take(4).read_to_end(&mut start)?;
        let mut input = match start[..] {
            [0x1f, 0x8b, ..] => Packed::Gzip(Box::new(flate2::read::MultiGzDecoder::new(
                io::Cursor::new(start.split_off(0)).chain(input),
            ))),
            [0x28, 0xb5, 0x2f, 0xfd] => {
                Packed::Zstd(zstd::stream::read::Decoder::new(io::Cursor::new(start.split_off(0)).chain(input))?)
            }
            _ => Packed::Plain(input),
        };
        let mut head = start;
        let missing = Log::HEAD.saturating_sub(head.len()) as u64;
        input.by_ref().take(missing).read_to_end(&mut head)?;
        if head.contains(&0) {
            return Err(io::Error::other(NO_TEXT));
        }
        Ok(Self { head, input, at: 0 })
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = &self.head[self.at..];
        if rest.is_empty() {
            return self.input.read(buffer);
        }
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        Ok(length)
    }
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(input) => input.read(buffer),
            Self::Gzip(input) => input.read(buffer),
            Self::Zstd(input) => input.read(buffer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_agree_where_a_part_ends() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.log");
        let mut log = String::new();
        for at in 0..2_000 {
            log += &format!("line {at}\n");
            if at % 3 == 0 {
                log += "  key: value\n\tmore\n";
            }
            if at % 100 == 0 {
                log += &format!("{}\n", "x".repeat(100_000));
            }
        }
        std::fs::write(&path, &log)?;
        let mut file = File::open(&path)?;
        let mut last = 0;
        for at in (0..log.len() as u64 + 10).step_by(997) {
            let start = boundary(&mut file, at)?;
            assert!(start >= at.min(log.len() as u64) && start >= last, "{at} {start} {last}");
            let place = usize::try_from(start).unwrap_or_default();
            let is_start = place == 0 || log.as_bytes()[place - 1] == b'\n';
            assert!(is_start && !log[place..].starts_with([' ', '\t']), "{at}");
            last = start;
        }
        Ok(())
    }
}
