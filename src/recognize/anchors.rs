use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use mcp_error_codes_core::Record;

use crate::codes::find::registries;
use crate::codes::shape::Shape;
use crate::matching::fit::{Fit, Pieces};
use crate::matching::known::Known;
use crate::matching::phrases::Hit;
use crate::recognize::filter::Filter;
use crate::recognize::unwrap::log_prefix;

/// Everything that is looked for in a text, as one automaton.
#[derive(Debug)]
pub(crate) struct Anchors {
    pub(crate) known: Arc<Known>,
    automaton: Option<AhoCorasick>,
    /// What each pattern of the automaton is a part of.
    parts: Vec<Vec<Part>>,
    /// Made when a log is read.
    filter: OnceLock<Filter>,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    /// A piece of the literal text of a phrase. `before` is how far it is from the start, if no placeholder comes first.
    Phrase {
        phrase: usize,
        before: Option<usize>,
    },
    Code(&'static str),
    /// The full name of a code that is a number.
    FullName(&'static Record),
    /// A label that an SDK puts before a number.
    Label,
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
    /// Whether a number may follow the label of an SDK.
    pub(crate) has_label: bool,
}

/// What every error without a known message or code has: the number of one, or the mark of a tool result.
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
/// A longer piece of a phrase is cut: that keeps the automaton small, and the phrase is compared anyway.
const MAX_PIECE: usize = 16;
/// So many bytes of a line are compared with phrases at most, or this many times its length.
const MIN_COMPARED: usize = 1 << 20;
const TIMES_COMPARED: usize = 16;
/// Of a longer line, only two ends are tried.
const MAX_TRIED: usize = 1 << 14;

impl Anchors {
    /// Returns the automaton of the registries that are known now.
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
            if let Some((piece, before)) = longest_piece(phrase.template) {
                let mut cut = piece.len().min(MAX_PIECE);
                while !piece.is_char_boundary(cut) {
                    cut -= 1;
                }
                add(&piece[..cut], Part::Phrase { phrase: at, before });
            }
        }
        for code in known.code_texts() {
            // A number is no text that anybody writes for a code.
            if code.parse::<i64>().is_err() {
                add(code, Part::Code(code));
                continue;
            }
            for record in known.by_code(code) {
                add(&record.full_name().to_string(), Part::FullName(record));
            }
        }
        for label in LABELS {
            add(label, Part::Label);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&patterns)
            .ok();
        Self { known, automaton, parts, filter: OnceLock::new() }
    }

    /// The filter of lines that are worth reading.
    pub(crate) fn filter(&self) -> &Filter {
        self.filter.get_or_init(|| {
            let phrases =
                self.known.phrases.iter().filter_map(|phrase| longest_piece(phrase.template)).map(|(piece, _)| piece);
            Filter::new(phrases, self.codes().chain(MARKS), &[])
        })
    }

    /// Makes the filter of lines with a code, a number, or the mark of an error; those with a message alone are left out.
    pub(crate) fn filter_of_codes(&self) -> Filter {
        // A code that nobody defined has the shape of a family: `NX-MCP-999` anywhere, `E999` where an entry has its code.
        let shapes: BTreeSet<&str> = self.known.code_texts().filter_map(Shape::of).map(|shape| shape.prefix).collect();
        let (distinctive, short): (Vec<&str>, Vec<&str>) = shapes.into_iter().partition(|prefix| prefix.contains('-'));
        let undefined: Vec<String> =
            distinctive.iter().flat_map(|prefix| (0..10).map(move |digit| format!("{prefix}{digit}"))).collect();
        let numbered: Vec<String> = short.iter().map(|prefix| format!("| {prefix}")).collect();
        let codes: Vec<&str> = self.codes().chain(MARKS).collect();
        Filter::new(std::iter::empty(), codes.into_iter().chain(undefined.iter().map(String::as_str)), &numbered)
    }

