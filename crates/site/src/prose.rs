//! Texts of the registry as HTML.

use std::fmt::{self, Write};

use maud::{Escaper, Markup, PreEscaped, html};
use mcp_error_codes::page::{Pen, Text};
use mcp_error_codes_core::template::{Piece, Pieces};

/// Renders a name that may break after its underscores.
pub(crate) fn breakable(name: &str) -> Markup {
    html! { @for (at, piece) in name.split_inclusive('_').enumerate() { @if at > 0 { wbr; } (piece) } }
}

/// Renders prose. Text between backticks is code.
pub(crate) fn prose(text: &str) -> Markup {
    inline(Text::Prose(text))
}

/// Renders a text of a page.
pub(crate) fn inline(text: Text<'_>) -> Markup {
    let mut pen = HtmlPen(String::new());
    // Writing to a string does not fail.
    let _ = text.write(&mut pen);
    PreEscaped(pen.0)
}

struct HtmlPen(String);

impl Pen for HtmlPen {
    fn words(&mut self, words: fmt::Arguments<'_>) -> fmt::Result {
        Escaper::new(&mut self.0).write_fmt(words)
    }

    fn code(&mut self, code: &str) -> fmt::Result {
        self.0.push_str("<code>");
        Escaper::new(&mut self.0).write_str(code)?;
        self.0.push_str("</code>");
        Ok(())
    }
}

/// Renders a message with its placeholders marked, and its escaped braces as readers of the message see them.
pub(crate) fn template(message: &str) -> Markup {
    let mut shown = String::new();
    for piece in Pieces::new(message) {
        let markup = match piece {
            Ok(Piece::Literal(text)) => html! { (text) },
            Ok(Piece::Placeholder(name)) => html! { var { "{" (name) "}" } },
            // No template of a checked registry has a mistake.
            Err(_) => return html! { (message) },
        };
        shown.push_str(&markup.0);
    }
    PreEscaped(shown)
}

/// Renders preformatted text with a button that copies it.
pub(crate) fn block(label: &str, text: &str) -> Markup {
    let text = text.trim_end();
    boxed(label, &html! { (text) }, text.contains(is_box_drawing))
}

/// Returns whether a character draws boxes and lines, which break if lines are wrapped.
fn is_box_drawing(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{257f}')
}

/// Renders a message as a block.
pub(crate) fn message_block(label: &str, message: &str) -> Markup {
    boxed(label, &template(message), false)
}

fn boxed(label: &str, contents: &Markup, is_drawing: bool) -> Markup {
    html! {
        div.block {
            @if is_drawing {
                // The block scrolls, so it must be reachable with the keyboard.
                pre.drawing tabindex="0" role="group" aria-label=(label) { code { (contents) } }
            } @else {
                pre { code { (contents) } }
            }
            button.copy type="button" hidden { span aria-hidden="true" { "Copy" } span.unseen { "Copy: " (label) } }
        }
    }
}
