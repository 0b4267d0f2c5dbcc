//! The log readers of the command: entries, the errors in them, and the audit. The files are those of the command.
#![no_main]
// The targets use a part of these files.
#![allow(dead_code)]

use std::io::{BufReader, Read};

use arbitrary::{Result, Unstructured};
use fuzz::form::Form;
use fuzz::{change, draw, error};
use libfuzzer_sys::fuzz_target;

#[path = "../../crates/cli/src/logs"]
mod logs {
    pub(crate) mod entries;
    pub(crate) mod known_code;
    pub(crate) mod logfmt;
    pub(crate) mod members;
    pub(crate) mod occurrence;
    pub(crate) mod place;
    pub(crate) mod time;
}

#[path = "../../crates/cli/src/audit"]
mod audit {
    pub(crate) mod histogram;
    pub(crate) mod scan;
    pub(crate) mod sighting;
    pub(crate) mod tally;

    /// Its tables are created once, as the command does.
    static SCAN: std::sync::LazyLock<scan::Scan> = std::sync::LazyLock::new(|| scan::Scan::new(Some("deploy")));

    /// Counts what is in a log.
    pub(crate) fn bytes(input: impl std::io::Read) -> u64 {
        let tally = SCAN.read(input, None, |_| {});
        tally.expect("memory can be read").bytes
    }
}

use logs::entries::Entries;
use logs::logfmt;
use logs::occurrence::{all_occurrences, occurrences};
use logs::place::Place;
use logs::time;

/// Lines of logs, each with an error, something like it, or neither.
fn written(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut log = Vec::new();
    for _ in 0..u.int_in_range(1..=4)? {
        log.extend(match u.int_in_range(0..=3)? {
            0 => Form::LogEntry.write(&error::error(u, 1)?).into_bytes(),
            1 => Form::LogLine.write(&error::error(u, 1)?).into_bytes(),
            2 => {
                let text = u.choose(&Form::ALL)?.write(&error::error(u, 1)?).into_bytes();
                change::wrapped(u, text)?
            }
            _ => {
                let text = draw::pieces(u)?;
                change::wrapped(u, text)?
            }
        });
        log.push(b'\n');
    }
    change::some(u, log)
}

/// A reader that returns a few bytes at a time.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(self.0.len()).min(7);
        let (now, later) = self.0.split_at(length);
        buffer[..length].copy_from_slice(now);
        self.0 = later;
        Ok(length)
    }
}

fuzz_target!(|input: &[u8]| {
    let log = fuzz::text(input, written);
    let mut entries = Entries::new(log.as_slice(), 0, Vec::new());
    let mut slow = Entries::new(BufReader::with_capacity(7, Slow(&log)), 0, Vec::new());
    while let Some(entry) = entries.next().expect("memory can be read") {
        assert_eq!(slow.next().expect("memory can be read").as_ref(), Some(&entry), "blocks change an entry");
        assert!(entry.offset < entries.next_offset() && entries.next_offset() <= log.len() as u64);
        let known = occurrences(&entry.text).len();
        assert!(known <= all_occurrences(&entry.text).len());
        let _ = (logfmt::members(&entry.text), Place::of(&entry.text), time::parse(&entry.text));
        let _ = (time::parse_cell(&entry.text), time::Length::parse(&entry.text), time::Moment::parse(&entry.text));
    }
    assert_eq!(slow.next().expect("memory can be read"), None);
    assert_eq!(audit::bytes(log.as_slice()), log.len() as u64);
    assert_eq!(audit::bytes(Slow(&log)), log.len() as u64);
});
