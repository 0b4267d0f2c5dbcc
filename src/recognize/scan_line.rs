use std::ops::Range;
use std::rc::Rc;

use crate::Certainty;
use crate::matching::candidate::{CodePlace, Origin};
use crate::matching::label::{Numbered, last_number, last_type, leading_number};
use crate::matching::phrases::Hit;
use crate::matching::rank::{Parts, rank};
use crate::matching::surroundings::Surroundings;
use crate::recognize::coded::{Coded, best_code};
use crate::recognize::layer::Layer;
use crate::recognize::line::{Line, is_stack_line, trimmed};
use crate::recognize::own_lines::LOG_ENTRY;
use crate::recognize::scan::{Context, Scanner};
use crate::recognize::unwrap::{chain, status_in};
use crate::recognize::wait::wait_in_text;

impl Scanner<'_> {
    /// Reads a line: the number of an SDK, a code, or a message.
    pub(crate) fn line<'a>(&mut self, layer: &Rc<Layer<'a>>, range: Range<usize>, context: &Context) {
        let text = layer.text();
        let range = trimmed(text, range);
        if range.is_empty() || is_stack_line(&text[range.clone()]) {
            return;
        }
        let mut line = Line::new(text, range);
        let mut found = self.anchors.find(layer, &mut line);
        let is_empty = !found.may_have_number && found.hits.is_empty() && found.codes.is_empty();
        if is_empty && !found.may_have_type && !context.is_message {
            return;
        }
        let numbered = if found.may_have_number { numbered(&line) } else { None };
        let part = part_of_message(&line, numbered.as_ref());
        if part.end < line.range().end {
            // The text after the closing quote is not part of the message.
            line = Line::new(text, line.range().start..part.end);
            found = self.anchors.find(layer, &mut line);
        }
        let mut hits = found.hits;
        hits.retain(|hit| hit.range.start >= part.start);
        if numbered.is_some() {
            let start = trimmed(text, part.clone()).start;
            for hit in hits.iter_mut().filter(|hit| hit.range.start == start) {
                hit.is_whole |= is_break(&text[hit.range.end..part.end]);
            }
        }
        let code = best_code(&line, &part, &found.codes);
        let reads_status = context.http_status.is_none() && found.may_have_status;
        let status = if reads_status { status_in(line.content()) } else { None };
        if numbered.is_none() && hits.is_empty() && code.is_none() && !(context.is_message && status.is_some()) {
            if found.may_have_type {
                self.typed(layer, &line, context);
            }
            return;
        }
        keep_roots(&mut hits);
        let end = line.range().end;
        let message = match &code {
            Some(code) if code.message < end => code.message..end,
            _ => part.clone(),
        };
        let message = trimmed(text, message);
        // In `code=FS-001`, the line is not the message.
        let is_pair = code.as_ref().is_some_and(|code| code.place == CodePlace::Member && code.message >= end);
        let is_of_sdk = numbered.as_ref().is_some_and(|numbered| numbered.is_of_sdk);
        let origin = if is_of_sdk { Origin::Mcp } else { context.origin };
        // Only a message or a code needs them.
        let surroundings = match origin {
            Origin::Anyone if needs_surroundings(&hits, code.as_ref()) => {
                Surroundings { text, start: line.prefix(), is_of_mcp: layer.names_mcp(line.range()) }
            }
            _ => Surroundings::default(),
        };
        let parts = Parts {
            number: numbered.as_ref().map(|numbered| numbered.number).or(context.base.number),
            code: code.as_ref().map(|code| (&text[code.text.clone()], code.place)),
            message: Some(&text[message.clone()]).filter(|message| !message.is_empty() && !is_pair),
            http_status: context.http_status.or(status),
            origin,
            surroundings,
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
            received.chain.extend(chain(&text[line.range().start..start.max(line.range().start)]));
            received.wait = received.wait.or_else(|| wait_in_text(line.content()));
            if best.is_some() && root.start > part.start && code.is_none() && numbered.is_some() {
                received.chain.extend(chain(&text[part.start..root.start]));
            }
        }
        if code.as_ref().is_some_and(|code| code.place == CodePlace::OwnForm) {
            received.form = Some(LOG_ENTRY);
        }
        received.number = numbered.as_ref().map(|numbered| numbered.number).or(received.number);
        received.code = code.as_ref().map(|code| text[code.text.clone()].to_owned()).or(received.code);
        if !root.is_empty() {
            received.message = Some(text[root.clone()].to_owned());
        }
        received.http_status = received.http_status.or(parts.http_status);
        self.push(layer, start..root.end.max(start), line.range(), &candidates, received, context);
    }

    /// Reads the message of an SDK's error type, about which nothing is known.
    fn typed<'a>(&mut self, layer: &Rc<Layer<'a>>, line: &Line<'_>, context: &Context) {
        // An error with a number is read by its number.
        if context.needs_answer || self.is_brief || context.base.number.is_some() {
            return;
        }
        let is_of_mcp = context.origin == Origin::Mcp || layer.names_mcp(line.range());
        let Some(typed) = last_type(line.content(), is_of_mcp) else { return };
        let start = line.range().start;
        let message = trimmed(line.text(), start + typed.message..line.range().end);
        let whole = start + typed.start..message.end;
        let mut received = (*context.base).clone();
        received.chain.extend(chain(&line.text()[start..message.start]));
        received.message = Some(line.text()[message].to_owned());
        received.wait = received.wait.or_else(|| wait_in_text(line.content()));
        self.push(layer, whole.clone(), line.range(), &[], received, context);
    }
}

