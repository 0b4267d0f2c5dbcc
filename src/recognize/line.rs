use std::cell::OnceCell;
use std::ops::Range;

use crate::recognize::log_prefix::{ends_prefix, log_prefix};

/// A line of text, and the positions where a message may start in it.
#[derive(Debug)]
pub(crate) struct Line<'t> {
    text: &'t str,
    range: Range<usize>,
    prefix: OnceCell<usize>,
    /// Where the wrapper of another protocol starts, as far as the line has been searched. A message in it is not an error of MCP.
    pub(crate) other_protocol: Option<usize>,
}

/// Words after which a message may start without punctuation.
const WORDS: [&[u8]; 8] =
    [b" error", b"Error", b" command", b" exception", b"Exception", b" failed", b"ERROR", b"WARN"];
/// The wrappers of gRPC, Kubernetes, the AWS command line, language servers, wallets and the console of a browser.
pub(crate) const WRAPPERS: [&str; 7] = [
    "rpc error: code = ",
    "Error from server (",
    "An error occurred (",
    "Request textDocument/",
    "Request workspace/",
    "MetaMask - RPC Error",
    "Uncaught ",
];
/// Punctuation beyond ASCII after which a message may start.
const MARKS: [&str; 4] = ["»", "→", "–", "—"];
/// The maximum distance, in bytes, between the start of a message and a piece of it.
const MAX_LOOK_BACK: usize = 1 << 12;
/// The same limit for a message whose template starts with a placeholder.
const MAX_LABEL: usize = 300;
/// The maximum number of positions that are tried as the start of a message.
const MAX_STARTS: usize = 4;

impl<'t> Line<'t> {
    pub(crate) fn new(text: &'t str, range: Range<usize>) -> Self {
        Self { text, range, prefix: OnceCell::new(), other_protocol: None }
    }

    /// Returns the text that contains the line. All positions refer to this text.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Returns the line without the text around it.
    pub(crate) fn content(&self) -> &'t str {
        &self.text[self.range.clone()]
    }

    /// Returns where the message starts, after the log prefix.
    pub(crate) fn prefix(&self) -> usize {
        *self.prefix.get_or_init(|| self.range.start + log_prefix(self.content()))
    }

    /// Returns whether a message may start at the given position: at the start, after a log prefix, after a label, or after an
    /// opening quote.
    pub(crate) fn is_start(&self, at: usize) -> bool {
        if at == self.range.start {
            return true;
        }
        let before = &self.text.as_bytes()[self.range.start..at];
        let spaces = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let trimmed = &before[..before.len() - spaces];
        let Some(last) = trimmed.last() else { return true };
        let is_marked = match last {
            b'"' | b'\'' | b'`' | b'(' | b'[' | b'{' | b'=' => spaces == 0,
            b']' | b'>' => true,
            b':' | b')' | b'|' | b'.' | b';' | b',' | b'-' => spaces > 0,
            b'r' | b'd' | b'n' | b'R' | b'N' => spaces > 0 && WORDS.iter().any(|word| trimmed.ends_with(word)),
            // Quotes, dashes and arrows outside ASCII.
            0x80.. => spaces > 0 && MARKS.iter().any(|mark| trimmed.ends_with(mark.as_bytes())),
            _ => false,
        };
        // Most places follow a word that cannot end the prefix of a log.
        let is_after_word = || {
            let word = trimmed.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
            last.is_ascii_lowercase() && !ends_prefix(&self.text[at - spaces - word..at - spaces])
        };
        // A log prefix ends with a space, or with the colon of `ERROR:name:`.
        let is_start = is_marked || (!is_after_word() && (spaces > 0 || *last == b':') && at == self.prefix());
        is_start && self.other_protocol.is_none_or(|other| other >= at)
    }

    /// Returns the positions where a template may start, given the position of a piece after a placeholder. `first` is the
    /// text before the first placeholder.
    pub(crate) fn starts_before(&self, at: usize, first: &str) -> Vec<usize> {
        let from = at.saturating_sub(MAX_LOOK_BACK).max(self.range.start);
        let bytes = self.text.as_bytes();
        let mut starts = Vec::new();
        if !first.trim().is_empty() {
            let last = at.checked_sub(first.len()).filter(|last| *last >= from);
            let is_first = |start: &usize| bytes[*start..start + first.len()].eq_ignore_ascii_case(first.as_bytes());
            starts.extend(last.into_iter().flat_map(|last| (from..=last).rev()).filter(is_first).take(MAX_STARTS));
            return starts;
        }
        for start in (from.max(at.saturating_sub(MAX_LABEL))..at).rev() {
            let opens = |byte: u8| matches!(byte, b' ' | b'\t' | b'"' | b'\'' | b'`' | b'(' | b'[' | b'=');
            let is_after_space = start == self.range.start || opens(bytes[start - 1]);
            if is_after_space && !bytes[start].is_ascii_whitespace() && self.is_start(start) {
                starts.push(start);
                if starts.len() == MAX_STARTS {
                    break;
                }
            }
        }
        starts
    }

    /// Returns the position of the closing quote if the text at `start` follows an opening quote.
    pub(crate) fn closing_quote(&self, start: usize) -> Option<usize> {
        let before = &self.text[self.range.start..start];
        let quote = before.chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let length = self.text[start..self.range.end].find(quote)?;
        Some(start + length)
    }
}

/// Returns whether a line is a frame of a stack trace.
pub(crate) fn is_stack_line(line: &str) -> bool {
    (line.starts_with("at ") && line.contains(['(', ':']) && !line.contains(": "))
        || line.starts_with("File \"")
        || line.starts_with("goroutine ")
}

/// Trims the spaces at both ends of a range.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    if let [first, .., last] = part.as_bytes()
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return range;
    }
    let rest = part.trim_start();
    let start = range.end - rest.len();
    start..start + rest.trim_end().len()
}
