use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use mcp_error_codes_core::Surface;
use serde_json::Value;

use crate::Certainty;
use crate::codes::registries::registries;
use crate::matching::phrases::Hit;
use crate::matching::rank::{Candidate, CodePlace, Parts, is_distinctive, rank};
use crate::recognize::anchors::{Anchors, CodeHit};
use crate::recognize::finding::{Finding, Received, RecognizedError};
use crate::recognize::layer::Layer;
use crate::recognize::unwrap::{Numbered, chain, last_number, log_prefix, status_in, without_controls};
use crate::recognize::value::{Node, without_escapes};
use crate::recognize::wait::wait_in_text;

/// What is known of a text before it is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// What the error has from what surrounds the text.
    pub(crate) base: Rc<Received>,
    pub(crate) http_status: Option<u16>,
    /// Whether the status is that of the answer, rather than a number in a text.
    pub(crate) is_status_given: bool,
    pub(crate) surface: Option<Surface>,
    /// How many layers are below.
    pub(crate) depth: usize,
    /// Whether the text is the text of an error, rather than one in which an error may be.
    pub(crate) is_message: bool,
    /// Whether something that is only possible counts.
    pub(crate) needs_answer: bool,
}

/// Texts within texts are read so deep.
const MAX_DEPTH: usize = 16;
/// A longer line is cut, and its parts are read by themselves.
const MAX_LINE: usize = 1 << 20;

/// Reads a text, layer by layer.
#[derive(Debug)]
pub(crate) struct Scanner<'k> {
    pub(crate) anchors: &'k Anchors,
    pub(crate) system: Option<&'k str>,
    pub(crate) errors: Vec<RecognizedError>,
    /// Whether the object that was read last is a request, or an answer without an error.
    pub(crate) is_harmless: bool,
    /// Whether only the first finding of each error is wanted, without what surrounds it.
    pub(crate) is_brief: bool,
    /// How many bytes may still be read, those that are read again included.
    pub(crate) work: usize,
    /// How many bytes may still be read in vain, for something that turns out to be no object.
    tries: usize,
}

impl<'k> Scanner<'k> {
    pub(crate) fn new(anchors: &'k Anchors, system: Option<&'k str>, length: usize) -> Self {
        /// Each layer may be read a few times.
        const TIMES: usize = 24;
        /// What only looks like an object may be tried a few times.
        const TRIES: usize = 4;
        Self {
            anchors,
            system,
            errors: Vec::new(),
            is_harmless: false,
            is_brief: false,
            work: length.saturating_mul(TIMES).saturating_add(1 << 16),
            tries: length.saturating_mul(TRIES).saturating_add(1 << 14),
        }
    }

    /// Describes the first error of which nothing is known.
    pub(crate) fn unknown(&self) -> Option<String> {
        let received = &self.errors.iter().find(|error| error.findings.is_empty())?.received;
        let number = received.number.map(|number| format!(" with the number {number}"));
        let message = received.message.as_deref().map(|message| {
            let start: String = message.chars().take(200).collect();
            format!(" and the message {start:?}")
        });
        Some(format!(
            "there is an error{}{}, of which nothing is known",
            number.unwrap_or_default(),
            message.unwrap_or_default()
        ))
    }

    /// Returns what was found, in the order of the text.
    pub(crate) fn finish(self) -> Vec<RecognizedError> {
        self.finish_all().0
    }

    /// Returns what was found and what is an error of which nothing is known, each in the order of the text.
    pub(crate) fn finish_all(mut self) -> (Vec<RecognizedError>, Vec<RecognizedError>) {
        self.errors.sort_by_key(|error| error.received.span.start);
        self.errors.into_iter().partition(|error| !error.findings.is_empty())
    }

