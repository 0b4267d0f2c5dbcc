use std::ops::Range;

use crate::codes::registries::registries;
use crate::matching::candidate::{CodePlace, is_distinctive};
use crate::recognize::anchors::CodeHit;
use crate::recognize::line::Line;
use crate::recognize::log_prefix::is_level;

/// The maximum number of codes in a line that are compared.
const MAX_CODES: usize = 64;

/// A code in a line, with its position.
pub(crate) struct Coded {
    pub(crate) text: Range<usize>,
    pub(crate) place: CodePlace,
    /// Where the message starts.
    pub(crate) message: usize,
}

/// Returns the best code of a line: one with its system, else one in the position of a code, else the first one.
pub(crate) fn best_code(line: &Line<'_>, part: &Range<usize>, codes: &[CodeHit]) -> Option<Coded> {
    let placed = codes.iter().take(MAX_CODES).filter_map(|hit| place(line, part, hit));
    placed.min_by_key(|code| match code.place {
        CodePlace::FullName => 0,
        CodePlace::OwnForm => 1,
        CodePlace::Alone => 2,
        CodePlace::OfSdk => 3,
        CodePlace::Label | CodePlace::Member | CodePlace::RecordObject => 4,
        CodePlace::Prose => 5,
    })
}

fn place(line: &Line<'_>, part: &Range<usize>, hit: &CodeHit) -> Option<Coded> {
    let (text, own_line) = (line.text(), line);
    let line = line.range();
    let before = &text[line.start..hit.range.start];
    let after = &text[hit.range.end..line.end];
    let label =
        [": ", "] ", " - ", "]: "].iter().find_map(|mark| after.starts_with(mark).then(|| hit.range.end + mark.len()));
    let message = label.unwrap_or(line.end);
    let coded = |text, place| Some(Coded { text, place, message });
    // A code may contain colons itself, such as `S3::NoSuchBucket`.
    if text[hit.range.clone()] != *hit.code {
        return coded(hit.range.clone(), CodePlace::FullName);
    }
    if let Some(named) = before.strip_suffix(':') {
        let length = named.bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
        let start = named.len() - length;
        let system = &named[start..];
        if registries().any(|registry| registry.system(system).is_some()) {
            return coded(line.start + start..hit.range.end, CodePlace::FullName);
        }
    }
    if before.is_empty() && after.is_empty() {
        // One of several lines may be an item of a list.
        let is_whole = text.trim().len() == line.len();
        return coded(hit.range.clone(), if is_whole { CodePlace::Alone } else { CodePlace::Prose });
    }
    // A log entry has its level before the code. Other tables have codes too.
    let level = before.trim_end().strip_suffix('|').map(|before| before.rsplit('|').next().unwrap_or_default().trim());
    if level.is_some_and(is_level) && after.trim_start().starts_with('|') {
        let message = after.match_indices(" | ").last().map_or(line.end, |(at, mark)| hit.range.end + at + mark.len());
        return Some(Coded { text: hit.range.clone(), place: CodePlace::OwnForm, message });
    }
    let opening = before.trim_end_matches(['[', '(', '"', '\'']);
    let is_start = hit.range.start == line.start
        || hit.range.start == part.start
        || opening.is_empty()
        || opening.ends_with(": ")
        || opening.ends_with("] ")
        || opening.ends_with(" - ")
        || opening.ends_with("code=")
        || opening.ends_with("- ")
        || hit.range.start == own_line.prefix();
    if label.is_some() && is_start {
        let is_of_sdk = before.contains("SdkError") || before.contains("SdkHttpError");
        return coded(hit.range.clone(), if is_of_sdk { CodePlace::OfSdk } else { CodePlace::Label });
    }
    // `code=FS-001`, `code:FS-001`, `"code": "FS-001"`
    let named = opening.trim_end_matches([' ', '=', ':', '"', '\'']);
    if named.len() < opening.len()
        && named.len() >= 4
        && named.as_bytes()[named.len() - 4..].eq_ignore_ascii_case(b"code")
        && reports_failure(&text[line.clone()])
        && is_pair(after)
    {
        return coded(hit.range.clone(), CodePlace::Member);
    }
    // People also write ordinary words in capitals, so inside a sentence, a word in capitals is not a code.
    let is_code = is_distinctive(hit.code) || hit.code.contains(|c: char| c.is_ascii_digit() || "_/:".contains(c));
    if is_code { coded(hit.range.clone(), CodePlace::Prose) } else { None }
}

/// Returns whether a line has a word of failures. Orders and requests have members with the name `code` too.
pub(crate) fn reports_failure(line: &str) -> bool {
    const WORDS: [&str; 7] = ["err", "fail", "fatal", "exception", "panic", "crit", "warn"];
    let bytes = line.as_bytes();
    WORDS.iter().any(|word| bytes.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes())))
}

/// Returns whether a line goes on after a value as a line of names and values does.
fn is_pair(after: &str) -> bool {
    let rest = after.trim_start_matches(['"', '\'', ',', ';', ')', ']', '}', ' ']);
    rest.is_empty() || rest.split(' ').next().is_some_and(|word| word.contains(['=', ':']))
}
