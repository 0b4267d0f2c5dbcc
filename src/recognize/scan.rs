use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use mcp_error_codes_core::{NumberRange, Surface};
use serde_json::Value;

use crate::Certainty;
use crate::matching::candidate::{Candidate, CodePlace, Origin};
use crate::matching::label::last_number;
use crate::matching::rank::{Parts, rank};
use crate::matching::surroundings::{Surroundings, names_other_protocol};
use crate::recognize::anchors::Anchors;
use crate::recognize::finding::{Finding, Received, RecognizedError};
use crate::recognize::layer::Layer;
use crate::recognize::line::{is_stack_line, trimmed};
use crate::recognize::object_place::{announced, is_shape, next_object};
use crate::recognize::own_lines::own_lines;
use crate::recognize::reference::is_reference;
use crate::recognize::unwrap::{chain, status_in, without_controls};
use crate::recognize::value::{Node, without_escapes};

/// The context in which a text is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// Values from the text around the error.
    pub(crate) base: Rc<Received>,
    pub(crate) http_status: Option<u16>,
    /// Whether the status is that of the response, rather than a number in the text.
    pub(crate) is_status_given: bool,
    pub(crate) surface: Option<Surface>,
    /// The number of layers below.
    pub(crate) depth: usize,
    /// Whether the text itself is an error message, rather than text that may contain one.
    pub(crate) is_message: bool,
    pub(crate) origin: Origin,
    /// Whether the text before it names another protocol that has the numbers of JSON-RPC.
    pub(crate) is_of_other: bool,
    /// Whether findings that are only possible are ignored.
    pub(crate) needs_answer: bool,
}

/// The maximum nesting depth of texts.
const MAX_DEPTH: usize = 16;
/// The maximum length of a line. A longer line is read in parts.
const MAX_LINE: usize = 1 << 20;

/// Reads text, layer by layer.
#[derive(Debug)]
pub(crate) struct Scanner<'k> {
    pub(crate) anchors: &'k Anchors,
    pub(crate) system: Option<&'k str>,
    pub(crate) errors: Vec<RecognizedError>,
    /// Whether the last object read is a request, or a response without an error.
    pub(crate) is_harmless: bool,
    /// Whether only the first finding of each error is needed, without its context.
    pub(crate) is_brief: bool,
    /// The number of bytes that may still be read. Bytes that are read twice count twice.
    pub(crate) work: usize,
    /// The number of bytes that may still be read in text that turns out not to be an object.
    tries: usize,
}

