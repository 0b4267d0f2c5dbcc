use comfy_table::presets::{NOTHING, UTF8_FULL_CONDENSED};
use comfy_table::{ContentArrangement, ContentLineStyle, LineStyle, Table};

use crate::style;

/// Draws a table without borders that fits the width, with its head in bold. Lines have no trailing spaces.
pub(crate) fn draw(head: &[&str], rows: &[Vec<String>], width: Option<usize>) -> Vec<String> {
    let mut table = Table::new();
    table.set_header(head.iter().copied()).add_rows(rows);
    let mut lines = lines(table, width);
    if let Some(head) = lines.first_mut() {
        *head = style::paint(style::HEADING, head.as_str());
    }
    lines
}

/// Draws a table without a head, with its first column in color.
pub(crate) fn body(rows: &[Vec<String>], width: Option<usize>) -> Vec<String> {
    let mut table = Table::new();
    table.add_rows(rows);
    lines(table, width).into_iter().map(|line| first_word(&line)).collect()
}

/// Draws a table with borders, at most as wide as given.
pub(crate) fn framed(head: &[&str], rows: &[Vec<String>], width: Option<usize>) -> String {
    let mut table = Table::new();
    table.set_header(head.iter().copied()).add_rows(rows);
    let columns = ContentLineStyle::new('│', '│', '│');
    let style = UTF8_FULL_CONDENSED.header_lines(columns).header_separator(LineStyle::new('├', '─', '┼', '┤'));
    table.load_style(style.content_lines(columns));
    arrange(&mut table, width);
    table.to_string() + "\n"
}

/// Paints the first cell of a line, unless the line continues the row above.
pub(crate) fn first_word(line: &str) -> String {
    let (word, rest) = line.split_at(line.find("  ").unwrap_or(line.len()));
    if word.is_empty() { line.to_owned() } else { style::paint(style::LITERAL, word) + rest }
}

fn lines(mut table: Table, width: Option<usize>) -> Vec<String> {
    table.load_style(NOTHING);
    arrange(&mut table, width);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.to_string().lines().map(|line| line.trim_end().to_owned()).collect()
}

fn arrange(table: &mut Table, width: Option<usize>) {
    match width.and_then(|width| u16::try_from(width).ok()) {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
}
