use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use mcp_error_codes_core::Record;

use crate::codes::registries::registries;
use crate::codes::shape::Shape;
use crate::matching::fit::{Params, Template};
use crate::matching::known::Known;
use crate::matching::label::TYPES;
use crate::matching::phrases::{Hit, Phrase};
use crate::recognize::filter::Filter;
use crate::recognize::grams::Grams;
use crate::recognize::layer::Layer;
use crate::recognize::line::{Line, WRAPPERS};
use crate::recognize::marks::{Mark, Marks};

/// The strings to search for: pieces of messages, codes, full names and labels.
#[derive(Debug)]
pub(crate) struct Anchors {
    pub(crate) known: Arc<Known>,
    grams: Grams,
    /// What each pattern of `grams` belongs to.
    parts: Vec<Vec<Part>>,
    /// Built when the first log is read.
    filter: OnceLock<Filter>,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    /// A piece of the literal text of a phrase. `before` is its distance from the start, unless a placeholder comes
    /// first.
    Phrase {
        phrase: usize,
        before: Option<usize>,
    },
    Code(&'static str),
    /// The full name of a code that is a number.
    FullName(&'static Record),
    /// A label that an SDK puts before a number, or the start of a JSON-RPC number.
    Number,
    /// A label that comes before an HTTP status.
    Status,
    /// The name of an error type of an SDK.
    Type,
    /// The wrapper of another protocol.
    Wrapper(&'static str),
}

/// The text of a code in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeHit {
    pub(crate) code: &'static str,
    pub(crate) range: Range<usize>,
}

/// What was found in a line.
#[derive(Debug, Default)]
pub(crate) struct Found<'p> {
    pub(crate) hits: Vec<Hit<'p>>,
    pub(crate) codes: Vec<CodeHit>,
    /// Whether there may be a number with the label of an SDK.
    pub(crate) may_have_number: bool,
    /// Whether there may be an HTTP status.
    pub(crate) may_have_status: bool,
    /// Whether there may be an error type of an SDK.
    pub(crate) may_have_type: bool,
}

/// Every error without a known message or code contains one of these: its number, or the mark of a tool result.
const MARKS: [&str; 12] = [
    "-32",
    "MCP error",
    "McpError",
    "\"code\":",
    "error_code",
    "errorCode",
    "code=",
    "isError\":true",
    "isError\": true",
    "is_error\":true",
    "isError=True",
    "-330",
];
/// The maximum length of a piece. A longer one is cut, and the whole phrase is compared later.
const MAX_PIECE: usize = 16;
/// The number of bytes that may be compared with phrases in one line, or `TIMES_COMPARED` times its length if that is
/// more.
const MIN_COMPARED: usize = 1 << 20;
const TIMES_COMPARED: usize = 16;

impl Anchors {
    /// Returns the strings to search for, given the current registries.
    pub(crate) fn get() -> Arc<Self> {
        static KNOWN: Mutex<Vec<(Vec<usize>, Arc<Anchors>)>> = Mutex::new(Vec::new());
        let key: Vec<usize> = registries().map(|registry| std::ptr::from_ref(registry).addr()).collect();
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, anchors)) = known.iter().find(|(registries, _)| *registries == key) {
            return Arc::clone(anchors);
        }
        let anchors = Arc::new(Self::build());
        known.push((key, Arc::clone(&anchors)));
        anchors
    }

    fn build() -> Self {
        let known = Known::get();
        let mut patterns: Vec<String> = Vec::new();
        let mut parts: Vec<Vec<Part>> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut add = |pattern: &str, part: Part| {
            let pattern = pattern.to_ascii_lowercase();
            let place = *places.entry(pattern.clone()).or_insert_with(|| {
                patterns.push(pattern);
                parts.push(Vec::new());
                parts.len() - 1
            });
            parts[place].push(part);
        };
        for (at, phrase) in known.phrases.iter().enumerate() {
            if let Some((piece, before)) = anchor(&phrase.template) {
                let mut cut = piece.len().min(MAX_PIECE);
                while !piece.is_char_boundary(cut) {
                    cut -= 1;
                }
                add(&piece[..cut], Part::Phrase { phrase: at, before });
            }
        }
        for code in known.code_texts() {
            // A number alone never means a code.
            if code.parse::<i64>().is_err() {
                add(code, Part::Code(code));
                continue;
            }
            for record in known.by_code(code) {
                add(&record.full_name().to_string(), Part::FullName(record));
            }
        }
        for label in NUMBER_LABELS {
            add(label, Part::Number);
        }
        for label in STATUS_LABELS {
            add(label, Part::Status);
        }
        for name in TYPES {
            add(name, Part::Type);
        }
        for wrapper in WRAPPERS {
            add(wrapper, Part::Wrapper(wrapper));
        }
        Self { known, grams: Grams::new(patterns), parts, filter: OnceLock::new() }
    }

    /// Returns the filter that finds the lines that have to be read.
    pub(crate) fn filter(&self) -> &Filter {
        self.filter.get_or_init(|| {
            let phrases = self.known.phrases.iter().filter_map(|phrase| longest_piece(&phrase.template));
            Filter::new(phrases, self.codes().chain(MARKS), &[])
        })
    }

    /// Creates the filter for lines with a code, a number, or the mark of an error. It skips lines that only have a
    /// message.
    pub(crate) fn filter_of_codes(&self) -> Filter {
        // An undefined code has the shape of a family: `NX-MCP-999` anywhere, `E999` in the position of the code.
        let shapes: BTreeSet<&str> = self.known.code_texts().filter_map(Shape::of).map(|shape| shape.prefix).collect();
        let (distinctive, short): (Vec<&str>, Vec<&str>) = shapes.into_iter().partition(|prefix| prefix.contains('-'));
        let undefined: Vec<String> =
            distinctive.iter().flat_map(|prefix| (0..10).map(move |digit| format!("{prefix}{digit}"))).collect();
        let numbered: Vec<String> = short.iter().map(|prefix| format!("| {prefix}")).collect();
        let codes: Vec<&str> = self.codes().chain(MARKS).collect();
        Filter::new(std::iter::empty(), codes.into_iter().chain(undefined.iter().map(String::as_str)), &numbered)
    }

    /// Returns the codes to search for in lines. A plain word is a code only in a message, in a member or after the
    /// label of an SDK.
    fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.known.code_texts().filter(|code| {
            code.parse::<i64>().is_err() && code.contains(|c: char| c.is_ascii_digit() || "-/:".contains(c))
        })
    }

    /// Finds all strings to search for that start at or after `from`.
    pub(crate) fn marks(&self, text: &str, from: usize) -> Marks {
        let mut marks = Vec::with_capacity(16);
        self.grams.find(text.as_bytes(), |pattern, range| {
            marks.push(Mark { pattern, start: from + range.start, end: from + range.end });
        });
        Marks::new(marks)
    }

    /// Returns where the first wrapper of another protocol starts: at the start of the line or of a word.
    fn other_protocol(&self, marks: &Marks, line: &Line<'_>) -> Option<usize> {
        let range = line.range();
        let is_wrapper = |mark: &Mark| {
            let found = line.text().get(mark.start..mark.end);
            let is_own = |part: &Part| matches!(part, Part::Wrapper(wrapper) if found == Some(wrapper));
            let starts_word = || mark.start == range.start || line.text().as_bytes()[mark.start - 1] == b' ';
            self.parts[mark.pattern].iter().any(is_own) && starts_word()
        };
        marks.within(&range).filter(is_wrapper).map(|mark| mark.start).min()
    }

    /// Finds phrases and codes in a line.
    pub(crate) fn find<'p>(&'p self, layer: &Layer<'_>, line: &mut Line<'_>) -> Found<'p> {
        let text = line.text();
        let own;
        let marks = match layer.marks(|text| self.marks(text, 0)) {
            Some(marks) => marks,
            None => {
                own = self.marks(&text[line.range()], line.range().start);
                &own
            }
        };
        line.other_protocol = self.other_protocol(marks, line);
        let line = &*line;
        let mut found = Found::default();
        let ends = Ends::new(line);
        let mut budget = MIN_COMPARED.max(line.range().len().saturating_mul(TIMES_COMPARED));
        for mark in marks.within(&line.range()) {
            let at = mark.start..mark.end;
            for own in &self.parts[mark.pattern] {
                match *own {
                    Part::Number => found.may_have_number = true,
                    Part::Status => found.may_have_status = true,
                    Part::Type => found.may_have_type = true,
                    Part::Wrapper(_) => {}
                    Part::FullName(record) => {
                        let is_exact = text.get(at.clone()).is_some_and(|found| record.full_name() == found);
                        if is_exact && is_word(text, &at) {
                            found.codes.push(CodeHit { code: record.code, range: at.clone() });
                        }
                    }
                    Part::Code(code) => {
                        if text.get(at.clone()) == Some(code) && is_word(text, &at) {
                            found.codes.push(CodeHit { code, range: at.clone() });
                        }
                    }
                    Part::Phrase { phrase, before } => {
                        let length = line.range().end - at.start + 64;
                        // Codes and numbers are found even if no more messages can be compared.
                        let Some(rest) = budget.checked_sub(length * ends.count()) else { continue };
                        budget = rest;
                        if let Some(phrase) = self.known.phrases.get(phrase)
                            && let Some(hit) = compare(phrase, before, at.start, line, &ends)
                        {
                            found.hits.push(hit);
                        }
                    }
                }
            }
        }
        found.hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.phrase.length)));
        found
    }
}

