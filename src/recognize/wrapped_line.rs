use std::ops::Range;
use std::rc::Rc;

use crate::recognize::finding::{Finding, RecognizedError};
use crate::recognize::layer::{Builder, Layer};
use crate::recognize::scan::{Context, Scanner};

/// The indentation of a line that continues a message in a column.
const COLUMN: usize = 8;
/// The maximum number of lines of a message in a column.
const MAX_LINES: usize = 8;

impl Scanner<'_> {
    /// Reads a line together with the next ones, if a terminal or a logger with columns has wrapped it and nothing but its number
    /// was recognized: the errors after `mark`. Returns the end of the last line if the message is complete with it.
    pub(crate) fn wrapped<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        line: Range<usize>,
        end: usize,
        mark: usize,
        context: &Context,
    ) -> Option<usize> {
        let text = layer.text();
        let content = &text[line.clone()];
        let place = content.len() - place_in_source(content).unwrap_or_default();
        let is_column = place < content.len();
        let lines: Vec<_> = match is_column {
            true => column(text, line.end, end).collect(),
            false => continuation(text, line.end, end).into_iter().collect(),
        };
        let last = match lines.last() {
            Some(last) => last.end,
            None if is_column => line.end,
            None => return None,
        };
        let rests_on_number = |error: &RecognizedError| error.findings.first().is_some_and(Finding::rests_on_number);
        let is_open = |error: &RecognizedError| rests_on_number(error) || is_column && error.answer().is_none();
        let of_line = &self.errors[mark..];
        // A line that ends with a colon says nothing by itself.
        let is_opening = of_line.is_empty() && (is_column || content.trim_end().ends_with(':'));
        if !is_opening && (of_line.is_empty() || !of_line.iter().all(is_open)) {
            return None;
        }
        let first = content[..place].trim_end();
        let mut builder = Builder::default();
        builder.copy(first, line.start);
        let mut at = line.start + first.len();
        for next in lines {
            builder.replace(" ", at, next.start - at);
            builder.copy(&text[next.clone()], next.start);
            at = next.end;
        }
        let joined = Rc::new(builder.finish(Some(layer)));
        let of_line = self.errors.split_off(mark);
        self.line(&joined, 0..joined.text().len(), &Context { depth: context.depth + 1, ..context.clone() });
        let is_complete = |error: &Finding| error.rests_on_message();
        if self.errors[mark..].iter().any(|error| error.answer().is_some_and(is_complete)) {
            return Some(last);
        }
        self.errors.truncate(mark);
        self.errors.extend(of_line);
        None
    }
}

/// Returns the length of the column at the end of a line that names the place in the source, such as `    session.py:363`, as the
/// handler of `rich` writes it.
fn place_in_source(line: &str) -> Option<usize> {
    let trimmed = line.trim_end();
    let (before, place) = trimmed.rsplit_once(' ')?;
    let (file, number) = place.rsplit_once(':')?;
    let is_file =
        file.contains('.') && file.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/\\".contains(&byte));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_file && is_number && before.ends_with(' ')).then(|| line.len() - before.trim_end().len())
}

/// Returns the lines that continue a message in its column, without their indentation.
fn column(text: &str, from: usize, end: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = from;
    let next = move || {
        let rest = text[at..end].strip_prefix('\n')?;
        let line = rest.lines().next()?;
        let start = line.len() - line.trim_start_matches(' ').len();
        let range = at + 1 + start..at + 1 + line.trim_end().len();
        at += 1 + rest.find('\n').unwrap_or(rest.len());
        (start >= COLUMN && !range.is_empty()).then_some(range)
    };
    std::iter::from_fn(next).take(MAX_LINES)
}

/// Returns the next line without its indentation, if it starts with a lower-case letter.
fn continuation(text: &str, from: usize, end: usize) -> Option<Range<usize>> {
    let rest = text[from..end].strip_prefix('\n')?;
    let start = rest.len() - rest.trim_start_matches(' ').len();
    let starts_with_word = rest.as_bytes().get(start).is_some_and(u8::is_ascii_lowercase);
    let length = rest.find('\n').unwrap_or(rest.len());
    (start >= 2 && starts_with_word).then(|| from + 1 + start..from + 1 + length)
}
