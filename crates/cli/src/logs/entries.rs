//! Splits a log into its entries: a line, and the indented lines below it.

use std::io::{self, BufRead};

/// An entry of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Where it begins, in bytes of the decompressed log.
    pub(crate) offset: u64,
    /// Its lines. Invalid UTF-8 is replaced.
    pub(crate) text: String,
    /// Whether it is the last entry of the log, which may grow later.
    pub(crate) is_last: bool,
}

/// Reads the entries of a log in order. Memory does not grow with the length of a line: bytes beyond [`Entries::MAX_LENGTH`] are
/// skipped.
#[derive(Debug)]
pub(crate) struct Entries<R> {
    input: R,
    /// The last line read, which belongs to the next entry.
    next: Line,
    /// The bytes before the entry: at least [`Entries::WINDOW`] of them, if there are that many.
    before: Vec<u8>,
    /// The bytes of the entry.
    lines: Vec<u8>,
    /// The last bytes that were cut from the entry.
    cut: Vec<u8>,
}

#[derive(Debug, Default)]
struct Line {
    offset: u64,
    bytes: Vec<u8>,
    /// The last bytes that were cut.
    cut: Vec<u8>,
    /// The length in the log, which is greater than that of `bytes` if the line was cut.
    length: u64,
}

impl<R: BufRead> Entries<R> {
    /// The maximum length of an error.
    const MAX_LENGTH: usize = 1024 * 1024;
    /// How many bytes before an entry are kept.
    pub(crate) const WINDOW: usize = 4096;

    /// Starts at an offset that the input has already reached. `before` contains the last bytes before that offset.
    pub(crate) fn new(input: R, offset: u64, before: Vec<u8>) -> Self {
        let next = Line { offset, ..Line::default() };
        Self { input, next, before, lines: Vec::new(), cut: Vec::new() }
    }

    /// Returns where the next entry begins.
    pub(crate) fn next_offset(&self) -> u64 {
        self.next.offset
    }

    /// Returns the last bytes before the entry that was returned last.
    pub(crate) fn window_before_entry(&self) -> &[u8] {
        last(&self.before, Self::WINDOW)
    }

    /// Returns the last bytes before the next entry.
    pub(crate) fn window_before_next(&mut self) -> &[u8] {
        self.forget_entry();
        last(&self.before, Self::WINDOW)
    }

    fn forget_entry(&mut self) {
        const SLACK: usize = 64 * 1024;
        self.before.append(&mut self.lines);
        self.before.append(&mut self.cut);
        if self.before.len() > SLACK {
            self.before.drain(..self.before.len() - Self::WINDOW);
        }
    }

    /// Returns the next entry, or `None` at the end of the log.
    ///
    /// # Errors
    /// The errors of the input. Entries that were read before remain valid.
    pub(crate) fn next(&mut self) -> io::Result<Option<Entry>> {
        if self.next.length == 0 {
            self.read_line()?;
        }
        if self.next.length == 0 {
            return Ok(None);
        }
        let offset = self.next.offset;
        self.forget_entry();
        self.take_line();
        let is_json = matches!(self.lines.trim_ascii_start().first(), Some(b'{' | b'['));
        loop {
            self.read_line()?;
            let continues = match self.next.bytes.first() {
                Some(b' ' | b'\t') => true,
                // The end of a JSON value that spans several lines.
                Some(b'}' | b']') => is_json,
                _ => false,
            };
            if !continues {
                break;
            }
            self.take_line();
        }
        let text = String::from_utf8_lossy(&self.lines).into_owned();
        Ok(Some(Entry { offset, text, is_last: self.next.length == 0 }))
    }

    fn take_line(&mut self) {
        let room = Self::MAX_LENGTH.saturating_sub(self.lines.len()).min(self.next.bytes.len());
        self.lines.extend_from_slice(&self.next.bytes[..room]);
        push_last(&mut self.cut, &self.next.bytes[room..], Self::WINDOW);
        push_last(&mut self.cut, &self.next.cut, Self::WINDOW);
    }

    /// Reads the line after `next`. At the end of the log, `next` stays empty.
    fn read_line(&mut self) -> io::Result<()> {
        let line = &mut self.next;
        line.offset += line.length;
        line.bytes.clear();
        line.cut.clear();
        line.length = 0;
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                return Ok(());
            }
            let end = available.iter().position(|byte| *byte == b'\n');
            let part = end.map_or(available.len(), |end| end + 1);
            let room = Self::MAX_LENGTH.saturating_sub(line.bytes.len()).min(part);
            line.bytes.extend_from_slice(&available[..room]);
            push_last(&mut line.cut, &available[room..part], Self::WINDOW);
            line.length += part as u64;
            self.input.consume(part);
            if end.is_some() {
                return Ok(());
            }
        }
    }
}

/// Returns the last bytes, up to a limit.
fn last(bytes: &[u8], length: usize) -> &[u8] {
    &bytes[bytes.len().saturating_sub(length)..]
}

/// Appends bytes, and keeps only the last ones.
fn push_last(bytes: &mut Vec<u8>, new: &[u8], length: usize) {
    bytes.extend_from_slice(last(new, length));
    bytes.drain(..bytes.len().saturating_sub(length));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(log: &[u8]) -> Vec<(u64, String, bool)> {
        let mut entries = Entries::new(log, 0, Vec::new());
        let next =
            || entries.next().expect("a slice can be read").map(|entry| (entry.offset, entry.text, entry.is_last));
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn indented_lines_belong_to_the_line_above() {
        let expected = [(0, "one\n  key: value\n".to_owned(), false), (17, "two".to_owned(), true)];
        assert_eq!(entries(b"one\n  key: value\ntwo"), expected);
        assert_eq!(entries(b""), []);
        assert_eq!(entries(b"{\n  \"a\": 1\n}\nnext\n").len(), 2);
    }

    #[test]
    fn a_line_of_any_length_is_cut_and_does_not_move_the_next_offset() {
        let mut log = vec![b'x'; Entries::<&[u8]>::MAX_LENGTH + 10];
        log.extend_from_slice(b"\nnext\n");
        let entries = entries(&log);
        assert_eq!(entries[0].1.len(), Entries::<&[u8]>::MAX_LENGTH);
        assert_eq!((entries[1].0, entries[1].1.as_str()), (log.len() as u64 - 5, "next\n"));
    }

    #[test]
    fn the_window_is_what_the_log_has_before_the_next_entry() {
        let long = "y".repeat(Entries::<&[u8]>::MAX_LENGTH + 5);
        let log = format!("one\n  key: value\n{long}\n{}\nlast", "z\n".repeat(60_000));
        let mut entries = Entries::new(log.as_bytes(), 0, Vec::new());
        while let Some(entry) = entries.next().expect("a slice can be read") {
            let offset = entry.offset as usize;
            assert!(log.as_bytes()[..offset].ends_with(entries.window_before_entry()));
            assert_eq!(entries.window_before_entry().len(), offset.min(Entries::<&[u8]>::WINDOW));
            let offset = entries.next_offset() as usize;
            assert!(log.as_bytes()[..offset].ends_with(entries.window_before_next()));
        }
    }
}
