use std::ops::Range;
use std::rc::Rc;

use crate::recognize::finding::Finding;
use crate::recognize::layer::{Builder, Layer};
use crate::recognize::scan::{Context, Scanner};

impl Scanner<'_> {
    /// Reads a line together with the next one, if a terminal has wrapped it and only its number was recognized: the errors after
    /// `mark`. Returns the end of the next line if the message is complete with it.
    pub(crate) fn wrapped<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        line: Range<usize>,
        end: usize,
        mark: usize,
        context: &Context,
    ) -> Option<usize> {
        let text = layer.text();
        let next = continuation(text, line.end, end)?;
        let rests_on_number = |error: &Finding| error.rests_on_number();
        let of_line = &self.errors[mark..];
        // A line that ends with a colon says nothing by itself.
        let is_opening = of_line.is_empty() && text[line.clone()].trim_end().ends_with(':');
        if !is_opening
            && (of_line.is_empty() || !of_line.iter().all(|error| error.findings.first().is_some_and(rests_on_number)))
        {
            return None;
        }
        let first = text[line.clone()].trim_end();
        let mut builder = Builder::default();
        builder.copy(first, line.start);
        builder.replace(" ", line.start + first.len(), next.start - line.start - first.len());
        builder.copy(&text[next.clone()], next.start);
        let joined = Rc::new(builder.finish(Some(layer)));
        let of_line = self.errors.split_off(mark);
        self.line(&joined, 0..joined.text().len(), &Context { depth: context.depth + 1, ..context.clone() });
        let is_complete = |error: &Finding| error.rests_on_message();
        if self.errors[mark..].iter().any(|error| error.answer().is_some_and(is_complete)) {
            return Some(next.end);
        }
        self.errors.truncate(mark);
        self.errors.extend(of_line);
        None
    }
}

/// Returns the next line without its indentation, if it starts with a lower-case letter.
fn continuation(text: &str, from: usize, end: usize) -> Option<Range<usize>> {
    let rest = text[from..end].strip_prefix('\n')?;
    let start = rest.len() - rest.trim_start_matches(' ').len();
    let starts_with_word = rest.as_bytes().get(start).is_some_and(u8::is_ascii_lowercase);
    let length = rest.find('\n').unwrap_or(rest.len());
    (start >= 2 && starts_with_word && start < length).then(|| from + 1 + start..from + 1 + length)
}