    /// Reads a whole input, which may be a code, a number or a JSON string by itself.
    pub(crate) fn whole<'a>(&mut self, layer: &Rc<Layer<'a>>, context: &Context) {
        let text = layer.text();
        if context.depth < MAX_DEPTH
            && let Some(plain) = without_controls(layer, 0..text.len())
        {
            return self.whole(&Rc::new(plain), &Context { depth: context.depth + 1, ..context.clone() });
        }
        let start = text.len() - text.trim_start().len();
        let range = start..start + text.trim().len();
        let trimmed = &text[range.clone()];
        if let Ok(number) = trimmed.parse::<i64>() {
            let parts = Parts { number: Some(number), ..self.parts(context) };
            let received = Received { number: Some(number), ..(*context.base).clone() };
            let candidates = rank(&self.anchors.known, &parts, &[]);
            return self.push(layer, range.clone(), range, &candidates, received, context);
        }
        if !trimmed.contains(char::is_whitespace) && trimmed.len() < MAX_NAME {
            let place = if trimmed.contains(':') { CodePlace::FullName } else { CodePlace::Alone };
            let parts = Parts { code: Some((trimmed, place)), ..self.parts(context) };
            let code = trimmed.rsplit(':').next().unwrap_or_default();
            let candidates = rank(&self.anchors.known, &parts, &[]);
            if candidates.iter().any(|candidate| candidate.is_of_code(code)) {
                let received = Received { code: Some(trimmed.to_owned()), ..(*context.base).clone() };
                return self.push(layer, range.clone(), range, &candidates, received, context);
            }
        }
        if trimmed.starts_with('"')
            && context.depth < MAX_DEPTH
            && let Some(node) = Node::read(text, start, &mut self.work)
            && node.range == range
            && let Some(content) = node.as_text()
        {
            let above = Rc::new(without_escapes(layer, content));
            return self.whole(&above, &Context { depth: context.depth + 1, ..context.clone() });
        }
        self.text(layer, range, context);
    }

    /// Reads a text in which objects and lines of a log may follow each other.
    pub(crate) fn text<'a>(&mut self, layer: &Rc<Layer<'a>>, range: Range<usize>, context: &Context) {
        if context.depth >= MAX_DEPTH || range.is_empty() || self.work == 0 {
            return;
        }
        if let Some(plain) = without_controls(layer, range.clone()) {
            let plain = Rc::new(plain);
            let range = 0..plain.text().len();
            return self.text(&plain, range, &Context { depth: context.depth + 1, ..context.clone() });
        }
        if let Some(joined) = crate::recognize::frames::joined(layer, range.clone()) {
            let joined = Rc::new(joined);
            let range = 0..joined.text().len();
            return self.text(&joined, range, &Context { depth: context.depth + 1, ..context.clone() });
        }
        self.work = self.work.saturating_sub(range.len());
        let text = layer.text();
        let mut prose = range.start;
        let mut at = range.start;
        while let Some(place) = next_object(text, at, range.end) {
            let mut work = self.work.min(self.tries);
            let before = work;
            let node = Node::read(text, place.start, &mut work);
            let spent = before - work;
            self.work -= spent;
            let Some(node) = node.filter(|node| node.range.end <= range.end) else {
                self.tries = self.tries.saturating_sub(spent.max(1));
                if self.work == 0 || self.tries == 0 {
                    break;
                }
                at = place.bracket + 1;
                continue;
            };
            let line_start =
                memchr::memrchr(b'\n', &text.as_bytes()[prose..place.start]).map_or(prose, |found| prose + found + 1);
            let intro = line_start..place.start;
            let mark = self.errors.len();
            let own = self.context_of_object(&text[intro.clone()], context);
            self.is_harmless = false;
            self.node(layer, &node, &own);
            // What was read to its end without an error, or says that it is none, is not read again as a text.
            let is_done = std::mem::take(&mut self.is_harmless) || (intro.is_empty() && node.as_object().is_some());
            if self.errors.len() > mark || is_done {
                // The lines before the object are read by themselves, but for a line that only announces it.
                let found = self.errors.split_off(mark);
                let before = announced(text, prose..line_start);
                self.prose(layer, before, context);
                self.errors.extend(found);
                at = node.range.end;
                let line_end = text[at..range.end].find('\n').map_or(range.end, |found| at + found);
                prose = if next_object(text, at, line_end).is_some() { at } else { line_end };
                at = at.max(prose.min(line_end));
                continue;
            }
            // The shape of the object may be all that there is of an error; the line may say more of it.
            let value = is_shape(&node).then(|| node.to_json(layer));
            if let Some(value) = value
                && self.shape(layer, &node, intro, &value, prose, context)
            {
                at = node.range.end;
                prose = text[at..range.end].find('\n').map_or(range.end, |found| at + found);
                continue;
            }
            at = node.range.end.max(place.bracket + 1);
        }
        if prose < range.end {
            self.prose(layer, prose..range.end, context);
        }
    }

    /// What an object has from the text before it on its line.
    fn context_of_object(&self, intro: &str, context: &Context) -> Context {
        let mut own = context.clone();
        own.depth += 1;
        if !self.is_brief {
            Rc::make_mut(&mut own.base).chain.extend(chain(intro));
        }
        if own.http_status.is_none() {
            own.http_status = status_in(intro);
        }
        own
    }

    /// Reads an object or a list whose shape is that of a signature.
    fn shape<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        node: &Node,
        intro: Range<usize>,
        value: &Value,
        prose: usize,
        context: &Context,
    ) -> bool {
        let text = layer.text();
        let numbered = last_number(&text[intro.clone()]);
        let number = numbered.as_ref().map(|numbered| numbered.number).or(context.base.number);
        let parts = Parts { number, data: Some(value), ..self.parts(context) };
        let candidates = rank(&self.anchors.known, &parts, &[]);
        let rests_on_data =
            |candidate: &Candidate| candidate.rests_on_data() && candidate.certainty > Certainty::Possible;
        if !candidates.first().is_some_and(rests_on_data) {
            return false;
        }
        let before = announced(text, prose..intro.start);
        self.prose(layer, before, context);
        let mark = self.errors.len();
        let line_end = text[intro.start..node.range.end].find('\n').map_or(node.range.end, |found| intro.start + found);
        self.line(layer, intro.start..line_end, context);
        let is_answered = self.errors[mark..].iter().any(|error| {
            error
                .findings
                .first()
                .is_some_and(|finding| finding.certainty() > Certainty::Possible && finding.rests_on_message())
        });
        if !is_answered {
            self.errors.truncate(mark);
            let mut received = (*context.base).clone();
            received.number = number;
            received.chain.extend(chain(&text[intro]));
            received.message = Some(text[node.range.clone()].to_owned());
            self.push(layer, node.range.clone(), node.range.clone(), &candidates, received, context);
        }
        true
    }

    /// Reads lines without objects.
    fn prose<'a>(&mut self, layer: &Rc<Layer<'a>>, range: Range<usize>, context: &Context) {
        let mut at = range.start;
        let end = range.end;
        while at < end {
            let text = layer.text();
            let length = memchr::memchr(b'\n', &text.as_bytes()[at..end]).unwrap_or(end - at);
            let mut cut = length.min(MAX_LINE);
            while !text.is_char_boundary(at + cut) {
                cut -= 1;
            }
            let line = at..at + cut;
            let mark = self.errors.len();
            if memchr::memchr(b'\\', &text.as_bytes()[line.clone()]).is_some() && text[line.clone()].contains("\\\"") {
                // JSON in a text in JSON, or in a log that escapes quotes.
                let plain = Rc::new(without_escapes(layer, line.clone()));
                let whole = 0..plain.text().len();
                self.text(&plain, whole, &Context { depth: context.depth + 1, ..context.clone() });
            }
            if self.errors.len() == mark {
                self.line(layer, line, context);
            }
            at += if cut < length { cut } else { length + 1 };
            if mark + 1 == self.errors.len()
                && let [.., last] = &mut self.errors[..]
                && let Some(Certainty::Certain) = last.findings.first().map(Finding::certainty)
                && last.received.code.is_some()
            {
                at += own_lines(&layer.text()[at.min(end)..end], last);
            }
        }
    }

    /// Reads a line: an SDK's number, a code, or a message.
    fn line<'a>(&mut self, layer: &Rc<Layer<'a>>, line: Range<usize>, context: &Context) {
        let text = layer.text();
        let line = trimmed(text, line);
        let content = &text[line.clone()];
        if content.is_empty() || is_stack_line(content) {
            return;
        }
        let found = self.anchors.find(text, line.clone(), line.clone());
        if !found.has_label && found.hits.is_empty() && found.codes.is_empty() && !context.is_message {
            return;
        }
        let numbered = last_number(content).map(|found| Numbered {
            start: line.start + found.start,
            message: line.start + found.message,
            ..found
        });
        let part = numbered.as_ref().map_or(line.start, |numbered| numbered.message)..line.end;
        let part = within_quotes(text, &line, part);
        let hits: Vec<Hit<'_>> = found.hits.into_iter().filter(|hit| hit.range.start >= part.start).collect();
        let code = best_code(text, &line, &part, &found.codes);
        let status = if context.http_status.is_none() { status_in(content) } else { None };
        if numbered.is_none() && hits.is_empty() && code.is_none() && !(context.is_message && status.is_some()) {
            return;
        }
        let hits = roots(hits);
        let message = match &code {
            Some(code) if code.message < line.end => code.message..line.end,
            _ => part.clone(),
        };
        let message = trimmed(text, message);
        let parts = Parts {
            number: numbered.as_ref().map(|numbered| numbered.number).or(context.base.number),
            code: code.as_ref().map(|code| (&text[code.text.clone()], code.place)),
            message: Some(&text[message.clone()]).filter(|message| !message.is_empty()),
            http_status: context.http_status.or(status),
            ..self.parts(context)
        };
        let candidates = rank(&self.anchors.known, &parts, &hits);
        let is_answer = candidates.first().is_some_and(|best| best.certainty > Certainty::Possible);
        if (candidates.is_empty() && numbered.is_none()) || (context.needs_answer && !is_answer) {
            return;
        }
        let best = candidates.first().and_then(|best| best.range.clone());
        let root = best.clone().unwrap_or(message);
        let start = match (&numbered, &code) {
            (Some(numbered), _) => numbered.start,
            (None, Some(code)) => code.text.start,
            (None, None) => root.start,
        };
        let mut received = (*context.base).clone();
        if !self.is_brief {
            received.chain.extend(chain(&text[line.start..start.max(line.start)]));
            received.wait = received.wait.or_else(|| wait_in_text(content));
        }
        if !self.is_brief && best.is_some() && root.start > part.start && code.is_none() && numbered.is_some() {
            received.chain.extend(chain(&text[part.start..root.start]));
        }
        received.number = numbered.as_ref().map(|numbered| numbered.number).or(received.number);
        received.code = code.as_ref().map(|code| text[code.text.clone()].to_owned()).or(received.code);
        received.message =
            Some(text[root.clone()].to_owned()).filter(|message| !message.is_empty()).or(received.message);
        received.http_status = received.http_status.or(parts.http_status);
        self.push(layer, start..root.end.max(start), line, &candidates, received, context);
    }

    /// The parts that the surroundings give.
    pub(crate) fn parts<'c>(&self, context: &'c Context) -> Parts<'c>
    where
        'k: 'c,
    {
        Parts {
            system: self.system,
            number: context.base.number,
            data: context.base.data.as_ref(),
            http_status: context.http_status,
            is_status_given: context.is_status_given,
            is_brief: self.is_brief,
            ..Parts::default()
        }
    }

    /// Adds an error whose places are those of another text than the layer's.
    pub(crate) fn push_with_text<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        whole: Range<usize>,
        candidates: &[Candidate],
        text: &str,
        mut received: Received,
        context: &Context,
    ) {
        let span = layer.source(whole);
        if received.span.is_empty() {
            received.span = span.clone();
        }
        let received = Arc::new(received);
        let finding = |candidate: &Candidate| Finding::new(candidate, text, span.clone(), context.surface, &received);
        let wanted = if self.is_brief { 1 } else { candidates.len() };
        let findings = candidates.iter().take(wanted).map(finding).collect();
        self.errors.push(RecognizedError { findings, received });
    }

    /// Adds an error. `range` is what the findings rest on, `whole` the line or the object.
    pub(crate) fn push<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        range: Range<usize>,
        whole: Range<usize>,
        candidates: &[Candidate],
        mut received: Received,
        context: &Context,
    ) {
        if received.span.is_empty() {
            received.span = layer.source(whole);
        }
        let received = Arc::new(received);
        let span = layer.source(range);
        let finding = |candidate: &Candidate| {
            let span = candidate.range.clone().map_or_else(
                || span.clone(),
                |own| {
                    let own = layer.source(own);
                    own.start.min(span.start)..own.end
                },
            );
            Finding::new(candidate, layer.text(), span, context.surface, &received)
        };
        let wanted = if self.is_brief { 1 } else { candidates.len() };
        let findings = candidates.iter().take(wanted).map(finding).collect();
        self.errors.push(RecognizedError { findings, received });
    }
}