/// Compares a phrase with the text around a piece of it.
fn compare<'p>(
    phrase: &'p Phrase,
    before: Option<usize>,
    at: usize,
    line: &Line<'_>,
    ends: &Ends<'_>,
) -> Option<Hit<'p>> {
    if let Some(before) = before {
        return compare_at(phrase, at.checked_sub(before)?, line, ends).map(|(hit, _)| hit);
    }
    if !phrase.template.may_fit(&line.text()[line.range()]) {
        return None;
    }
    let mut words = None;
    for start in line.starts_before(at, phrase.template.first()) {
        match compare_at(phrase, start, line, ends) {
            Some((hit, true)) => return Some(hit),
            Some((hit, false)) => words = Some(hit),
            None => {}
        }
    }
    words
}

/// Compares a phrase with the text at the given position, and returns whether it is the whole message.
fn compare_at<'p>(phrase: &'p Phrase, start: usize, line: &Line<'_>, ends: &Ends<'_>) -> Option<(Hit<'p>, bool)> {
    let text = line.text();
    if start < line.range().start || !text.is_char_boundary(start) {
        return None;
    }
    let template = &phrase.template;
    // A template without placeholders has all of its text here.
    let first = template.first().as_bytes();
    if !text.as_bytes()[start..].get(..first.len()).is_some_and(|found| found.eq_ignore_ascii_case(first)) {
        return None;
    }
    let rest = || text.get(start + first.len()..line.range().end);
    let is_possible = !template.takes_values() || rest().is_some_and(|rest| template.may_fit(rest));
    if is_possible && line.is_start(start) {
        let (params, end) = match template.takes_values() {
            true => {
                let fits = |end: usize| Some((phrase.fit(text.get(start..end)?)?, end));
                let found = ends.plain().find_map(fits).or_else(|| ends.tails().find_map(fits));
                found.or_else(|| fits(line.closing_quote(start)?)).unzip()
            }
            false => (Some(Params::new()), ends.end_at(start, start + first.len())),
        };
        if let (Some(params), Some(end)) = (params, end) {
            let params = params.into_iter().map(|(name, value)| (name, start + value.start..start + value.end));
            return Some((Hit { phrase, params: params.collect(), range: start..end, is_whole: true }, true));
        }
    }
    // The words of a message without values, inside other text.
    let range = start..start + first.len();
    let is_found = !template.takes_values() && is_word(text, &range);
    is_found.then(|| (Hit { phrase, params: Params::new(), range, is_whole: false }, false))
}

