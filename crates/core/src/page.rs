//! Pages: what the registry says about a code, a family, a system or a kind, as blocks without a format.
//!
//! [`Record::page`](crate::Record::page), [`Family::page`](crate::Family::page), [`System::page`](crate::System::page) and
//! [`Kind::page`](crate::Kind::page) return the blocks. [`plain`] and [`markdown`] render them; a renderer for another format matches on [`Block`].
//!
//! ```
//! use mcp_error_codes_core::page::{Block, Title, markdown, plain};
//!
//! let blocks = [Block::Heading(1, Title::Text("Steps")), Block::Steps(&["Run `ls`.", "Read the *output*."])];
//! assert_eq!(plain(blocks).to_string(), "Steps\n    1. Run `ls`.\n    2. Read the *output*.\n");
//! assert_eq!(markdown(blocks).to_string(), "# Steps\n\n1. Run `ls`.\n2. Read the \\*output\\*.\n");
//! ```

mod blocks;
mod facts;
mod markdown;
mod plain;
mod runbook;
mod text;

pub use blocks::{Block, Title};
pub use facts::{FactLine, Value, Versions};
pub use markdown::{__Escaped, Markdown, markdown};
pub use plain::{Plain, plain};
pub use text::{InlineCode, Pen, Text};

use crate::{Family, Kind, Record, Scenario, Section, System};

impl Record {
    /// Returns the page of the code, without what applies to its whole family or system.
    #[inline]
    pub fn page(&self) -> impl Iterator<Item = Block<'_>> + Clone {
        self.body().chain(self.reference())
    }

    /// Returns the page without its last part.
    #[inline]
    pub(crate) fn body(&self) -> impl Iterator<Item = Block<'_>> + Clone {
        let head = [
            Some(Block::Heading(1, Title::Code(self))),
            Some(Block::Paragraph(Text::Prose(self.summary))),
            self.superseded_by.map(|code| Block::Paragraph(Text::Successor(code))),
            self.context.map(|context| Block::Paragraph(Text::Prose(context))),
        ];
        let message = self.message.map_or(Block::EMPTY, Block::Message);
        let examples = self.examples.iter().flat_map(|example| {
            let description = Block::Paragraph(Text::Prose(example.description));
            [Block::Heading(2, Title::Example(example)), description, Block::Code(example.text)]
        });
        head.into_iter()
            .flatten()
            .chain(part(2, Title::Hint, [Block::Paragraph(Text::Prose(self.hint))]))
            .chain(part(2, Title::Facts, [Block::Facts(self), self.origin()]))
            .chain(part(2, Title::Message, [message, Block::Params(self.params)]))
            .chain(part(2, Title::Causes, [Block::List(self.causes)]))
            .chain(part(2, Title::Resolution, [Block::Steps(self.resolution)]))
            .chain(self.scenarios.iter().flat_map(scenario))
            .chain(part(2, Title::Diagnostics, [Block::Commands(self.diagnostics)]))
            .chain(part(2, Title::Recovery, [Block::Commands(self.recovery)]))
            .chain(examples)
            .chain(self.sections.iter().flat_map(section))
            .chain(part(2, Title::Related, [Block::Links(self.related)]))
    }

    #[inline]
    pub(crate) fn reference(&self) -> impl Iterator<Item = Block<'_>> + Clone {
        let is_given = !self.reference.is_empty();
        part(2, Title::Reference, [if is_given { Block::Paragraph(Text::Prose(self.reference)) } else { Block::EMPTY }])
    }

    /// Returns the explanation of the words in parentheses after the facts.
    #[inline]
    fn origin(&self) -> Block<'_> {
        if !self.has_judgements() {
            return Block::EMPTY;
        }
        // A system without a document, such as `common`, states no fact.
        Block::Paragraph(Text::Prose(match (self.stated.is_empty(), self.__is_of_own_registry()) {
            (false, false) => ORIGIN,
            (false, true) => OWN_ORIGIN,
            (true, false) => JUDGED,
            (true, true) => OWN_JUDGED,
        }))
    }
}

/// Explains the words in parentheses after the facts of another registry.
const OWN_ORIGIN: &str = "Stated facts come from the source document. Judged facts are not in it.";

