//! Texts of the registry as HTML.

use maud::{Markup, html};

/// Shows a name that may break behind its underscores.
pub(super) fn breakable(name: &str) -> Markup {
    html! { @for (at, piece) in name.split_inclusive('_').enumerate() { @if at > 0 { wbr; } (piece) } }
}

/// Shows a sentence; what stands between backticks is code. A backtick without another one stands as it is.
pub(super) fn prose(text: &str) -> Markup {
    let pieces: Vec<&str> = text.split('`').collect();
    let is_closed = pieces.len() % 2 == 1;
    html! {
        @for (at, piece) in pieces.iter().enumerate() {
            @if at % 2 == 1 && (is_closed || at + 1 < pieces.len()) {
                code { (piece) }
            } @else {
                // The last backtick has no other one.
                @if at % 2 == 1 { "`" }
                (piece)
            }
        }
    }
}

/// Shows a message with its placeholders marked.
pub(super) fn template(message: &str) -> Markup {
    html! {
        @for (at, piece) in message.split('{').enumerate() {
            @match piece.split_once('}') {
                Some((name, rest)) if at > 0 => { var { "{" (name) "}" } (rest) }
                _ => { @if at > 0 { "{" } (piece) }
            }
        }
    }
}

/// Shows text to the letter, with the button that copies it.
pub(super) fn block(label: &str, text: &str) -> Markup {
    let text = text.trim_end();
    boxed(label, &html! { (text) }, text.contains(is_box_drawing))
}

/// Tells whether a character draws boxes and lines, which fall apart where lines are wrapped.
fn is_box_drawing(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{257f}')
}

/// Shows a message as a block.
pub(super) fn message_block(label: &str, message: &str) -> Markup {
    boxed(label, &template(message), false)
}

fn boxed(label: &str, contents: &Markup, is_drawing: bool) -> Markup {
    html! {
        div.block {
            @if is_drawing {
                // It scrolls, so that the keyboard has to reach it.
                pre.drawing tabindex="0" role="group" aria-label=(label) { code { (contents) } }
            } @else {
                pre { code { (contents) } }
            }
            button.copy type="button" hidden { span aria-hidden="true" { "Copy" } span.unseen { "Copy: " (label) } }
        }
    }
}