/// Suffixes that loggers and SDKs append to a message.
const TAILS: [&[u8]; 10] = [
    b"    ",
    b" { metadata",
    b" {",
    b" with stack",
    b", when ",
    b" (code ",
    b" (retry after ",
    b" at ",
    b"\\n",
    b" | ",
];

/// The positions where the message of a line may end.
struct Ends<'l> {
    line: &'l Line<'l>,
    /// At the end of the line, with spaces trimmed, and before a closing quote or bracket.
    plain: [usize; 2],
    /// Before the text that loggers and SDKs append to a message. Computed on demand, because few messages need it.
    tails: OnceCell<Vec<usize>>,
}

impl<'l> Ends<'l> {
    fn new(line: &'l Line<'l>) -> Self {
        let range = line.range();
        let text = line.text()[range.clone()].trim_end();
        let closed = text.trim_end_matches(['"', '\'', '`', ')', ']', '}', ',', ';']).trim_end();
        let plain = [range.start + text.len(), range.start + closed.len()];
        Self { line, plain, tails: OnceCell::new() }
    }

    /// Returns how many ends have been computed so far.
    fn count(&self) -> usize {
        2 + self.tails.get().map_or(0, Vec::len)
    }

    fn plain(&self) -> impl Iterator<Item = usize> + '_ {
        let distinct = 1 + usize::from(self.plain[0] != self.plain[1]);
        self.plain[..distinct].iter().copied().filter(|end| *end > self.line.range().start)
    }

    /// Returns the end of a message without values, given its start and end, or one byte later with a final period.
    fn end_at(&self, start: usize, end: usize) -> Option<usize> {
        let bytes = &self.line.text().as_bytes()[..self.line.range().end];
        let stopped = end + usize::from(bytes.get(end) == Some(&b'.'));
        let is_quoted = |end: usize| {
            let quote = start.checked_sub(1).filter(|before| *before >= self.line.range().start).map(|at| bytes[at]);
            quote.is_some_and(|quote| matches!(quote, b'"' | b'\'' | b'`') && bytes.get(end) == Some(&quote))
        };
        let is_end = |end: &usize| {
            let after = &bytes[*end..];
            let is_tail = TAILS.iter().any(|tail| after.starts_with(tail))
                || after.starts_with(b"\t")
                || after.starts_with(b"] ");
            self.plain().any(|plain| plain == *end) || is_tail || is_quoted(*end)
        };
        [end, stopped].into_iter().find(is_end)
    }

    fn tails(&self) -> impl Iterator<Item = usize> + '_ {
        self.tails.get_or_init(|| self.find_tails()).iter().copied()
    }

    fn find_tails(&self) -> Vec<usize> {
        /// The maximum length of a line in which tails are searched for.
        const MAX_TRIED: usize = 1 << 14;
        let range = self.line.range();
        let line = &self.line.text()[range.clone()];
        let bytes = line.as_bytes();
        let mut ends = Vec::new();
        if bytes.len() > MAX_TRIED {
            return ends;
        }
        let mut add = |length: usize| {
            let length = line[..length].trim_end().len();
            let end = range.start + length;
            if length > 0 && !ends.contains(&end) {
                ends.push(end);
            }
        };
        let mut is_found = [false; TAILS.len()];
        for at in memchr::memchr3_iter(b' ', b',', b'\\', bytes) {
            // Most spaces are followed by a character that no tail starts with.
            if !matches!(bytes.get(at + 1), Some(b'{' | b'w' | b' ' | b'(' | b'a' | b'n' | b'|')) {
                continue;
            }
            for (tail, is_found) in TAILS.iter().zip(&mut is_found) {
                if !*is_found && bytes[at..].starts_with(tail) {
                    *is_found = true;
                    add(at);
                }
            }
        }
        if let Some(at) = memchr::memchr(b'\t', bytes) {
            add(at);
        }
        // Some hosts put the message in brackets, and go on.
        if let Some(at) = memchr::memmem::rfind(bytes, b"] ") {
            add(at);
        }
        ends
    }
}

