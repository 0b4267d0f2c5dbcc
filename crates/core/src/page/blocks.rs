use core::fmt;

use super::facts::{facts, facts_of_kind};
use super::text::{Pen, PlainPen, Text};
use crate::{Command, Example, Family, Kind, Param, Record, Related, Scenario, System};

/// A block of a page.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Block<'a> {
    /// A heading and its level, from 1.
    Heading(usize, Title<'a>),
    /// A paragraph.
    Paragraph(Text<'a>),
    /// A list in no particular order.
    List(&'a [&'a str]),
    /// Steps in the order to take them. Every renderer numbers them.
    Steps(&'a [&'a str]),
    /// The machine-readable facts of a record.
    Facts(&'a Record),
    /// The facts of a kind.
    KindFacts(Kind),
    /// Codes with their titles; the preferred ones are marked.
    Records(&'a [&'a Record]),
    /// A message with `{placeholders}`.
    Message(&'a str),
    /// The placeholders of the message above.
    Params(&'a [Param]),
    /// Commands and their descriptions.
    Commands(&'a [Command]),
    /// A table. Every row is as long as `columns`.
    Table {
        /// The column headings.
        columns: &'a [&'a str],
        /// The rows.
        rows: &'a [&'a [&'a str]],
    },
    /// Preformatted text.
    Code(&'a str),
    /// Codes and documents, each with the reason to read it.
    Links(&'a [Related]),
}

impl<'a> Block<'a> {
    pub(super) const EMPTY: Self = Self::List(&[]);

    /// Returns whether the block contains nothing to show.
    #[inline]
    pub(super) const fn is_empty(&self) -> bool {
        match self {
            Self::List(items) | Self::Steps(items) => items.is_empty(),
            Self::Params(params) => params.is_empty(),
            Self::Commands(commands) => commands.is_empty(),
            Self::Table { columns, .. } => columns.is_empty(),
            Self::Links(links) => links.is_empty(),
            Self::Records(records) => records.is_empty(),
            _ => false,
        }
    }

    /// Returns the items of a block that is a list: `List`, `Steps`, `Facts`, `KindFacts`, `Records`, `Params`, `Commands` or
    /// `Links`.
    ///
    /// Other blocks have no items.
    #[inline]
    pub fn items(self) -> impl Iterator<Item = Text<'a>> + Clone {
        let texts = if let Self::List(texts) | Self::Steps(texts) = self { texts } else { &[] };
        let record = if let Self::Facts(record) = self { Some(record) } else { None };
        let kind = if let Self::KindFacts(kind) = self { Some(kind) } else { None };
        let records = if let Self::Records(records) = self { records } else { &[] };
        let params = if let Self::Params(params) = self { params } else { &[] };
        let commands = if let Self::Commands(commands) = self { commands } else { &[] };
        let links = if let Self::Links(links) = self { links } else { &[] };
        (texts.iter().map(|text| Text::Prose(text)))
            .chain(record.into_iter().flat_map(facts).map(Text::Fact))
            .chain(kind.into_iter().flat_map(facts_of_kind).map(Text::Fact))
            .chain(records.iter().map(|record| Text::Record(record)))
            .chain(params.iter().map(Text::Param))
            .chain(commands.iter().map(Text::Command))
            .chain(links.iter().map(Text::Link))
    }

    /// Returns whether the items of the block are numbered.
    #[must_use]
    #[inline]
    pub const fn is_numbered(&self) -> bool {
        matches!(self, Self::Steps(_))
    }
}

/// The text of a heading.
///
/// `Display` prints it as plain text.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Title<'a> {
    /// The code and its title.
    Code(&'a Record),
    /// The hint of a record.
    Hint,
    /// The facts of a record.
    Facts,
    /// The message of a record.
    Message,
    /// The causes of an error.
    Causes,
    /// What to do, in order.
    Resolution,
    /// How to prevent an error.
    Prevention,
    /// Times, counts and patterns.
    Notes,
    /// A case of a code.
    Scenario(&'a Scenario),
    /// Commands that help to find the cause.
    Diagnostics,
    /// Commands that help to recover.
    Recovery,
    /// An example.
    Example(&'a Example),
    /// Further reading.
    Related,
    /// The place in the source document.
    Reference,
    /// A family and its title.
    Family(&'a Family),
    /// A system and its title.
    System(&'a System),
    /// A kind.
    Kind(Kind),
    /// The codes of a kind.
    Codes,
    /// The runbook of a code.
    Runbook(&'a Record),
    /// Who is alerted, and when.
    Alert,
    /// A title that the registry or a caller gives.
    Text(&'a str),
}

impl Title<'_> {
    /// Writes the title with a pen.
    ///
    /// # Errors
    /// Returns the error of the pen.
    #[inline]
    pub fn write(self, pen: &mut dyn Pen) -> fmt::Result {
        let fixed = match self {
            Self::Hint => "Hint for the caller",
            Self::Facts => "Facts",
            Self::Message => "Message",
            Self::Causes => "Causes",
            Self::Resolution => "Resolution",
            Self::Prevention => "Prevention",
            Self::Notes => "Notes",
            Self::Diagnostics => "Diagnostics",
            Self::Recovery => "Recovery",
            Self::Related => "See also",
            Self::Reference => "Reference",
            Self::Codes => "Codes",
            Self::Alert => "Alert",
            Self::Text(title) => title,
            Self::Code(record) => {
                pen.words(format_args!("{}: ", record.code))?;
                record.title
            }
            Self::Runbook(record) => {
                pen.words(format_args!("Runbook: {}, ", record.code))?;
                record.title
            }
            Self::Family(family) => {
                pen.words(format_args!("Family {}: ", family.name))?;
                family.title
            }
            Self::System(system) => {
                pen.words(format_args!("System {}: ", system.name))?;
                system.title
            }
            Self::Kind(kind) => {
                pen.words(format_args!("Kind "))?;
                return pen.code(kind.as_str());
            }
            Self::Scenario(case) => {
                pen.words(format_args!("Scenario: "))?;
                Text::Prose(case.title).write(pen)?;
                return pen.words(format_args!(" ({})", case.name));
            }
            Self::Example(example) => return pen.words(format_args!("Example ({})", example.ty)),
        };
        Text::Prose(fixed).write(pen)
    }
}

impl fmt::Display for Title<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(&mut PlainPen(f))
    }
}
