//! Ingests a log into the store. Errors and the position up to which the log was read are written in one transaction, so a restart
//! after a crash neither loses an error nor counts one twice.

use rusqlite::TransactionBehavior;

use crate::logs::entries::Entries;
use crate::logs::log::Log;
use crate::logs::occurrence::occurrences;
use crate::store::database::Store;
use crate::store::put::{Place, Put, delete_from};
use crate::store::row::Row;
use crate::store::source::{Problem, Source, identify};

/// How many errors of a log are new to the store, and how many have changed because their entry has grown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) new: usize,
    pub(crate) changed: usize,
}

/// A part of a log that is written in one transaction.
#[derive(Debug, Default)]
struct Batch {
    entries: Vec<(u64, Vec<Row>)>,
    errors: usize,
    /// The position after it where the next read starts, the bytes before that position, and how far the log was read.
    read_to: u64,
    before: Vec<u8>,
    size: u64,
}

impl Batch {
    const MAX_ERRORS: usize = 1000;
    const MAX_BYTES: u64 = 8 * 1024 * 1024;
}

impl Store {
    /// Ingests the new part of a log.
    pub(crate) fn take(&mut self, log: &Log) -> Result<Taken, Problem> {
        let mut taken = Taken::default();
        while !self.take_once(log, &mut taken)? {}
        Ok(taken)
    }

    /// Ingests the new part of a log. Returns `false` if another command has ingested the same log meanwhile.
    fn take_once(&mut self, log: &Log, taken: &mut Taken) -> Result<bool, Problem> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let source = identify(&transaction, log)?;
        transaction.commit()?;
        let Some(mut source) = source else { return Ok(true) };

        let mut entries = Entries::new(log.reader(source.read_to)?, source.read_to, source.before.clone());
        let mut is_first = true;
        loop {
            let (batch, end) = read(&mut entries);
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if !source.is_current(&transaction)? {
                return Ok(false);
            }
            let written = write(&transaction, &mut source, &batch, is_first)?;
            transaction.commit()?;
            taken.new += written.new;
            taken.changed += written.changed;
            is_first = false;
            match end {
                End::OfBatch => {}
                End::OfLog => return Ok(true),
                End::Broken(error) => return Err(error.into()),
            }
        }
    }
}

/// Why a batch ends.
enum End {
    OfBatch,
    OfLog,
    Broken(std::io::Error),
}

fn read<R: std::io::BufRead>(entries: &mut Entries<R>) -> (Batch, End) {
    let start = entries.next_offset();
    let mut batch = Batch { read_to: start, size: start, ..Batch::default() };
    loop {
        if batch.errors >= Batch::MAX_ERRORS || entries.next_offset() - start >= Batch::MAX_BYTES {
            batch.read_to = entries.next_offset();
            batch.before = entries.window_before_next().to_owned();
            return (batch, End::OfBatch);
        }
        let entry = match entries.next() {
            Ok(Some(entry)) => entry,
            Ok(None) => {
                batch.before = entries.window_before_next().to_owned();
                return (batch, End::OfLog);
            }
            Err(error) => {
                batch.before = entries.window_before_entry().to_owned();
                return (batch, End::Broken(error));
            }
        };
        let rows: Vec<Row> = occurrences(&entry.text).into_iter().map(Row::from).collect();
        batch.errors += rows.len();
        batch.size = entries.next_offset();
        // The first entry may no longer have its errors.
        if batch.entries.is_empty() || !rows.is_empty() {
            batch.entries.push((entry.offset, rows));
        }
        batch.read_to = entry.offset;
        if entry.is_last {
            batch.before = entries.window_before_entry().to_owned();
            return (batch, End::OfLog);
        }
    }
}

fn write(
    connection: &rusqlite::Connection,
    source: &mut Source,
    batch: &Batch,
    is_first: bool,
) -> rusqlite::Result<Taken> {
    let mut taken = Taken::default();
    for (at, (offset, rows)) in batch.entries.iter().enumerate() {
        let place = |position| Place { source: source.id, offset: *offset, position };
        if at == 0 && is_first {
            // This was the last entry of the previous read, and may have been incomplete then.
            delete_from(connection, place(rows.len()))?;
        }
        for (position, row) in rows.iter().enumerate() {
            match row.put(connection, place(position))? {
                Put::New => taken.new += 1,
                Put::Changed => taken.changed += 1,
                Put::Known => {}
            }
        }
    }
    source.advance(connection, batch.read_to, &batch.before, batch.size)?;
    Ok(taken)
}
