use std::ops::Range;
use std::rc::Rc;

use crate::recognize::layer::{Builder, Layer};
use crate::recognize::log_prefix::log_prefix;

const DATA: &str = "data:";
const EVENT: &str = "event: message";

/// Joins the data of a server-sent event that has several `data:` lines. Returns `None` if there is no such event.
///
/// The first line of the event may be behind the prefix of a log.
pub(crate) fn joined<'a>(layer: &Rc<Layer<'a>>, range: Range<usize>) -> Option<Layer<'a>> {
    let text = &layer.text()[range.clone()];
    let first = memchr::memchr(b'\n', text.as_bytes())?;
    // A line break at the end of the text does not start another line.
    if first + 1 == text.len() {
        return None;
    }
    memchr::memmem::find(text.as_bytes(), b"\ndata:")?;
    let mut is_open = false;
    let is_joined = text.lines().any(|line| {
        let follows = is_open && line.starts_with(DATA);
        is_open = event(line).is_some() || (field(line).is_some() && !line.trim_end().ends_with('}'));
        follows
    });
    if !is_joined {
        return None;
    }
    let mut builder = Builder::default();
    let mut at = range.start;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if let Some(before) = event(line).filter(|_| lines.peek().is_some_and(|next| next.starts_with(DATA))) {
            // What is before the event wraps its data.
            builder.copy(&line[..before], at);
            at += line.len();
            continue;
        }
        let (before, name) = field(line).map_or((0, 0), |name| (name, DATA.len()));
        builder.copy(&line[..before], at);
        let value = &line[before + name..];
        let value = if name == 0 { value } else { value.strip_prefix(' ').unwrap_or(value) };
        builder.copy(value, at + line.len() - value.len());
        at += line.len();
    }
    Some(builder.finish(Some(layer)))
}

/// Returns where the field `event` starts, if a line ends with it and starts with other text.
fn event(line: &str) -> Option<usize> {
    let line = line.trim_end();
    line.ends_with(EVENT).then(|| line.len() - EVENT.len()).filter(|before| line[..*before].ends_with(' '))
}

/// Returns where the field `data` starts in a line: at its start, or behind the prefix of a log if an object follows.
fn field(line: &str) -> Option<usize> {
    const MAX_PREFIX: usize = 400;
    if line.starts_with(DATA) {
        return Some(0);
    }
    let found = memchr::memmem::find(&line.as_bytes()[..line.len().min(MAX_PREFIX)], b" data:")? + 1;
    let value = line[found + DATA.len()..].trim_start();
    (value.starts_with(['{', '[']) && log_prefix(line) > 0).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_may_start_behind_the_prefix_of_a_log() {
        let text = "2026-01-02T10:00:00Z DEBUG post: event: message data: {\"id\":4,\ndata: \"error\":{}}\nbye";
        let layer = Rc::new(Layer::bottom(text.as_bytes()));
        let joined = joined(&layer, 0..text.len()).expect("there is an event");
        let plain = "POST: event: message\r\ndata: {\"id\":4}\n";
        let plain = Rc::new(Layer::bottom(plain.as_bytes()));
        let of_plain = super::joined(&plain, 0..plain.text().len()).expect("there is an event");
        assert_eq!(of_plain.text(), "POST: {\"id\":4}\n");
        assert_eq!(joined.text(), "2026-01-02T10:00:00Z DEBUG post: event: message {\"id\":4,\n\"error\":{}}\nbye");
    }
}