    /// The codes that are looked for in lines: a word is no code by itself. What makes it one is a message, a member or a label of an
    /// SDK.
    fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.known.code_texts().filter(|code| {
            code.parse::<i64>().is_err() && (code.contains('-') || code.contains(|c: char| c.is_ascii_digit()))
        })
    }

    /// Finds phrases and codes in a part of a line. `line` is the whole line, whose boundaries count.
    pub(crate) fn find<'p>(&'p self, text: &str, line: Range<usize>, part: Range<usize>) -> Found<'p> {
        let mut found = Found::default();
        let Some(automaton) = &self.automaton else { return found };
        let bytes = &text.as_bytes()[part.clone()];
        let mut ends: Option<Vec<usize>> = None;
        let mut prefix: Option<usize> = None;
        let mut budget = MIN_COMPARED.max(part.len().saturating_mul(TIMES_COMPARED));
        for matched in automaton.find_overlapping_iter(bytes) {
            let at = part.start + matched.start()..part.start + matched.end();
            for own in &self.parts[matched.pattern().as_usize()] {
                match *own {
                    Part::Label => found.has_label = true,
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
                        let prefix = *prefix.get_or_insert_with(|| line.start + log_prefix(&text[line.clone()]));
                        let ends = ends.get_or_insert_with(|| ends_of(text, &part));
                        let Some(rest) = budget.checked_sub((part.end - at.start + 64) * ends.len()) else {
                            return found;
                        };
                        budget = rest;
                        let context = Context { text, line: &line, part: &part, prefix, ends };
                        if let Some(hit) = self.compare(phrase, before, at.clone(), &context) {
                            found.hits.push(hit);
                        }
                    }
                }
            }
        }
        found.hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.phrase.length)));
        found
    }

    /// Compares a phrase with the text around a piece of it.
    fn compare(
        &self,
        phrase: usize,
        before: Option<usize>,
        at: Range<usize>,
        context: &Context<'_>,
    ) -> Option<Hit<'_>> {
        let phrase = self.known.phrases.get(phrase)?;
        let Context { text, part, ends, .. } = context;
        let starts: Vec<usize> = match before {
            Some(before) => at.start.checked_sub(before).into_iter().collect(),
            None => context.starts_before(at.start, phrase.template),
        };
        let mut words = None;
        for start in starts {
            if start < part.start || !text.is_char_boundary(start) {
                continue;
            }
            let is_start = context.is_start(start);
            if is_start {
                for end in ends.iter().chain(&context.closing_quote(start)) {
                    if let Some(message) = text.get(start..*end)
                        && let Some(Fit { params }) = phrase.fit(message)
                    {
                        let params =
                            params.into_iter().map(|(name, value)| (name, start + value.start..start + value.end));
                        return Some(Hit { phrase, params: params.collect(), range: start..*end, is_whole: true });
                    }
                }
            }
            // Words of a message that takes no values, within other text.
            let end = start + phrase.template.len();
            if !phrase.template.contains('{')
                && text.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(phrase.template))
                && is_word(text, &(start..end))
            {
                words = Some(Hit { phrase, params: Vec::new(), range: start..end, is_whole: false });
            }
        }
        words
    }
}

/// What surrounds a place in a line.
struct Context<'c> {
    text: &'c str,
    line: &'c Range<usize>,
    part: &'c Range<usize>,
    /// Where the message of the line starts.
    prefix: usize,
    ends: &'c [usize],
}

