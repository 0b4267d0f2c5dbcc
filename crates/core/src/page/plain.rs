use core::fmt::{self, Formatter, Write};

use super::Block;

/// Renders blocks as plain text, without colours and without wrapping lines.
#[inline]
pub fn plain<'a, I>(blocks: I) -> Plain<I::IntoIter>
where
    I: IntoIterator<Item = Block<'a>>,
    I::IntoIter: Clone,
{
    Plain(blocks.into_iter())
}

/// Blocks as plain text, returned by [`plain`].
///
/// `Display` prints the text, which ends with a line end.
#[derive(Debug, Clone)]
pub struct Plain<I>(I);

impl<'a, I: Iterator<Item = Block<'a>> + Clone> fmt::Display for Plain<I> {
    #[inline]
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut above = None;
        for block in self.0.clone() {
            let is_apart = matches!(block, Block::Heading(..)) || matches!(above, Some(Block::Facts(_)));
            if above.is_some() && is_apart {
                f.write_char('\n')?;
            }
            write_block(f, block)?;
            above = Some(block);
        }
        Ok(())
    }
}

#[inline]
fn write_block(f: &mut Formatter<'_>, block: Block<'_>) -> fmt::Result {
    match block {
        Block::Heading(level, title) => writeln!(f, "{:indent$}{title}", "", indent = 2 * level.saturating_sub(1)),
        Block::Paragraph(text) => writeln!(f, "    {text}"),
        Block::Table { columns, rows } => table(f, columns, rows),
        Block::Message(text) | Block::Code(text) => {
            text.trim_end().lines().try_for_each(|line| match line.is_empty() {
                true => writeln!(f),
                false => writeln!(f, "      {line}"),
            })
        }
        _ => block.items().enumerate().try_for_each(|(index, item)| match block.is_numbered() {
            true => writeln!(f, "    {}. {item}", index + 1),
            false => writeln!(f, "    - {item}"),
        }),
    }
}

#[inline]
fn table(f: &mut Formatter<'_>, columns: &[&str], rows: &[&[&str]]) -> fmt::Result {
    for row in core::iter::once(&columns).chain(rows) {
        f.write_str("   ")?;
        for (index, cell) in row.iter().enumerate() {
            let cells = rows.iter().filter_map(|row| row.get(index)).chain(columns.get(index));
            let width = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
            match index + 1 == row.len() {
                true => write!(f, " {cell}")?,
                false => write!(f, " {cell:<width$} ")?,
            }
        }
        writeln!(f)?;
    }
    Ok(())
}
