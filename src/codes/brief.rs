//! The records with which errors are made.

use mcp_error_codes_core::Record;
use mcp_error_codes_core::brief::Rows;
use once_cell::sync::OnceCell;

/// The records of a registry, each of which is made when it is first needed.
#[derive(Debug)]
pub struct Brief {
    rows: Rows,
    made: &'static [OnceCell<Made>],
}

/// A record that has been made.
///
/// Its place is in the program from the start, so making it allocates nothing. An empty place consists of zeros only, which a file
/// does not contain: the only value of the mark is 1, so 0 means that there is no record. The mark is as wide as a pointer, because the
/// compiler uses the field with the most unused values, and a narrower mark has fewer than some field of the record.
#[derive(Debug)]
pub struct Made {
    _mark: Mark,
    record: Record,
}

#[derive(Debug)]
#[repr(usize)]
enum Mark {
    Made = 1,
}

impl Brief {
    /// Creates places for so many records.
    #[must_use]
    pub const fn places<const N: usize>() -> [OnceCell<Made>; N] {
        [const { OnceCell::new() }; N]
    }

    /// Creates the records of the rows. There are as many places as rows.
    #[must_use]
    pub const fn new(rows: Rows, made: &'static [OnceCell<Made>]) -> Self {
        Self { rows, made }
    }

    /// Returns the record with which errors of a code are made.
    #[must_use]
    #[inline]
    pub fn record(&'static self, index: u16) -> &'static Record {
        let made = &self.made[usize::from(index)];
        let made = made.get().unwrap_or_else(|| self.make(made, index));
        &made.record
    }

    #[cold]
    fn make(&'static self, made: &'static OnceCell<Made>, index: u16) -> &'static Made {
        made.get_or_init(|| Made { _mark: Mark::Made, record: self.rows.record(index) })
    }

    /// Returns the text of a code.
    #[must_use]
    #[inline]
    pub const fn code(&self, index: u16) -> &'static str {
        self.rows.code(index)
    }

    /// Returns the number of records.
    #[must_use]
    #[inline]
    pub const fn count(&self) -> u16 {
        self.made.len() as u16
    }

    /// Returns the position of a record, or `None` if it belongs to another registry.
    #[must_use]
    pub fn index_of(&self, record: &'static Record) -> Option<u16> {
        let record = record.__original();
        let is_same =
            |index: &u16| self.code(*index) == record.code && self.rows.system(*index).name == record.system.name;
        if record.__registry() != self.rows.registry {
            return None;
        }
        let index = record.__index();
        if index < self.count() && is_same(&index) { Some(index) } else { (0..self.count()).find(is_same) }
    }
}
