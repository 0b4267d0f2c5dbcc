use core::fmt::{self, Write};

use crate::Record;

/// Prints where the documentation of a code is: `/docs/errors#` and the code in small letters.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct __Reference<'a>(pub &'a Record);

impl fmt::Display for __Reference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("/docs/errors#")?;
        let text = self.0.code_text();
        write!(Small(f), "{text}")
    }
}

/// Prints what it is given in small letters, without an allocation.
struct Small<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for Small<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| self.0.write_char(c.to_ascii_lowercase()))
    }
}
