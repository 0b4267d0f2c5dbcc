use anstyle::{AnsiColor, Style};
use mcp_error_codes::Severity;

/// The title of a page.
pub(crate) const TITLE: Style = AnsiColor::Cyan.on_default().bold();
/// A heading, and the head of a table.
pub(crate) const HEADING: Style = Style::new().bold();
/// A code, or other text that a reader may copy.
pub(crate) const LITERAL: Style = AnsiColor::Cyan.on_default();
/// Secondary text.
pub(crate) const ASIDE: Style = Style::new().dimmed();
/// The label of a note.
pub(crate) const NOTE: Style = AnsiColor::Green.on_default().bold();
/// The label of an error message.
pub(crate) const FAILURE: Style = AnsiColor::Red.on_default().bold();
/// A removed line.
pub(crate) const REMOVED: Style = AnsiColor::Red.on_default();
/// An added line.
pub(crate) const ADDED: Style = AnsiColor::Green.on_default();
/// The label of a warning.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// Returns the style of an error by its severity.
pub(crate) fn of_severity(severity: Severity) -> Style {
    match severity {
        Severity::Info => HEADING,
        Severity::Warn => WARNING,
        _ => FAILURE,
    }
}

/// Returns a text in a style.
pub(crate) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Escapes characters that could control a terminal in text from outside: control characters and those that change the direction of
/// text. Line ends are kept.
pub(crate) fn harmless(text: &str) -> String {
    let is_control = |c: char| {
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || c.is_control() && c != '\n'
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_control(c) {
            true => out.extend(c.escape_default()),
            false => out.push(c),
        }
    }
    out
}