impl Context<'_> {
    /// Whether a message may start at a place: at the start, after the prefix of a log, after a label, or after an opening quote.
    fn is_start(&self, at: usize) -> bool {
        if at == self.part.start || at == self.line.start || at == self.prefix {
            return true;
        }
        let before = &self.text[self.line.start..at];
        let trimmed = before.trim_end_matches([' ', '\t']);
        let Some(last) = trimmed.chars().next_back() else { return true };
        let is_spaced = trimmed.len() < before.len();
        match last {
            '"' | '\'' | '`' | '(' | '[' | '=' | '{' => !is_spaced || last == '=',
            ':' | ']' | ')' | '|' | '>' | '.' | ';' | ',' | '»' | '→' => is_spaced || last == ']' || last == '>',
            '-' | '–' | '—' => is_spaced,
            _ => is_spaced && WORDS.iter().any(|word| trimmed.len() >= word.len() && trimmed.ends_with(word)),
        }
    }

    /// Returns where a phrase may start whose first piece is not the one that was found.
    fn starts_before(&self, at: usize, template: &'static str) -> Vec<usize> {
        const MOST: usize = 4;
        let first = Pieces::new(template).literal();
        let mut from = at.saturating_sub(MAX_LOOK_BACK).max(self.part.start);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let before = &self.text[from..at];
        let mut starts = Vec::new();
        if !first.trim().is_empty() {
            let (lower, first) = (before.to_ascii_lowercase(), first.to_ascii_lowercase());
            starts.extend(lower.rmatch_indices(&first).take(MOST).map(|(found, _)| from + found));
            return starts;
        }
        let candidates = before.char_indices().rev().take(MAX_LABEL).filter(|(_, c)| !c.is_whitespace());
        for (offset, _) in candidates {
            let start = from + offset;
            let after_space =
                start == self.part.start || before[..offset].ends_with([' ', '\t', '"', '\'', '`', '(', '[', '=']);
            if after_space && self.is_start(start) {
                starts.push(start);
                if starts.len() == MOST {
                    break;
                }
            }
        }
        starts
    }

    /// Returns where a text ends that a quote before it opened.
    fn closing_quote(&self, start: usize) -> Option<usize> {
        let quote = self.text[self.line.start..start].chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let length = self.text[start..self.part.end].find(quote)?;
        Some(start + length)
    }
}

/// What comes before a number that [`last_number`](crate::recognize::unwrap::last_number) finds.
const LABELS: [&str; 10] =
    ["code=", "error -", "error: -", "rror [-", "mcp error", "mcperror", "rpc error", "(code", "code -", "[-"];
/// Words after which a message starts without any mark.
const WORDS: [&str; 8] = [" error", "Error", " command", " exception", "Exception", " failed", "ERROR", "WARN"];
/// The start of a message is looked for in so many bytes before a piece of it.
const MAX_LOOK_BACK: usize = 1 << 12;
/// A message starts so many characters before a piece of it at most.
const MAX_LABEL: usize = 300;

/// Returns where the message of a part of a line may end: at its end, or before what loggers and SDKs put behind it.
fn ends_of(text: &str, part: &Range<usize>) -> Vec<usize> {
    const TAILS: [&[u8]; 8] = [b" { metadata", b" {", b" with stack", b", when ", b" (code ", b" at ", b"\\n", b" | "];
    let line = &text[part.clone()];
    let mut ends = Vec::new();
    let mut add = |length: usize| {
        let length = line[..length].trim_end().len();
        let end = part.start + length;
        if length > 0 && !ends.contains(&end) {
            ends.push(end);
        }
    };
    add(line.len());
    let trimmed = line.trim_end().trim_end_matches(['"', '\'', '`', ')', ']', '}', ',', ';']);
    add(trimmed.len());
    if line.len() > MAX_TRIED {
        return ends;
    }
    let bytes = line.as_bytes();
    let mut found = [false; TAILS.len()];
    for at in memchr::memchr3_iter(b' ', b',', b'\\', bytes) {
        for (tail, is_found) in TAILS.iter().zip(&mut found) {
            if !*is_found && bytes[at..].starts_with(tail) {
                *is_found = true;
                add(at);
            }
        }
    }
    if let Some(at) = memchr::memchr(b'\t', bytes) {
        add(at);
    }
    ends
}

/// Whether no letter, digit or hyphen goes on before or after a range.
fn is_word(text: &str, range: &Range<usize>) -> bool {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || byte >= 0x80;
    let bytes = text.as_bytes();
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at)).copied();
    let after = bytes.get(range.end).copied();
    !before.is_some_and(part) && !after.is_some_and(part)
}

/// Returns the longest piece of the literal text of a template, and its distance from the start if no placeholder comes before it.
fn longest_piece(template: &'static str) -> Option<(&'static str, Option<usize>)> {
    let mut pieces = Pieces::new(template);
    let first = pieces.literal();
    let mut longest = (first, Some(0));
    while pieces.placeholder().is_some() {
        let piece = pieces.literal();
        if piece.len() > longest.0.len() {
            longest = (piece, None);
        }
    }
    // The first piece needs no search for the start.
    if first.len() >= MAX_PIECE {
        longest = (first, Some(0));
    }
    (!longest.0.trim().is_empty()).then_some(longest)
}