/// Labels of the numbers that [`last_number`](crate::matching::label::last_number) finds, and the starts of reserved
/// numbers.
const NUMBER_LABELS: [&str; 13] = [
    "code=",
    "mcp error",
    "mcperror",
    "rpc error",
    "[-1]",
    "-320",
    "-321",
    "-322",
    "-323",
    "-324",
    "-325",
    "-326",
    "-327",
];
/// Labels of the statuses that [`status_in`](crate::recognize::unwrap::status_in) finds.
const STATUS_LABELS: [&str; 3] = ["http ", "status", "success: "];

/// Returns whether a range is a whole word: it has no letter, digit or hyphen before or after it.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    !before.is_some_and(is_part) && !after.is_some_and(is_part)
}

/// Returns the piece of a template to search for, and its distance from the start if no placeholder precedes it.
///
/// If the template starts with text, the start of the message is known without a search.
fn anchor(template: &Template) -> Option<(&'static str, Option<usize>)> {
    match template.first().trim().len() >= MIN_FIRST {
        true => Some((template.first(), Some(0))),
        false => longest_piece(template).map(|piece| (piece, Some(0).filter(|_| piece == template.first()))),
    }
}

/// The minimum length of the first text. A shorter one is too common if the template contains a longer piece.
const MIN_FIRST: usize = 4;

/// Returns the longest piece of a template's literal text, or the first of several that are long enough.
fn longest_piece(template: &Template) -> Option<&'static str> {
    let long = Some(template.first()).filter(|first| first.len() >= MAX_PIECE);
    let piece =
        long.or_else(|| template.literals().reduce(|best, piece| if piece.len() > best.len() { piece } else { best }))?;
    (!piece.trim().is_empty()).then_some(piece)
}
