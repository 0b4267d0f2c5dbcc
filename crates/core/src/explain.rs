use core::fmt::{self, Formatter};

use crate::Record;
use crate::page::{self, Block};

/// The manual page of a code, returned by [`Record::explain`].
///
/// `Display` prints plain text without colours, and does not wrap lines; [`markdown`](Self::markdown) prints the same page as
/// Markdown.
#[derive(Debug, Clone, Copy)]
pub struct Explain<'a> {
    record: &'a Record,
    is_markdown: bool,
    is_whole: bool,
}

impl Record {
    /// Returns the manual page of the code: everything the registry says about the code, its family and its system.
    #[must_use]
    #[inline]
    pub const fn explain(&self) -> Explain<'_> {
        Explain { record: self, is_markdown: false, is_whole: true }
    }
}

impl<'a> Explain<'a> {
    /// Prints Markdown (CommonMark with tables) instead of plain text.
    #[must_use]
    #[inline]
    pub const fn markdown(self) -> Self {
        Self { is_markdown: true, ..self }
    }

    /// Leaves out what belongs to the family and the system as a whole.
    #[must_use]
    #[inline]
    pub const fn record_only(self) -> Self {
        Self { is_whole: false, ..self }
    }

    /// Returns the blocks of the page, for a renderer of another format.
    #[inline]
    pub fn blocks(self) -> impl Iterator<Item = Block<'a>> + Clone {
        let record = self.record;
        let whole = self.is_whole.then(|| record.family.page().chain(record.system.page()));
        record.body().chain(whole.into_iter().flatten()).chain(record.reference())
    }
}

impl fmt::Display for Explain<'_> {
    #[inline]
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.is_markdown {
            true => page::markdown(self.blocks()).fmt(f),
            false => page::plain(self.blocks()).fmt(f),
        }
    }
}
