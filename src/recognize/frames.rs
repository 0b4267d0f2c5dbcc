use std::ops::Range;
use std::rc::Rc;

use crate::recognize::layer::{Builder, Layer};

/// Joins the data of a server-sent event that has several `data:` lines. Returns `None` if there is no such event.
pub(crate) fn joined<'a>(layer: &Rc<Layer<'a>>, range: Range<usize>) -> Option<Layer<'a>> {
    const DATA: &str = "data:";
    let text = &layer.text()[range.clone()];
    let first = memchr::memchr(b'\n', text.as_bytes())?;
    // A line break at the end of the text does not start another line.
    if first + 1 == text.len() {
        return None;
    }
    memchr::memmem::find(text.as_bytes(), b"\ndata:")?;
    let mut is_data = false;
    let has_several = text.lines().any(|line| {
        let follows = is_data && line.starts_with(DATA);
        is_data = line.starts_with(DATA) && !line.trim_end().ends_with('}');
        follows
    });
    if !has_several {
        return None;
    }
    let mut builder = Builder::default();
    let mut at = range.start;
    for line in text.split_inclusive('\n') {
        let content = line.strip_prefix(DATA).map_or(line, |data| data.strip_prefix(' ').unwrap_or(data));
        builder.copy(content, at + line.len() - content.len());
        at += line.len();
    }
    Some(builder.finish(Some(layer)))
}