impl<'k> Scanner<'k> {
    pub(crate) fn new(anchors: &'k Anchors, system: Option<&'k str>, length: usize) -> Self {
        /// The maximum number of times that each layer is read.
        const TIMES: usize = 24;
        /// The maximum number of times that a string that looks like an object is tried.
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

    /// Describes the first error without findings.
    pub(crate) fn unknown(&self) -> Option<String> {
        let received = &self.errors.iter().find(|error| error.findings.is_empty())?.received;
        let code = received.code.as_ref().map(|code| match &received.system {
            Some(system) => format!(" with the code \"{system}:{code}\""),
            None => format!(" with the code {code:?}"),
        });
        let number = received.number.map(|number| format!(" with the number {number}"));
        let message = received.message.as_deref().map(|message| {
            let start: String = message.chars().take(200).collect();
            let and = if code.is_none() && number.is_none() { "with" } else { "and" };
            format!(" {and} the message {start:?}")
        });
        Some(format!(
            "there is an error{}{}{}, about which nothing is known",
            code.unwrap_or_default(),
            number.unwrap_or_default(),
            message.unwrap_or_default()
        ))
    }

    /// Returns the recognized errors, in the order of the text.
    pub(crate) fn finish(self) -> Vec<RecognizedError> {
        self.finish_all().0
    }

    /// Returns the recognized errors and the unknown errors, each in the order of the text.
    pub(crate) fn finish_all(mut self) -> (Vec<RecognizedError>, Vec<RecognizedError>) {
        self.errors.sort_by_key(|error| error.received.span.start);
        self.errors.into_iter().partition(|error| !error.findings.is_empty())
    }

    /// Reads a whole input, which may be only a code, a number or a JSON string.
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
            // A registry may have a number as the text of a code, which comes before the number of another code.
            let is_code =
                NumberRange::of(number) == NumberRange::Free && !self.anchors.known.by_code(trimmed).is_empty();
            let code = Some((trimmed, CodePlace::Alone)).filter(|_| is_code);
            let parts = Parts { number: Some(number), code, origin: Origin::Mcp, ..self.parts(context) };
            let received = Received { number: Some(number), ..(*context.base).clone() };
            let candidates = rank(&self.anchors.known, &parts, &[]);
            return self.push(layer, range.clone(), range, &candidates, received, context);
        }
        if !trimmed.contains(char::is_whitespace) && trimmed.len() < MAX_NAME {
            // A code may contain colons itself, such as `S3::NoSuchBucket`. The name of a system contains none.
            let full_name = trimmed.split_once(':').filter(|_| self.anchors.known.by_code(trimmed).is_empty());
            let (place, code) = full_name.map_or((CodePlace::Alone, trimmed), |(_, code)| (CodePlace::FullName, code));
            let parts = Parts { code: Some((trimmed, place)), ..self.parts(context) };
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

    /// Reads text that contains objects and log lines, in any order.
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
        // A line may have thousands of objects, so each of its bytes is looked at once.
        let (mut line_start, mut searched, mut line_end) = (range.start, range.start, range.start);
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
            if let Some(found) = memchr::memrchr(b'\n', &text.as_bytes()[searched..place.start]) {
                line_start = searched + found + 1;
            }
            searched = place.start;
            line_start = line_start.max(prose);
            let intro = intro(text, line_start..place.start);
            let mark = self.errors.len();
            let own = self.context_of_object(&text[intro.clone()], context);
            self.is_harmless = false;
            self.node(layer, &node, &own);
            // An object that was read completely, or that reports success, is not read again as text.
            let is_done = std::mem::take(&mut self.is_harmless) || (intro.is_empty() && node.as_object().is_some());
            if self.errors.len() == mark && is_done && !intro.is_empty() {
                self.begun(layer, intro.start..node.range.end, place.start, context);
            }
            self.introduced(layer, intro.clone(), mark, context);
            if self.errors.len() > mark || is_done {
                // The lines before the object are read separately, except for a line that only introduces it.
                let found = self.errors.split_off(mark);
                let before = announced(text, prose..line_start);
                self.prose(layer, before, context);
                self.errors.extend(found);
                if is_stack_line(text[intro].trim()) {
                    self.inspected();
                }
                at = rest_of_line(text, node.range.end, range.end, &mut line_end);
                prose = at;
                continue;
            }
            // The object may be recognized by its shape alone. The line may contain more evidence.
            let value = is_shape(&node).then(|| node.to_json(layer));
            if let Some(value) = value
                && self.shape(layer, &node, intro, &value, prose, context)
            {
                at = rest_of_line(text, node.range.end, range.end, &mut line_end);
                prose = at;
                continue;
            }
            at = node.range.end.max(place.bracket + 1);
        }
        if prose < range.end {
            self.prose(layer, prose..range.end, context);
        }
    }

    /// Reads a message that starts before an object without an error and continues into it: `expect initialize, but received: {..}`.
    fn begun<'a>(&mut self, layer: &Rc<Layer<'a>>, range: Range<usize>, object: usize, context: &Context) {
        let text = layer.text();
        if layer.marks(|text| self.anchors.marks(text, 0)).is_some_and(|marks| !marks.has_any(&(range.start..object))) {
            return;
        }
        let mark = self.errors.len();
        let line_end = text[range.clone()].find('\n').map_or(range.end, |found| range.start + found);
        self.line(layer, range.start..line_end, &Context { needs_answer: true, ..context.clone() });
        // Anything inside the object is not an error.
        let object = layer.source(object..object).start;
        let is_begun = |error: &RecognizedError| {
            error.answer().is_some_and(|answer| answer.span().start < object && answer.rests_on_message())
        };
        let found = self.errors.split_off(mark);
        self.errors.extend(found.into_iter().filter(is_begun));
    }

    /// Reads a message before an object that adds only a number or data: `Request timed out { code: -32001, data: { timeout: 60000 } }`. It
    /// replaces the error after `mark`, which is that of the object, if the object alone does not decide.
    fn introduced<'a>(&mut self, layer: &Rc<Layer<'a>>, intro: Range<usize>, mark: usize, context: &Context) {
        let [of_object] = &self.errors[mark..] else { return };
        if intro.is_empty() || of_object.answer().is_some() || of_object.received.message.is_some() {
            return;
        }
        let base = Received { span: 0..0, ..(*of_object.received).clone() };
        let own = Context { base: Rc::new(base), needs_answer: true, ..context.clone() };
        let of_object = self.errors.split_off(mark);
        self.line(layer, intro, &own);
        if self.errors.len() == mark {
            self.errors.extend(of_object);
        }
    }

    /// Gives the last error the data of the object after its stack trace, where Node.js shows the members of an error.
    fn inspected(&mut self) {
        let [.., of_message, of_object] = &self.errors[..] else { return };
        let is_one = of_object.received.message.is_none()
            && of_object.received.number.is_some()
            && of_object.received.number == of_message.received.number;
        if !is_one || of_message.answer().is_none() {
            return;
        }
        let mut received = (*of_message.received).clone();
        received.data = received.data.or_else(|| of_object.received.data.clone());
        self.errors.pop();
        if let Some(of_message) = self.errors.last_mut() {
            of_message.share(received);
        }
    }

    /// Adds the error for the HTTP status of the response, if nothing else was found.
    pub(crate) fn status_alone<'a>(&mut self, layer: &Rc<Layer<'a>>, context: &Context) {
        let is_typed = |error: &RecognizedError| error.findings.is_empty() && error.received.form.is_none();
        if !context.is_status_given || self.is_harmless || !self.errors.iter().all(is_typed) {
            return;
        }
        let candidates = rank(&self.anchors.known, &self.parts(context), &[]);
        if candidates.is_empty() {
            return;
        }
        let whole = trimmed(layer.text(), 0..layer.text().len());
        let message = Some(layer.text()[whole.clone()].to_owned()).filter(|text| !text.is_empty());
        let received = Received { http_status: context.http_status, message, ..(*context.base).clone() };
        self.push(layer, whole.clone(), whole, &candidates, received, context);
    }

    /// Returns the context of an object, from the text before it on its line.
    fn context_of_object(&self, intro: &str, context: &Context) -> Context {
        let mut own = context.clone();
        own.depth += 1;
        if !self.is_brief {
            Rc::make_mut(&mut own.base).chain.extend(chain(intro));
        }
        if own.http_status.is_none() && !intro.is_empty() {
            own.http_status = status_in(intro);
        }
        own.is_of_other |= names_other_protocol(intro);
        own
    }

    /// Reads an object or a list that has the shape of a signature.
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
        let is_whole = trimmed(text, 0..text.len()) == node.range;
        let is_of_mcp = is_whole || layer.names_mcp(intro.start..node.range.end);
        let surroundings = Surroundings { is_of_mcp, ..Surroundings::default() };
        let parts = Parts { number, data: Some(value), surroundings, ..self.parts(context) };
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
            if has_escapes(&text[line.clone()]) {
                // JSON in a JSON string, or a log with escaped quotes or colours.
                let plain = Rc::new(without_escapes(layer, line.clone()));
                let whole = 0..plain.text().len();
                self.text(&plain, whole, &Context { depth: context.depth + 1, ..context.clone() });
            }
            if self.errors.len() == mark {
                self.line(layer, line.clone(), context);
            }
            let wrapped = if cut == length { self.wrapped(layer, line, end, mark, context) } else { None };
            at = wrapped.unwrap_or(at + cut) + usize::from(cut == length);
            if mark + 1 == self.errors.len()
                && let [.., last] = &mut self.errors[..]
                && let Some(Certainty::Certain) = last.findings.first().map(Finding::certainty)
                && last.received.code.is_some()
            {
                at += own_lines(&layer.text()[at.min(end)..end], last, context.is_message);
            }
        }
    }

    /// Returns the parts that are known from the context.
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
            origin: context.origin,
            is_of_other: context.is_of_other,
            is_brief: self.is_brief,
            ..Parts::default()
        }
    }

    /// Adds an error whose ranges refer to other text than the layer's.
    pub(crate) fn push_with_text<'a>(
        &mut self,
        layer: &Rc<Layer<'a>>,
        whole: Range<usize>,
        candidates: &[Candidate],
        text: &str,
        mut received: Received,
        context: &Context,
    ) {
        let limit = most_certain(layer, whole.start);
        let span = layer.source(whole);
        if received.span.is_empty() {
            received.span = span.clone();
        }
        let received = Arc::new(received);
        let finding =
            |candidate: &Candidate| Finding::new(candidate, text, span.clone(), context.surface, limit, &received);
        let wanted = if self.is_brief { 1 } else { candidates.len() };
        let findings = candidates.iter().take(wanted).map(finding).collect();
        self.errors.push(RecognizedError { findings, received });
    }

    /// Adds an error. `range` is the evidence for the findings, and `whole` is the line or the object.
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
        let limit = most_certain(layer, range.start);
        let span = layer.source(range);
        let finding = |candidate: &Candidate| {
            let span = candidate.range.clone().map_or_else(
                || span.clone(),
                |own| {
                    let own = layer.source(own);
                    own.start.min(span.start)..own.end
                },
            );
            Finding::new(candidate, layer.text(), span, context.surface, limit, &received)
        };
        let wanted = if self.is_brief { 1 } else { candidates.len() };
        let findings = candidates.iter().take(wanted).map(finding).collect();
        self.errors.push(RecognizedError { findings, received });
    }
}

