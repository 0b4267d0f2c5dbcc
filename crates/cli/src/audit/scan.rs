//! Reads one part of a log: finds the records that may contain an error, and counts the errors.

use std::io::{self, Read};

use mcp_error_codes::LogFilter;

use super::sighting::sightings;
use super::tally::Tally;
use crate::logs::occurrence::time_of;
use crate::logs::place::Place;
use crate::logs::time::Millis;

/// The settings that every part is read with.
#[derive(Debug)]
pub(super) struct Scan {
    filter: LogFilter,
    /// The text in a line that marks a deploy.
    deploy: Option<Vec<u8>>,
}

/// The size of a read. The buffer fits into a processor's cache, together with the data of the filter.
const BLOCK: usize = 256 * 1024;

impl Scan {
    pub(super) fn new(deploy: Option<&str>) -> Self {
        Self { filter: LogFilter::new(), deploy: deploy.map(|text| text.as_bytes().to_vec()) }
    }

    /// Reads all of an input, which starts with a record. `server` is the server that the whole log is about.
    ///
    /// # Errors
    /// The errors of the input.
    pub(super) fn read(
        &self,
        mut input: impl Read,
        server: Option<&str>,
        mut progress: impl FnMut(u64),
    ) -> io::Result<Tally> {
        let mut tally = Tally::default();
        let mut buffer = vec![0; BLOCK];
        let mut filled = 0;
        loop {
            if filled == buffer.len() {
                // One record fills the buffer.
                buffer.resize((buffer.len() * 2).min(BLOCK + LogFilter::MAX_RECORD), 0);
            }
            let read = match input.read(&mut buffer[filled..]) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            filled += read;
            let is_end = read == 0;
            let whole = match is_end {
                true => filled,
                false if filled < BLOCK => continue,
                false => {
                    let is_too_long = filled == BLOCK + LogFilter::MAX_RECORD;
                    LogFilter::complete(&buffer[..filled]).unwrap_or(if is_too_long { filled } else { 0 })
                }
            };
            self.block(&buffer[..whole], server, &mut tally);
            progress(whole as u64);
            tally.bytes += whole as u64;
            buffer.copy_within(whole..filled, 0);
            filled -= whole;
            if is_end {
                return Ok(tally);
            }
        }
    }

    /// Reads a block of complete records.
    fn block(&self, block: &[u8], server: Option<&str>, tally: &mut Tally) {
        for range in self.filter.records(block) {
            let record = String::from_utf8_lossy(&block[range]);
            for mut seen in sightings(&record) {
                if seen.server.is_none() {
                    seen.server = server.map(str::to_owned);
                }
                tally.add(seen);
            }
        }
        // The log may continue long after its last error.
        let mut lines = block.split(|byte| *byte == b'\n').take(LINES);
        let first = lines.find_map(time_of_line);
        let last = block.rsplit(|byte| *byte == b'\n').take(LINES).find_map(time_of_line);
        first.into_iter().chain(last).for_each(|time| tally.see(time));
        if let Some(deploy) = &self.deploy
            && let Some(line) = last_line_with(block, deploy)
        {
            tally.deploy = tally.deploy.max(time_of_line(line));
        }
    }
}

/// This many lines at each end of a block are searched for a time.
const LINES: usize = 16;

fn time_of_line(line: &[u8]) -> Option<Millis> {
    let line = String::from_utf8_lossy(&line[..line.len().min(4096)]);
    // A line begins with its time, or contains it in a member.
    time_of(&line).or_else(|| Place::of(&line).time)
}

fn last_line_with<'b>(block: &'b [u8], text: &[u8]) -> Option<&'b [u8]> {
    let at = memchr::memmem::rfind(block, text)?;
    let start = memchr::memrchr(b'\n', &block[..at]).map_or(0, |end| end + 1);
    let end = memchr::memchr(b'\n', &block[at..]).map_or(block.len(), |end| at + end);
    Some(&block[start..end])
}