/// Explains the word in parentheses if another registry states no fact of the code.
const OWN_JUDGED: &str = "Judged facts are not in the source document.";

/// Explains the words in parentheses after the facts.
const ORIGIN: &str = "Stated facts come from the source document. Judged facts are this registry's own judgement.";

/// Explains the word in parentheses if no document states a fact of the code.
const JUDGED: &str = "Judged facts are this registry's own judgement.";

impl Family {
    /// Returns what the registry says about the family as a whole.
    ///
    /// The commands of the family are on the page of each of its codes.
    #[inline]
    pub fn page(&self) -> impl Iterator<Item = Block<'_>> + Clone {
        let head = [Block::Heading(1, Title::Family(self)), Block::Paragraph(Text::Prose(self.summary))];
        head.into_iter().chain(self.sections.iter().flat_map(section))
    }
}

impl System {
    /// Returns what the registry says about the system as a whole, without its families.
    #[inline]
    pub fn page(&self) -> impl Iterator<Item = Block<'_>> + Clone {
        let head = [Block::Heading(1, Title::System(self)), Block::Paragraph(Text::Prose(self.summary))];
        head.into_iter().chain(self.sections.iter().flat_map(section))
    }
}

impl Kind {
    /// Returns the page of the kind: what it means, how it differs from its neighbours, what to do, and its codes, which the caller
    /// passes.
    ///
    /// ```
    /// use mcp_error_codes_core::{Kind, page::plain};
    ///
    /// let page = plain(Kind::Timeout.page(&[])).to_string();
    /// assert!(page.starts_with("Kind `timeout`\n    The time limit was reached before the work was done.\n"), "{page}");
    /// ```
    #[inline]
    pub fn page<'a>(self, records: &'a [&'a Record]) -> impl Iterator<Item = Block<'a>> + Clone {
        let head = [
            Block::Heading(1, Title::Kind(self)),
            Block::Paragraph(Text::Prose(self.definition())),
            Block::Paragraph(Text::Prose(self.differs())),
        ];
        head.into_iter()
            .chain(part(2, Title::Hint, [Block::Paragraph(Text::Prose(self.hint()))]))
            .chain(part(2, Title::Facts, [Block::KindFacts(self), Block::Paragraph(Text::Prose(DEFAULTS))]))
            .chain(part(2, Title::Codes, [Block::Records(records)]))
    }
}

/// Explains the facts of a kind.
const DEFAULTS: &str = "The first value of a list is the default.";

/// Returns the blocks below a heading. If all of them are empty, the heading is left out too.
#[inline]
fn part<'a, const N: usize>(
    level: usize,
    title: Title<'a>,
    blocks: [Block<'a>; N],
) -> impl Iterator<Item = Block<'a>> + Clone {
    let blocks = blocks.into_iter().filter(|block| !block.is_empty());
    let is_empty = blocks.clone().next().is_none();
    (!is_empty).then_some(Block::Heading(level, title)).into_iter().chain(blocks)
}

#[inline]
fn scenario(case: &Scenario) -> impl Iterator<Item = Block<'_>> + Clone {
    let summary = case.summary.map_or(Block::EMPTY, |summary| Block::Paragraph(Text::Prose(summary)));
    let message = case.message.map_or(Block::EMPTY, Block::Message);
    let own = [summary, message, Block::Params(case.params)].into_iter().filter(|block| !block.is_empty());
    core::iter::once(Block::Heading(2, Title::Scenario(case)))
        .chain(own)
        .chain(part(3, Title::Causes, [Block::List(case.causes)]))
        .chain(part(3, Title::Resolution, [Block::Steps(case.resolution)]))
        .chain(part(3, Title::Prevention, [Block::List(case.prevention)]))
        .chain(part(3, Title::Notes, [Block::List(case.notes)]))
}

#[inline]
fn section(section: &Section) -> impl Iterator<Item = Block<'_>> + Clone {
    let blocks = [
        Block::Heading(2, Title::Text(section.title)),
        section.text.map_or(Block::EMPTY, |text| Block::Paragraph(Text::Prose(text))),
        Block::List(section.items),
        Block::Table { columns: section.columns, rows: section.rows },
        section.code.map_or(Block::EMPTY, Block::Code),
    ];
    blocks.into_iter().filter(|block| !block.is_empty())
}
