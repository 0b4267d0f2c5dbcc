//! The records with which errors are made.

use core::ptr;

use mcp_error_codes_core::Record;
#[cfg(feature = "std")]
use mcp_error_codes_core::brief::Rows;

use super::code::has_same_name;

/// The records of a registry, each of which is made when it is first needed.
#[cfg(feature = "std")]
#[derive(Debug)]
pub struct Brief<const N: usize> {
    rows: Rows,
    made: [once_cell::race::OnceBox<Record>; N],
}

#[cfg(feature = "std")]
impl<const N: usize> Brief<N> {
    /// Creates the records of the rows.
    #[must_use]
    pub const fn new(rows: Rows) -> Self {
        Self { rows, made: [const { once_cell::race::OnceBox::new() }; N] }
    }

    /// Returns the record with which errors of a code are made.
    #[must_use]
    #[inline]
    pub fn record(&'static self, index: u16) -> &'static Record {
        let made = &self.made[usize::from(index)];
        made.get().unwrap_or_else(|| self.make(index))
    }

    #[cold]
    fn make(&'static self, index: u16) -> &'static Record {
        self.made[usize::from(index)].get_or_init(|| Box::new(self.rows.record(index)))
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
        N as u16
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
