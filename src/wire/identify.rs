//! Finds the code of an error from its parts, even inside a message that wraps another one:
//! `MCP error -32603: Error calling tool 'read': FS-001: File not found: a.txt`.

use std::ops::Range;

use serde_json::{Map, Value};

use crate::matching::candidate::{CodePlace, Ground, Meaning};
use crate::matching::known::Known;
use crate::matching::label::last_number;
use crate::matching::rank::{Parts, rank};
use crate::matching::typed::typed;
use crate::{Certainty, Record};

/// The code of a received error, with the values from its message.
pub(crate) struct Identified {
    pub(crate) record: &'static Record,
    pub(crate) details: Map<String, Value>,
    pub(crate) certainty: Certainty,
    /// Whether the number is the only evidence for the code.
    is_number_alone: bool,
}

/// Finds the code of an error: the first candidate, unless it is only possible. An error that the message wraps takes
/// precedence over a number.
#[inline]
pub(crate) fn identified(parts: &Parts<'_>) -> Option<Identified> {
    let found = best(parts).filter(|found| found.certainty > Certainty::Possible);
    match found {
        Some(found) if !found.is_number_alone => Some(found),
        found => root(parts).or(found),
    }
}

/// Returns the first candidate that belongs to a registry.
#[inline]
fn best(parts: &Parts<'_>) -> Option<Identified> {
    let known = Known::get();
    let message = parts.message.unwrap_or_default();
    let hits = known.phrases.fits(message);
    let best = rank(&known, parts, &hits).into_iter().next()?;
    let Meaning::Record(record) = best.meaning else { return None };
    let declared = best.scenario.map_or(record.params, |case| case.params);
    let value = |(name, range): (&'static str, Range<usize>)| {
        let ty = declared.iter().find(|param| param.name == name).map(|param| param.ty);
        (name.to_owned(), typed(&message[range], ty))
    };
    let is_declared = |name: &str| best.signature.is_some() || declared.iter().any(|param| param.name == name);
    // `collect` would sort, with code of its own.
    let mut details = Map::new();
    details.extend(best.params.into_iter().filter(|(name, _)| *name != "rest" && is_declared(name)).map(value));
    Some(Identified {
        record,
        details,
        certainty: best.certainty,
        is_number_alone: best.ground == Ground::SpecificationNumber,
    })
}

/// The maximum number of colons after which an inner message is looked for.
const MAX_LAYERS: usize = 16;

/// Finds the root of a message that wraps another one, if its code is certain or likely.
///
/// The inner message may follow the number that an SDK puts before it, or any other label that ends with a colon. The
/// root is the one with the most evidence, or the innermost of several equal ones.
#[inline]
fn root(parts: &Parts<'_>) -> Option<Identified> {
    let message = parts.message?;
    let numbered = last_number(message).and_then(|found| {
        let inner = Some(&message[found.message..]).filter(|inner| !inner.is_empty());
        best(&Parts { number: Some(found.number), message: inner, code: None, data: None, ..parts.clone() })
    });
    let starts = message.match_indices(": ").map(|(at, colon)| at + colon.len()).take(MAX_LAYERS);
    let labelled = starts.filter_map(|start| of_suffix(parts, &message[start..]));
    let found = coded(parts, message)
        .into_iter()
        .chain(numbered)
        .chain(labelled)
        .filter(|found| found.certainty > Certainty::Possible);
    found.max_by_key(|found| found.certainty)
}

/// Finds the code in the text after a label: `CODE: message`, or only a message.
#[inline]
fn of_suffix(parts: &Parts<'_>, suffix: &str) -> Option<Identified> {
    coded(parts, suffix)
        .or_else(|| best(&Parts { message: Some(suffix), code: None, number: None, data: None, ..parts.clone() }))
}

/// Finds the code of `CODE: message`, if it is certain or likely.
#[inline]
fn coded(parts: &Parts<'_>, text: &str) -> Option<Identified> {
    let first_line = text.lines().next().unwrap_or_default();
    let (code, message) = first_line.split_once(": ").filter(|(code, _)| is_code(code))?;
    let place = if code.contains(':') { CodePlace::FullName } else { CodePlace::Label };
    let parts = Parts { code: Some((code, place)), message: Some(message), number: None, data: None, ..parts.clone() };
    best(&parts).filter(|found| found.certainty > Certainty::Possible)
}

/// Returns whether a word looks like a code.
#[inline]
fn is_code(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        && word.bytes().any(|byte| byte.is_ascii_digit() || byte == b'_' || byte == b'-')
}