/// Returns whether a sentence ends before this text, so that a message before it may be followed by a person's words.
fn is_break(rest: &str) -> bool {
    let is_mark = rest.starts_with([',', '.', ';', '!', '?']) && rest[1..].starts_with(' ');
    is_mark || rest.starts_with(" - ") || rest.trim_start().starts_with(|c: char| !c.is_ascii())
}

/// Returns whether the text around a message or a code may decide what it means.
fn needs_surroundings(hits: &[Hit<'_>], code: Option<&Coded>) -> bool {
    match code {
        Some(code) => matches!(code.place, CodePlace::Member | CodePlace::Label | CodePlace::Prose),
        None => hits.iter().any(|hit| hit.is_whole),
    }
}

/// Returns the number in a line: the last one after an SDK's label, else one at the start of the message.
fn numbered(line: &Line<'_>) -> Option<Numbered> {
    let start = line.range().start;
    let found = last_number(line.content()).map(|found| (start, found));
    let (start, found) = found.or_else(|| {
        let prefix = line.prefix();
        Some((prefix, leading_number(&line.text()[prefix..line.range().end])?))
    })?;
    Some(Numbered { start: start + found.start, message: start + found.message, ..found })
}

/// Returns the part of a line that contains its message: the whole line, or the text after the number up to the closing
/// quote.
fn part_of_message(line: &Line<'_>, numbered: Option<&Numbered>) -> Range<usize> {
    let Some(numbered) = numbered else { return line.range() };
    let message = numbered.message..line.range().end;
    // The opening quote is before the message, or before the label of its number.
    let closed = [numbered.message, numbered.start].into_iter().find_map(|start| {
        let before = &line.text()[line.range().start..start];
        let quote = before.chars().next_back().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
        line.text()[message.clone()].find(quote)
    });
    match closed {
        Some(length) => message.start..message.start + length,
        None => message,
    }
}

/// Keeps the hits of the innermost message. A hit inside a placeholder value of another hit is closer to the root.
fn keep_roots(hits: &mut Vec<Hit<'_>>) {
    const ENOUGH_WORDS: usize = 3;
    if hits.len() < 2 {
        return;
    }
    let is_strong = |hit: &Hit<'_>| hit.is_whole && hit.phrase.words >= ENOUGH_WORDS;
    let is_inner = |outer: &Hit<'_>, inner: &Hit<'_>| {
        is_strong(outer)
            && inner.range != outer.range
            && outer.params.iter().any(|(_, value)| value.start <= inner.range.start && inner.range.end <= value.end)
    };
    // The innermost strong hit is the root. The others wrap it.
    let root = hits.iter().filter(|hit| is_strong(hit)).max_by_key(|hit| {
        let outer = hits.iter().filter(|outer| is_inner(outer, hit) && outer.range.start < hit.range.start);
        (outer.count(), hit.phrase.length)
    });
    let Some(start) = root.map(|root| root.range.start) else { return };
    let has_outer = hits.iter().any(|hit| is_strong(hit) && hit.range.start < start);
    hits.retain(|hit| {
        let is_kept =
            hit.range.start == start || !hit.is_whole || (!has_outer && hit.range.start < start && !is_strong(hit));
        is_kept && ((hit.is_whole && hit.range.start > start) || hit.range.start == start)
    });
}
