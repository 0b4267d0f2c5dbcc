//! The records with which errors are made.

use core::ptr;

use mcp_error_codes_core::Record;
#[cfg(feature = "std")]
use mcp_error_codes_core::brief::Rows;
#[cfg(feature = "std")]
use once_cell::sync::OnceCell;

use super::code::has_same_name;

/// The records of a registry, each of which is made when it is first needed.
#[cfg(feature = "std")]
#[derive(Debug)]
pub struct Brief {
    rows: Rows,
    made: &'static [OnceCell<Made>],
}

/// A record that has been made.
///
/// Its place is in the program from the start, so making it allocates nothing. An empty place consists of zeros only, which a file
/// does not contain: the smallest value of the mark is 1, so 0 tells that there is no record.
#[cfg(feature = "std")]
#[derive(Debug)]
pub struct Made {
    _mark: Mark,
    record: Record,
}

#[cfg(feature = "std")]
#[derive(Debug)]
#[repr(u8)]
enum Mark {
    Made = 1,
}

#[cfg(feature = "std")]
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

/// The records of a registry that has them only once.
#[derive(Debug)]
pub struct Whole(&'static [Record]);

impl Whole {
    /// Creates the records from the whole ones.
    #[must_use]
    pub const fn new(records: &'static [Record]) -> Self {
        Self(records)
    }

    /// Returns the record with which errors of a code are made.
    #[must_use]
    #[inline]
    pub const fn record(&self, index: u16) -> &'static Record {
        &self.0[index as usize]
    }

    /// Returns the text of a code.
    #[must_use]
    #[inline]
    pub const fn code(&self, index: u16) -> &'static str {
        self.record(index).code
    }

    /// Returns the number of records.
    #[must_use]
    #[inline]
    pub const fn count(&self) -> u16 {
        self.0.len() as u16
    }

    /// Returns the position of a record, or `None` if it belongs to another registry.
    #[must_use]
    pub fn index_of(&self, record: &'static Record) -> Option<u16> {
        let record = record.__original();
        let index = record.__index();
        if self.0.get(usize::from(index)).is_some_and(|own| ptr::eq(own, record) || has_same_name(own, record)) {
            return Some(index);
        }
        let is_of_registry = self.0.first()?.__registry() == record.__registry();
        let own = is_of_registry.then(|| self.0.iter().find(|own| has_same_name(own, record)))??;
        Some(own.__index())
    }
}
