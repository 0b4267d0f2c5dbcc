//! Identifies logs. A log keeps its identity when a rotation renames, copies or compresses it. If it is emptied, what is written
//! afterwards is another log.

use std::io;

use rusqlite::{Connection, OptionalExtension, Row as SqlRow};

use crate::logs::entries::Entries;
use crate::logs::log::{Inode, Log};
use crate::logs::occurrence::occurrences;
use crate::store::fingerprint::Fingerprint;
use crate::store::put::Place;
use crate::store::row::Row;

/// A log in the store, and the position up to which it was read.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) id: i64,
    pub(crate) read_to: u64,
    /// The last bytes before that position.
    pub(crate) before: Vec<u8>,
}

/// Why a log could not be ingested.
#[derive(Debug)]
pub(crate) enum Problem {
    Log(io::Error),
    Store(rusqlite::Error),
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Log(error)
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

/// A row of `mcp_sources`.
#[derive(Debug)]
struct Known {
    id: i64,
    head: Fingerprint,
    tail: Fingerprint,
    read_to: u64,
    size: u64,
}

impl Known {
    fn read(row: &SqlRow<'_>) -> rusqlite::Result<Self> {
        let unsigned = |name| row.get::<_, i64>(name).map(i64::cast_unsigned);
        let length = |name| row.get::<_, i64>(name).map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        Ok(Self {
            id: row.get("id")?,
            head: Fingerprint { length: length("head_length")?, hash: row.get("head_hash")? },
            tail: Fingerprint { length: length("tail_length")?, hash: row.get("tail_hash")? },
            read_to: unsigned("read_to")?,
            size: unsigned("size")?,
        })
    }

