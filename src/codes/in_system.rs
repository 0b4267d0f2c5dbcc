use alloc::format;

use mcp_error_codes_core::Record;

use crate::codes::find::{UnknownCode, find_all};
use crate::codes::number::by_number;
use crate::codes::registries::{extended, records, registries};

/// Narrows a lookup to the codes of one system: see [`InSystem`].
///
/// An unknown system contains no codes.
///
/// ```
/// use mcp_error_codes::in_system;
///
/// let specification = in_system("mcp");
/// assert_eq!(specification.by_number(-32_002).next().map(|record| record.name), Some("RESOURCE_NOT_FOUND"));
/// assert_eq!(in_system("super-mcp").find("package not found")?.code, "-32001");
/// # Ok::<(), mcp_error_codes::UnknownCode>(())
/// ```
#[must_use]
pub const fn in_system(name: &str) -> InSystem<'_> {
    InSystem { name }
}

/// The codes of one system; see [`in_system`].
///
/// Its methods do the same as the functions with the same names, but only for this system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InSystem<'a> {
    pub(crate) name: &'a str,
}

impl<'a> InSystem<'a> {
    /// Returns the record of the code with exactly this text, without its system.
    #[must_use]
    #[inline]
    pub fn lookup(self, code: &str) -> Option<&'static Record> {
        let full_name = format!("{}:{code}", self.name);
        registries().find_map(|registry| registry.lookup(&full_name)).map(extended)
    }

    /// Finds the record for text that a person wrote; see [`find`](crate::find()).
    ///
    /// # Errors
    /// Returns [`UnknownCode`], which keeps the text and suggests codes of the system with a similar spelling.
    #[inline]
    pub fn find(self, text: &str) -> Result<&'static Record, UnknownCode> {
        self.find_all(text).next().ok_or_else(|| UnknownCode::new(text, Some(self.name)))
    }

    /// Finds every record that a string may mean; see [`find_all`](crate::find_all()).
    #[inline]
    pub fn find_all(self, text: &str) -> impl Iterator<Item = &'static Record> + use<'a> {
        find_all(text).filter(move |record| self.contains(record))
    }

    /// Returns every record that claims a JSON-RPC number; see [`by_number`](crate::by_number()).
    #[inline]
    pub fn by_number(self, number: i64) -> impl Iterator<Item = &'static Record> + use<'a> {
        by_number(number).filter(move |record| self.contains(record))
    }

    /// Returns every record, in the order of the codes.
    #[inline]
    pub fn records(self) -> impl Iterator<Item = &'static Record> + use<'a> {
        records().filter(move |record| self.contains(record))
    }

    pub(crate) fn contains(self, record: &Record) -> bool {
        record.system.name == self.name
    }
}