/// The maximum length of the name of a code.
const MAX_NAME: usize = 200;

/// Returns the highest certainty that an error at this position can have.
fn most_certain(layer: &Layer<'_>, at: usize) -> Certainty {
    if is_reference(layer.text(), at) { Certainty::Possible } else { Certainty::Certain }
}

/// Returns where reading continues after an object: at the next object of the line, or else at the end of the line, which is
/// kept for the next object.
fn rest_of_line(text: &str, at: usize, end: usize, line_end: &mut usize) -> usize {
    if *line_end < at {
        *line_end = memchr::memchr(b'\n', &text.as_bytes()[at..end]).map_or(end, |found| at + found);
    }
    if next_object(text, at, *line_end).is_some() { at } else { *line_end }
}

/// Returns the end of the text before an object on its line, which says what the object is.
fn intro(text: &str, before: Range<usize>) -> Range<usize> {
    const MAX_INTRO: usize = 1 << 12;
    let mut start = before.start.max(before.end.saturating_sub(MAX_INTRO));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    start..before.end
}

/// Returns whether a line contains escaped quotes or colours.
fn has_escapes(line: &str) -> bool {
    const ESCAPES: [&str; 5] = ["\\\"", "\\x1b[", "\\u001b[", "\\033[", "\\e["];
    memchr::memchr(b'\\', line.as_bytes())
        .is_some_and(|first| ESCAPES.iter().any(|escape| line[first..].contains(escape)))
}
