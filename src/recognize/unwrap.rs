//! The text around an error: colours, statuses and wrappers.

use std::ops::Range;
use std::rc::Rc;

use crate::recognize::layer::{Builder, Layer};
use crate::recognize::log_prefix::log_prefix;

const ESCAPE: u8 = 0x1b;

/// Removes colours, other control sequences and a byte-order mark. Returns `None` if there are none.
pub(crate) fn without_controls<'a>(layer: &Rc<Layer<'a>>, range: Range<usize>) -> Option<Layer<'a>> {
    const MARK: &str = "\u{feff}";
    let text = &layer.text()[range.clone()];
    if memchr::memchr(ESCAPE, text.as_bytes()).is_none() && !text.starts_with(MARK) {
        return None;
    }
    let mut builder = Builder::default();
    let mut at = if text.starts_with(MARK) { MARK.len() } else { 0 };
    while let Some(found) = memchr::memchr(ESCAPE, &text.as_bytes()[at..]) {
        builder.copy(&text[at..at + found], range.start + at);
        at += found + control_length(&text.as_bytes()[at + found..]);
    }
    builder.copy(&text[at..], range.start + at);
    Some(builder.finish(Some(layer)))
}

/// Returns the length of a control sequence, which starts with an escape.
fn control_length(bytes: &[u8]) -> usize {
    match bytes.get(1) {
        // CSI: parameters, then one letter.
        Some(b'[') => {
            let parameters = bytes[2..].iter().take_while(|byte| (0x20..0x40).contains(*byte)).count();
            (2 + parameters + usize::from(bytes.get(2 + parameters).is_some_and(u8::is_ascii))).min(bytes.len())
        }
        // OSC: up to a bell or a string terminator.
        Some(b']') => {
            let content =
                bytes[2..].iter().take(1_000).take_while(|byte| !matches!(**byte, 0x07 | ESCAPE | b'\n')).count();
            let mut end = 2 + content;
            // The limit may be inside a character.
            while bytes.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
                end += 1;
            }
            match bytes.get(end) {
                Some(0x07) => end + 1,
                Some(&ESCAPE) if bytes.get(end + 1) == Some(&b'\\') => end + 2,
                _ => end,
            }
        }
        Some(byte) if byte.is_ascii_graphic() => 2,
        _ => 1,
    }
}

/// Returns the last HTTP status in a string: `(HTTP 404)`, `status code (401)`, `failed with status 400`.
pub(crate) fn status_in(text: &str) -> Option<u16> {
    const LABELS: [&[u8]; 6] = [b"HTTP ", b"status code (", b"status code ", b"status ", b"status: ", b"success: "];
    let bytes = text.as_bytes();
    let mut last = None;
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let is_labelled = at - start == 3 && LABELS.iter().any(|label| bytes[..start].ends_with(label));
        if let Some(status) = text[start..at].parse().ok().filter(|status| is_labelled && (400..600).contains(status)) {
            last = Some(status);
        }
    }
    last
}

/// Returns the wrappers in the text before an error, the outermost first.
pub(crate) fn chain(before: &str) -> Vec<String> {
    const MOST: usize = 16;
    let before = &before[log_prefix(before)..];
    let pieces = before.split(": ").flat_map(str::lines);
    let trimmed =
        pieces.map(|piece| piece.trim().trim_matches(|c: char| matches!(c, ':' | '"' | '\'' | '[' | '(' | '-' | ' ')));
    // The fields of a server-sent event wrap nothing.
    let is_field = |piece: &&str| matches!(*piece, "data" | "event" | "message data");
    trimmed.filter(|piece| !piece.is_empty() && !is_field(piece)).take(MOST).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_removed_with_their_places() {
        let layer = Rc::new(Layer::bottom(b"\x1b[31m[error]\x1b[39m MCP \x1b[1m-1\x1b[22m: x"));
        let plain = without_controls(&layer, 0..layer.text().len()).expect("there are colours");
        assert_eq!(plain.text(), "[error] MCP -1: x");
        assert_eq!(plain.source(12..14), 26..28);
        assert!(without_controls(&Rc::new(Layer::bottom(b"plain")), 0..5).is_none());
        for before in 990..1_010 {
            let text = format!("\x1b]{}ééé", "u".repeat(before));
            let layer = Rc::new(Layer::bottom(text.as_bytes()));
            let plain = without_controls(&layer, 0..text.len()).expect("there is a control sequence");
            assert!("ééé".ends_with(plain.text().trim_start_matches('u')), "{before}");
        }
    }
}