/// A longer text is no name of a code.
const MAX_NAME: usize = 200;

struct ObjectPlace {
    /// Where the object or its name starts.
    start: usize,
    bracket: usize,
}

/// Finds the next place where an object, a call or a list of objects may start.
fn next_object(text: &str, from: usize, end: usize) -> Option<ObjectPlace> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < end {
        let bracket = at + memchr::memchr3(b'{', b'(', b'[', &bytes[at..end])?;
        at = bracket + 1;
        let mut name = bracket;
        if bytes[bracket] == b'{' && name > from && bytes[name - 1] == b' ' {
            name -= 1;
        }
        let name_end = name;
        while name > from && (bytes[name - 1].is_ascii_alphanumeric() || matches!(bytes[name - 1], b'_' | b'.' | b':'))
        {
            name -= 1;
        }
        while name < name_end && matches!(bytes[name], b':' | b'.') {
            name += 1;
        }
        let has_name = name < name_end && bytes[name..name_end].iter().any(u8::is_ascii_uppercase);
        let next = bytes[at..end].iter().copied().find(|byte| !byte.is_ascii_whitespace());
        let starts_key = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'"' | b'\'' | b':' | b'&');
        let is_object = match bytes[bracket] {
            b'{' => next.is_some_and(|next| starts_key(next) || next == b'}'),
            b'(' => has_name && next.is_some_and(|next| starts_key(next) || matches!(next, b'{' | b'[')),
            _ if has_name => next.is_some_and(starts_key),
            _ => matches!(next, Some(b'{' | b'[')),
        };
        if is_object {
            return Some(ObjectPlace { start: if has_name { name } else { bracket }, bracket });
        }
    }
    None
}

