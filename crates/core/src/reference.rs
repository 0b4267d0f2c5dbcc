use core::fmt::{self, Write};

use crate::Record;

/// Prints the address of a code's documentation: the address of the catalogue, `#`, and the code in lower case.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct __Reference<'a> {
    /// The address of the catalogue.
    pub docs_base: &'a str,
    /// The record of the code.
    pub record: &'a Record,
}

impl fmt::Display for __Reference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.record.code_text();
        write!(f, "{}#", self.docs_base)?;
        write!(Small(f), "{text}")
    }
}

/// Prints its input in lower case, without an allocation.
struct Small<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for Small<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| self.0.write_char(c.to_ascii_lowercase()))
    }
}
