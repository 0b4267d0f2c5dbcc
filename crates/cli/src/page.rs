//! Formats the blocks of a page for a terminal: in color, and wrapped if a width is set.
//!
//! Without colors and without a width, this only adds empty lines to the plain text of the library.

use std::fmt::{self, Write};

use mcp_error_codes::page::{Block, InlineCode, Pen, Text};

use crate::wrap::wrap;
use crate::{style, table};

/// Formats blocks. The result ends with a line end.
pub(crate) fn draw<'a>(blocks: impl IntoIterator<Item = Block<'a>>, width: Option<usize>) -> String {
    let mut out = String::new();
    let mut above = None;
    for block in blocks {
        if above.is_some_and(|above| is_apart(above, block)) {
            out.push('\n');
        }
        draw_block(&mut out, block, width);
        above = Some(block);
    }
    out
}

const INDENT: &str = "    ";

/// Returns whether there is an empty line between two blocks.
fn is_apart(above: Block<'_>, block: Block<'_>) -> bool {
    match above {
        Block::Heading(..) => matches!(block, Block::Heading(..)),
        Block::Paragraph(_) => block.items().next().is_none(),
        _ => true,
    }
}

fn draw_block(out: &mut String, block: Block<'_>, width: Option<usize>) {
    match block {
        Block::Heading(level, title) => {
            let style = if level == 1 { style::TITLE } else { style::HEADING };
            let indent = "  ".repeat(level.saturating_sub(1).min(2));
            add(out, &wrap(&style::paint(style, title), width, &indent, &indent));
        }
        Block::Paragraph(text) => add(out, &wrap(&painted(text), width, INDENT, INDENT)),
        Block::Table { columns, rows } => {
            let rows: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
            let width = width.map(|width| width.saturating_sub(INDENT.len()));
            table::draw(columns, &rows, width).iter().for_each(|line| add(out, &format!("{INDENT}{line}")));
        }
        Block::Message(text) | Block::Code(text) => {
            for line in text.trim_end().lines() {
                let indent = if line.is_empty() { "" } else { "      " };
                add(out, &format!("{indent}{line}"));
            }
        }
        _ => {
            for (index, item) in block.items().enumerate() {
                let mark = if block.is_numbered() { format!("{}. ", index + 1) } else { "- ".to_owned() };
                let others = " ".repeat(INDENT.len() + mark.len());
                add(out, &wrap(&painted(item), width, &format!("{INDENT}{mark}"), &others));
            }
        }
    }
}

fn add(out: &mut String, lines: &str) {
    out.push_str(lines);
    out.push('\n');
}

/// Returns a text with its code in color.
fn painted(text: Text<'_>) -> String {
    let mut pen = ColorPen(String::new());
    // Writing to a string does not fail.
    let _ = text.write(&mut pen);
    pen.0
}

struct ColorPen(String);

impl Pen for ColorPen {
    fn words(&mut self, words: fmt::Arguments<'_>) -> fmt::Result {
        self.0.write_fmt(words)
    }

    fn code(&mut self, code: &str) -> fmt::Result {
        self.0.push_str(&style::paint(style::LITERAL, InlineCode(code)));
        Ok(())
    }
}