/// Whether a value is a list or an object that a signature may describe, rather than a word in braces.
fn is_shape(node: &Node) -> bool {
    match node.as_array() {
        Some(values) => values.first().is_some_and(|first| first.as_object().is_some()),
        None => false,
    }
}

/// Returns the lines before an object without those that only announce it, such as `Error POSTing to endpoint:`.
fn announced(text: &str, range: Range<usize>) -> Range<usize> {
    let mut end = range.end;
    loop {
        let before = text[range.start..end].trim_end();
        if !before.ends_with(':') {
            return range.start..end;
        }
        let line = before.rfind('\n').map_or(0, |found| found + 1);
        end = range.start + line;
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// Cuts a message at the quote that closes it, if one opens it.
fn within_quotes(text: &str, line: &Range<usize>, part: Range<usize>) -> Range<usize> {
    let quote = text[line.start..part.start].chars().next_back().filter(|quote| matches!(quote, '"' | '\'' | '`'));
    match quote.and_then(|quote| text[part.clone()].find(quote)) {
        Some(length) => part.start..part.start + length,
        None => part,
    }
}

/// Whether a line is a frame of a stack trace.
fn is_stack_line(line: &str) -> bool {
    (line.starts_with("at ") && line.contains(['(', ':']))
        || line.starts_with("File \"")
        || line.starts_with("goroutine ")
}

/// Returns the hits of the innermost message: what a placeholder of another hit holds comes before it.
fn roots(mut hits: Vec<Hit<'_>>) -> Vec<Hit<'_>> {
    const ENOUGH_WORDS: usize = 3;
    let inner = |outer: &Hit<'_>, inner: &Hit<'_>| {
        outer.is_whole
            && inner.range != outer.range
            && outer.params.iter().any(|(_, value)| value.start <= inner.range.start && inner.range.end <= value.end)
    };
    let is_strong = |hit: &Hit<'_>| hit.is_whole && hit.phrase.words >= ENOUGH_WORDS;
    // The innermost strong hit is the root; what it is within only wraps it.
    let root = hits.iter().filter(|hit| is_strong(hit)).max_by_key(|hit| {
        (
            hits.iter().filter(|outer| inner(outer, hit) && outer.range.start < hit.range.start).count(),
            hit.phrase.length,
        )
    });
    if let Some(start) = root.map(|root| root.range.start) {
        let has_outer = hits.iter().any(|hit| is_strong(hit) && hit.range.start < start);
        hits.retain(|hit| {
            hit.range.start == start || !hit.is_whole || (!has_outer && hit.range.start < start && !is_strong(hit))
        });
        hits.retain(|hit| hit.is_whole && hit.range.start >= start || hit.range.start == start);
    }
    hits
}

/// So many codes of a line are looked at.
const MAX_CODES: usize = 64;

/// A code in a line, with its place.
struct Coded {
    text: Range<usize>,
    place: CodePlace,
    /// Where the message starts.
    message: usize,
}

/// Returns the code of a line that says the most: the first with its system, in the place of a code, or else the first in the text.
fn best_code(text: &str, line: &Range<usize>, part: &Range<usize>, codes: &[CodeHit]) -> Option<Coded> {
    if codes.is_empty() {
        return None;
    }
    let prefix = line.start + log_prefix(&text[line.clone()]);
    let placed = codes.iter().take(MAX_CODES).filter_map(|hit| place(text, line, part, prefix, hit));
    placed.min_by_key(|code| match code.place {
        CodePlace::FullName => 0,
        CodePlace::OwnForm => 1,
        CodePlace::Alone => 2,
        CodePlace::OfSdk => 3,
        CodePlace::Label | CodePlace::Member | CodePlace::RecordObject => 4,
        CodePlace::Prose => 5,
    })
}

fn place(text: &str, line: &Range<usize>, part: &Range<usize>, prefix: usize, hit: &CodeHit) -> Option<Coded> {
    let before = &text[line.start..hit.range.start];
    let after = &text[hit.range.end..line.end];
    let label =
        [": ", "] ", " - ", "]: "].iter().find_map(|mark| after.starts_with(mark).then(|| hit.range.end + mark.len()));
    let message = label.unwrap_or(line.end);
    let coded = |text, place| Some(Coded { text, place, message });
    if text[hit.range.clone()].contains(':') {
        return coded(hit.range.clone(), CodePlace::FullName);
    }
    if let Some(named) = before.strip_suffix(':') {
        let start = named.rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).map_or(0, |found| found + 1);
        let system = &named[start..];
        if registries().flat_map(|registry| registry.systems()).any(|known| known.name == system) {
            return coded(line.start + start..hit.range.end, CodePlace::FullName);
        }
    }
    if before.is_empty() && after.is_empty() {
        return coded(hit.range.clone(), CodePlace::Alone);
    }
    if before.trim_end().ends_with('|') && after.trim_start().starts_with('|') {
        let message = after.match_indices(" | ").last().map_or(line.end, |(at, mark)| hit.range.end + at + mark.len());
        return Some(Coded { text: hit.range.clone(), place: CodePlace::OwnForm, message });
    }
    let opening = before.trim_end_matches(['[', '(', '"', '\'']);
    let is_start = hit.range.start == line.start
        || hit.range.start == prefix
        || hit.range.start == part.start
        || opening.is_empty()
        || opening.ends_with(": ")
        || opening.ends_with("] ")
        || opening.ends_with(" - ")
        || opening.ends_with("code=")
        || opening.ends_with("- ");
    if label.is_some() && is_start {
        let is_of_sdk = before.contains("SdkError") || before.contains("SdkHttpError");
        return coded(hit.range.clone(), if is_of_sdk { CodePlace::OfSdk } else { CodePlace::Label });
    }
    // `code=FS-001`, `code:FS-001`, `"code": "FS-001"`
    let named = opening.trim_end_matches([' ', '=', ':', '"', '\'']);
    if named.len() < opening.len()
        && named.len() >= 4
        && named.as_bytes()[named.len() - 4..].eq_ignore_ascii_case(b"code")
    {
        return coded(hit.range.clone(), CodePlace::Member);
    }
    // A word that people write in capitals is no code in the middle of a text.
    let is_code =
        is_distinctive(hit.code) || hit.code.contains('_') || hit.code.bytes().any(|byte| byte.is_ascii_digit());
    if is_code { coded(hit.range.clone(), CodePlace::Prose) } else { None }
}

/// Takes the lines that follow our own error in the text of a tool result, and returns how long they are.
fn own_lines(text: &str, error: &mut RecognizedError) -> usize {
    let mut length = 0;
    let mut wait = None;
    let mut failures: Vec<Value> = Vec::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        if let Some(failure) = content.strip_prefix("- ") {
            failures.push(failure.into());
        } else if content.starts_with("Retry after ") {
            wait = wait_in_text(content);
        } else if !(content.starts_with("Hint: ") || content.starts_with("  ") || content.starts_with("... and ")) {
            break;
        }
        length += line.len();
    }
    if wait.is_some() || !failures.is_empty() {
        let mut received = (*error.received).clone();
        received.wait = received.wait.or(wait);
        if !failures.is_empty() {
            received.rest.insert("failures".to_owned(), Value::Array(failures));
        }
        error.share(received);
    }
    length
}