    /// Returns the bytes before the position up to which this log was read, if the log still contains everything up to it.
    fn continues_in(&self, log: &Log) -> io::Result<Option<Vec<u8>>> {
        let has_shrunk = self.size > 0 && log.range(self.size - 1, 1)?.is_empty();
        let before = log.range(self.read_to.saturating_sub(self.tail.length as u64), self.tail.length)?;
        Ok((!has_shrunk && Fingerprint::of(&before) == self.tail).then_some(before))
    }
}

/// Finds the log in the store, or adds it. Returns `None` if it is empty or a part of a log that was read before.
pub(crate) fn identify(connection: &Connection, log: &Log) -> Result<Option<Source>, Problem> {
    let head = log.range(0, Fingerprint::MAX_LENGTH)?;
    if head.is_empty() {
        return Ok(None);
    }
    let inode = log.inode()?;
    let path = log.path().display().to_string();
    let mut cut = Vec::new();
    for known in candidates(connection, &head, inode, &path)? {
        if known.head.begins(&head) {
            if let Some(before) = known.continues_in(log)? {
                see(connection, known.id, &head, inode, &path)?;
                return Ok(Some(Source { id: known.id, read_to: known.read_to, before }));
            }
            cut.push(known.id);
        } else if known.head.length > head.len() {
            cut.push(known.id);
        }
    }
    // The log was truncated, and may have been written to since. What is left of the earlier log is in the store already.
    let Some((read_to, before)) = first_difference(connection, log, &cut)? else { return Ok(None) };
    let tail = Fingerprint::of(&before);
    let mut insert = connection.prepare_cached(
        "INSERT INTO mcp_sources (path, device, inode, head_length, head_hash, tail_length, tail_hash, read_to, size) \
         VALUES (?1, ?2, ?3, 0, 0, ?4, ?5, ?6, ?6)",
    )?;
    let id = insert.insert((
        &path,
        inode.device.cast_signed(),
        inode.number.cast_signed(),
        tail.length as i64,
        tail.hash,
        read_to.cast_signed(),
    ))?;
    see(connection, id, &head, inode, &path)?;
    Ok(Some(Source { id, read_to, before }))
}

/// Returns the logs that this one may be, the longest first.
fn candidates(connection: &Connection, head: &[u8], inode: Inode, path: &str) -> rusqlite::Result<Vec<Known>> {
    let mut lengths =
        connection.prepare_cached("SELECT DISTINCT head_length FROM mcp_sources WHERE head_length <= ?1")?;
    let lengths = lengths.query_map([head.len() as i64], |row| row.get::<_, i64>(0))?;
    let mut by_head =
        connection.prepare_cached("SELECT * FROM mcp_sources WHERE head_length = ?1 AND head_hash = ?2")?;
    let mut all = Vec::new();
    for length in lengths {
        let length = length?;
        let start = usize::try_from(length).ok().and_then(|length| head.get(..length)).unwrap_or_default();
        let found = by_head.query_map((length, Fingerprint::of(start).hash), Known::read)?;
        all.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    // A log that has become shorter has a different head.
    let mut by_name = connection
        .prepare_cached("SELECT * FROM mcp_sources WHERE (inode = ?1 AND device = ?2 AND inode <> 0) OR path = ?3")?;
    let found = by_name.query_map((inode.number.cast_signed(), inode.device.cast_signed(), path), Known::read)?;
    all.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
    all.sort_by_key(|known| (std::cmp::Reverse(known.read_to), known.id));
    all.dedup_by_key(|known| known.id);
    Ok(all)
}

/// Returns the first position that contains errors which no source has there, with the bytes before it, or `None` if there is no
/// such position. An error without a time never counts as known.
fn first_difference(connection: &Connection, log: &Log, sources: &[i64]) -> Result<Option<(u64, Vec<u8>)>, Problem> {
    if sources.is_empty() {
        return Ok(Some((0, Vec::new())));
    }
    let mut entries = Entries::new(log.reader(0)?, 0, Vec::new());
    while let Some(entry) = entries.next()? {
        for (position, row) in occurrences(&entry.text).into_iter().map(Row::from).enumerate() {
            let mut is_known = false;
            for source in sources {
                is_known =
                    is_known || row.is_at(connection, Place { source: *source, offset: entry.offset, position })?;
            }
            if !is_known {
                return Ok(Some((entry.offset, entries.window_before_entry().to_owned())));
            }
        }
    }
    Ok(None)
}

/// Stores the current path of a log, and its head, which grows until it is long enough.
fn see(connection: &Connection, id: i64, head: &[u8], inode: Inode, path: &str) -> rusqlite::Result<()> {
    let head = Fingerprint::of(head);
    let mut update = connection.prepare_cached(
        "UPDATE mcp_sources SET path = ?2, device = ?3, inode = ?4, head_length = ?5, head_hash = ?6 WHERE id = ?1",
    )?;
    update.execute((
        id,
        path,
        inode.device.cast_signed(),
        inode.number.cast_signed(),
        head.length as i64,
        head.hash,
    ))?;
    Ok(())
}

impl Source {
    /// Returns whether no other command has read further since.
    pub(crate) fn is_current(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let mut find = connection.prepare_cached("SELECT read_to FROM mcp_sources WHERE id = ?1")?;
        let read_to = find.query_row([self.id], |row| row.get::<_, i64>(0)).optional()?;
        Ok(read_to == Some(self.read_to.cast_signed()))
    }

    /// Updates the position up to which the log was read; `size` is the length that was read.
    pub(crate) fn advance(
        &mut self,
        connection: &Connection,
        read_to: u64,
        before: &[u8],
        size: u64,
    ) -> rusqlite::Result<()> {
        let tail = Fingerprint::of(before);
        let mut update = connection.prepare_cached(
            "UPDATE mcp_sources SET read_to = ?2, tail_length = ?3, tail_hash = ?4, size = ?5 WHERE id = ?1",
        )?;
        update.execute((self.id, read_to.cast_signed(), tail.length as i64, tail.hash, size.cast_signed()))?;
        self.read_to = read_to;
        Ok(())
    }
}
