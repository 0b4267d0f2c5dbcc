use anstyle::{AnsiColor, Style};
use mcp_error_codes::Severity;

/// The first line of a page.
pub(crate) const TITLE: Style = AnsiColor::Cyan.on_default().bold();
/// A heading, and the head of a table.
pub(crate) const HEADING: Style = Style::new().bold();
/// A code, and whatever else is to be written to the letter.
pub(crate) const LITERAL: Style = AnsiColor::Cyan.on_default();
/// What stands aside.
pub(crate) const ASIDE: Style = Style::new().dimmed();
/// The word in front of a note.
pub(crate) const NOTE: Style = AnsiColor::Green.on_default().bold();
/// The word in front of what went wrong.
pub(crate) const FAILURE: Style = AnsiColor::Red.on_default().bold();
/// A line that is gone, and one that is new.
pub(crate) const REMOVED: Style = AnsiColor::Red.on_default();
pub(crate) const ADDED: Style = AnsiColor::Green.on_default();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// The style of an error, by how bad it is.
pub(crate) fn of_severity(severity: Severity) -> Style {
    match severity {
        Severity::Info => HEADING,
        Severity::Warn => WARNING,
        _ => FAILURE,
    }
}

/// Paints a text.
pub(crate) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Writes a text that came from outside so that it can do nothing to a terminal: control characters, and those that turn the
/// direction of writing, stand as escapes. Line ends stay.
pub(crate) fn harmless(text: &str) -> String {
    let does_something = |c: char| {
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || c.is_control() && c != '\n'
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match does_something(c) {
            true => out.extend(c.escape_default()),
            false => out.push(c),
        }
    }
    out
}
