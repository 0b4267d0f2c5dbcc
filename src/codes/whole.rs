//! The records of registries that have them only once.

use core::ptr;

use mcp_error_codes_core::Record;

use super::code::has_same_name;

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
