use core::fmt::{self, Formatter, Write};

use super::Block;
use super::text::{InlineCode, Pen, Text, longest_run};

/// Renders blocks as Markdown: CommonMark with tables.
#[inline]
pub fn markdown<'a, I>(blocks: I) -> Markdown<I::IntoIter>
where
    I: IntoIterator<Item = Block<'a>>,
    I::IntoIter: Clone,
{
    Markdown { blocks: blocks.into_iter(), below: 0 }
}

/// Blocks as Markdown, returned by [`markdown`].
///
/// `Display` prints the Markdown, which ends with a line end.
#[derive(Debug, Clone)]
pub struct Markdown<I> {
    blocks: I,
    below: usize,
}

impl<I> Markdown<I> {
    /// Nests the headings below a level: with 2, a heading of level 1 becomes one of level 3.
    #[must_use]
    #[inline]
    pub fn below(self, level: usize) -> Self {
        Self { below: level, ..self }
    }
}

impl<'a, I: Iterator<Item = Block<'a>> + Clone> fmt::Display for Markdown<I> {
    #[inline]
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, block) in self.blocks.clone().enumerate() {
            if index > 0 {
                f.write_char('\n')?;
            }
            write_block(f, block, self.below)?;
        }
        Ok(())
    }
}

#[inline]
fn write_block(f: &mut Formatter<'_>, block: Block<'_>, below: usize) -> fmt::Result {
    match block {
        Block::Heading(level, title) => {
            write!(f, "{:#<1$} ", "", level + below)?;
            title.write(&mut MarkdownPen { out: f, in_table: false })?;
            f.write_char('\n')
        }
        Block::Paragraph(text) => line(f, text),
        Block::Table { columns, rows } => {
            row(f, columns)?;
            columns.iter().try_for_each(|_| f.write_str("|---"))?;
            f.write_str("|\n")?;
            rows.iter().try_for_each(|cells| row(f, cells))
        }
        Block::Message(text) | Block::Code(text) => {
            let fence = (longest_run(text) + 1).max(3);
            writeln!(f, "{:`<fence$}text\n{}\n{:`<fence$}", "", text.trim_end(), "")
        }
        _ => block.items().enumerate().try_for_each(|(index, item)| {
            match block.is_numbered() {
                true => write!(f, "{}. ", index + 1)?,
                false => f.write_str("- ")?,
            }
            line(f, item)
        }),
    }
}

#[inline]
fn line(f: &mut Formatter<'_>, text: Text<'_>) -> fmt::Result {
    text.write(&mut MarkdownPen { out: f, in_table: false })?;
    f.write_char('\n')
}

#[inline]
fn row(f: &mut Formatter<'_>, cells: &[&str]) -> fmt::Result {
    for cell in cells {
        f.write_str("| ")?;
        Text::Prose(cell).write(&mut MarkdownPen { out: f, in_table: true })?;
        f.write_char(' ')?;
    }
    f.write_str("|\n")
}

struct MarkdownPen<'a> {
    out: &'a mut dyn Write,
    in_table: bool,
}

impl Pen for MarkdownPen<'_> {
    #[inline]
    fn words(&mut self, words: fmt::Arguments<'_>) -> fmt::Result {
        Escaper { out: self.out, special: SPECIAL }.write_fmt(words)
    }

    #[inline]
    fn code(&mut self, code: &str) -> fmt::Result {
        // A bar ends a cell, even in code. Outside of a table, a backslash in code would be shown.
        let special = if self.in_table { &['|'][..] } else { &[] };
        write!(Escaper { out: self.out, special }, "{}", InlineCode(code))
    }
}

/// The characters that Markdown may read as markup within a line.
const SPECIAL: &[char] = &['|', '[', ']', '<', '>', '*', '_', '#', '~', '`', '\\'];

/// Prints prose so that Markdown shows it unchanged; code stays between backticks.
#[doc(hidden)]
#[derive(Debug)]
pub struct __Escaped<'a>(pub &'a str);

impl fmt::Display for __Escaped<'_> {
    #[inline]
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Text::Prose(self.0).write(&mut MarkdownPen { out: f, in_table: false })
    }
}

/// Writes a backslash before each of the special characters.
struct Escaper<'a> {
    out: &'a mut dyn Write,
    special: &'a [char],
}

impl Write for Escaper<'_> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|c| {
            if self.special.contains(&c) {
                self.out.write_char('\\')?;
            }
            self.out.write_char(c)
        })
    }
}
