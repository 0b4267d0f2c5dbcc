//! How the text for a language model is written and read back.
//!
//! The first line is `CODE: message`. Failures, details, the wait, the error id and the hint follow, one line each. In
//! a value with several lines, every line but the first is indented, so every line without indentation is one of ours.
//! Invisible characters are escaped, so a model never reads anything that a person does not see.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::ops::Range;
use std::time::Duration;

use mcp_error_codes_core::json_string::{escape_end, escaped};
use mcp_error_codes_core::template::{Piece, Pieces};
use mcp_error_codes_core::{__ProtocolMessage as ProtocolMessage, __Wait as Wait, JsonText, OneLine, is_unseen};
use serde_json::{Map, Value};

use crate::codes::registries::extended;
use crate::error::Received;
use crate::error::wording::{Wording, push_value};
use crate::wire::limits::{MAX_DETAILS, MAX_FAILURES};
use crate::wire::read::{add, received};
use crate::wire::reader::Reader;
use crate::wire::render::{write_hint, write_message};
use crate::{McpError, Record};

/// The maximum number of characters after the first line, unless the wait, the id and the hint alone are longer.
const MAX_ADDED: usize = 2_000;

/// The minimum length of a value to look for in the message. A shorter one may be in there by chance, so its detail is
/// always written.
const MIN_SAID: usize = 3;

pub(crate) const FAILURE: &str = "- ";
pub(crate) const MORE: [&str; 2] = ["... and ", " more"];
pub(crate) const WAIT: [&str; 2] = ["Retry after ", "."];
pub(crate) const ERROR_ID: &str = "Error id: ";
pub(crate) const HINT: &str = "Hint: ";

/// Returns the text of a tool result.
pub(crate) fn tool_text(error: &McpError) -> String {
    let mut out = OneLine(&error.code_text()).to_string();
    out.push_str(": ");
    push_indented(&error.message(), &mut out);
    push_lines(error, &mut out);
    if !error.hint().is_empty() {
        push_line(HINT, error.hint(), &mut out);
    }
    out
}

/// Writes the text of a tool result as the content of a JSON string. Returns where the message was written, or `None`
/// if the text contains it with indentation.
pub(crate) fn write_tool_text(error: &McpError, json: &JsonText, out: &mut Vec<u8>) -> Option<Range<usize>> {
    let record = error.brief();
    if record.is_ambiguous() {
        escaped(record.system.name, out);
        out.push(b':');
    }
    escaped(record.code, out);
    out.extend_from_slice(b": ");
    let mut message = Some(write_message(error, json, out));
    if let Some(range) = message.take_if(|range| !has_checked_message(error) && has_unseen(&out[range.clone()])) {
        out.truncate(range.start);
        push_indented(&error.message(), &mut Escaped(out));
    }
    push_lines(error, &mut Escaped(out));
    if !error.hint().is_empty() {
        Escaped(out).push("\n");
        Escaped(out).push(HINT);
        let start = out.len();
        write_hint(error, json, out);
        let is_checked = is_checked(record) && error.own_hint().is_none();
        if !is_checked && has_unseen(&out[start..]) {
            out.truncate(start);
            push_indented(error.hint(), &mut Escaped(out));
        }
    }
    message
}

/// The destination of text.
trait Out {
    fn push(&mut self, text: &str);

    fn display(&mut self, value: impl fmt::Display)
    where
        Self: Sized,
    {
        // Writing to a string or a buffer cannot fail.
        let _ = write!(Fmt(self), "{value}");
    }
}

impl Out for String {
    fn push(&mut self, text: &str) {
        self.push_str(text);
    }
}

/// Writes text as the content of a JSON string.
struct Escaped<'a>(&'a mut Vec<u8>);

impl Out for Escaped<'_> {
    fn push(&mut self, text: &str) {
        escaped(text, self.0);
    }
}

struct Fmt<'a, O>(&'a mut O);

impl<O: Out> fmt::Write for Fmt<'_, O> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.push(text);
        Ok(())
    }
}

/// Returns the `message` of a JSON-RPC error.
pub(crate) fn protocol_message(error: &McpError) -> String {
    let after_ms = wait_of(error).map(|wait| wait.milliseconds);
    ProtocolMessage { message: &error.message(), after_ms }.to_string()
}

/// Writes the `message` of a JSON-RPC error as the content of a JSON string. Returns where the message itself was
/// written, or `None` if a line end in it was replaced.
pub(crate) fn write_protocol_message(error: &McpError, json: &JsonText, out: &mut Vec<u8>) -> Option<Range<usize>> {
    let mut message = Some(write_message(error, json, out));
    if let Some(range) = message.take_if(|range| !has_checked_message(error) && has_unseen(&out[range.clone()])) {
        out.truncate(range.start);
        let start = out.len();
        let _ = write!(out, "{}", OneLine(&error.message()));
        escape_end(out, start);
    }
    if let Some(wait) = wait_of(error) {
        let _ = write!(out, " (retry after {wait})");
    }
    message
}

fn wait_of(error: &McpError) -> Option<Wait> {
    let wait = error.retry_after()?;
    Some(Wait { milliseconds: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX) })
}

/// Returns whether the texts of a record are known to have no hidden characters: those of this crate, as a test checks.
const fn is_checked(record: &Record) -> bool {
    record.__is_brief()
}

fn has_checked_message(error: &McpError) -> bool {
    error.is_bare() && is_checked(error.brief())
}

/// Returns whether the content of a JSON string contains an invisible character.
fn has_unseen(json: &[u8]) -> bool {
    // Most texts have none of these, and a search without an early end compares many bytes at a time.
    let is_suspicious = |byte: &u8| !byte.is_ascii() | (*byte == b'\\') | (*byte == 0x7F);
    if !json.iter().fold(false, |any, byte| any | is_suspicious(byte)) {
        return false;
    }
    let mut rest = json;
    let mut is_ascii = true;
    while let [byte, after @ ..] = rest {
        rest = match (byte, after) {
            (b'\\', [b'"' | b'\\', after @ ..]) => after,
            (b'\\' | 0x7F, _) => return true,
            _ => after,
        };
        is_ascii &= byte.is_ascii();
    }
    !is_ascii && std::str::from_utf8(json).is_ok_and(|text| text.contains(is_unseen))
}

/// Writes the lines between the message and the hint, each after a line end.
fn push_lines(error: &McpError, out: &mut impl Out) {
    let template = filled_template(error);
    let is_said = |name: &str| template.is_some_and(|template| placeholders(template).any(|own| own == name));
    if !error.failures().is_empty() || error.details().any(|(name, _)| !is_said(name)) {
        push_failures_and_details(error, &is_said, out);
    }
    push_wait_and_id(error, out);
}

fn push_wait_and_id(error: &McpError, out: &mut impl Out) {
    if let Some(wait) = wait_of(error) {
        out.push("\n");
        out.push(WAIT[0]);
        out.display(wait);
        out.push(WAIT[1]);
    }
    if let Some(id) = error.error_id() {
        push_line(ERROR_ID, id, out);
    }
}

/// Writes the failures and details that the message does not contain, as many as fit.
fn push_failures_and_details(error: &McpError, is_said: &dyn Fn(&str) -> bool, out: &mut impl Out) {
    let mut after = String::new();
    push_wait_and_id(error, &mut after);
    if !error.hint().is_empty() {
        push_line(HINT, error.hint(), &mut after);
    }
    let room = MAX_ADDED.saturating_sub(after.chars().count());
    let message = error.message();
    let details = error.details().filter(|(name, value)| !is_said(name) && !says(&message, name, value));
    let details: Vec<String> = details.map(|(name, value)| detail_line(name, value)).collect();
    let failures = error.failures().iter().map(|failure| {
        let mut line = format!("\n{FAILURE}{}: ", OneLine(&failure.as_sent().code_text()));
        push_indented(&failure.message(), &mut line);
        line
    });
    let failures: Vec<String> = failures.filter(|line| !message.contains(&line[1 + FAILURE.len()..])).collect();
    // Details take precedence over failures.
    let (details, left) = fitting(&details, room);
    let (failures, _) = fitting(&failures, left);
    out.push(&failures);
    out.push(&details);
}

/// Returns the lines that fit, the number of the others, and the remaining room.
fn fitting(lines: &[String], room: usize) -> (String, usize) {
    let lengths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    let all: usize = lengths.iter().sum();
    if all <= room {
        return (lines.concat(), room - all);
    }
    let [before, after] = MORE;
    let longest = format!("\n{before}{}{after}", lines.len()).len();
    let Some(mut left) = room.checked_sub(longest) else { return (String::new(), room) };
    let mut out = String::new();
    let mut more = 0;
    for (line, length) in lines.iter().zip(lengths) {
        match left.checked_sub(length) {
            Some(rest) => {
                out.push_str(line);
                left = rest;
            }
            None => more += 1,
        }
    }
    let _ = write!(out, "\n{before}{more}{after}");
    (out, left)
}

/// Returns the template that the message was filled from. If a placeholder has no value, the title is the message.
fn filled_template(error: &McpError) -> Option<&'static str> {
    match error.wording() {
        Wording::Template { template, details, .. } => {
            placeholders(template).all(|name| details.get(name).is_some()).then_some(template)
        }
        Wording::Text(_) => None,
    }
}

/// Returns whether a message contains the value of a detail: alone, or after the name, as in `line 2`.
fn says(message: &str, name: &str, value: &Value) -> bool {
    let mut shown = String::new();
    match value {
        Value::String(_) | Value::Number(_) | Value::Array(_) => push_value(value, &mut |piece| shown.push_str(piece)),
        _ => {}
    }
    let is_word = shown.chars().nth(MIN_SAID - 1).is_some() && contains_word(message, &shown);
    is_word || !shown.is_empty() && contains_word(message, &format!("{name} {shown}"))
}

fn detail_line(name: &str, value: &Value) -> String {
    let mut line = "\n".to_owned();
    match is_plain_name(name) {
        true => line.push_str(name),
        false => line.push_str(&json_line(&Value::from(name))),
    }
    line.push_str(": ");
    match value {
        Value::String(text) if !looks_like_json(text) => push_indented(text, &mut line),
        other => line.push_str(&json_line(other)),
    }
    line
}

fn placeholders(template: &'static str) -> impl Iterator<Item = &'static str> {
    Pieces::new(template).filter_map(|piece| match piece {
        Ok(Piece::Placeholder(name)) => Some(name),
        _ => None,
    })
}

/// Returns whether a string contains another as whole words.
fn contains_word(text: &str, word: &str) -> bool {
    let ends = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(word)
        .any(|(at, _)| ends(text[..at].chars().next_back()) && ends(text[at + word.len()..].chars().next()))
}

/// Returns whether the name of a detail can be written without quotes, because no other kind of line starts like it.
fn is_plain_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() && !is_unseen(c) || matches!(c, '_' | '-' | '.' | '/'))
        && name != HINT.trim_end_matches(": ")
}

/// Returns whether a string must be quoted because it would be read back as another value.
fn looks_like_json(text: &str) -> bool {
    let may = text.trim_start().starts_with(|c: char| matches!(c, '"' | '{' | '[' | '-' | 't' | 'f' | 'n' | '0'..='9'));
    may && serde_json::from_str::<Value>(text).is_ok()
}

/// Returns a value as JSON on one line, with invisible characters escaped.
pub(crate) fn json_line(value: &Value) -> String {
    let json = value.to_string();
    if !json.contains(is_unseen) {
        return json;
    }
    let mut line = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        match is_unseen(c) {
            // Outside strings, freshly written JSON has no such characters.
            true => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                let _ = write!(line, "\\u{unit:04x}");
            }),
            false => line.push(c),
        }
    }
    line
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn push_line(label: &str, value: &str, out: &mut impl Out) {
    out.push("\n");
    out.push(label);
    push_indented(value, out);
}

/// Writes a string, with two spaces after each line end in it. Other invisible characters are escaped.
fn push_indented(text: &str, out: &mut impl Out) {
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| is_unseen(*c)) {
        let end = at + c.len_utf8();
        if is_line_end(c) {
            // In `\r\n`, the line feed ends the line.
            if !text[at..].starts_with("\r\n") {
                out.push(&text[start..end]);
                out.push(INDENT);
                start = end;
            }
        } else if c != '\t' {
            out.push(&text[start..at]);
            out.display(c.escape_unicode());
            start = end;
        }
    }
    out.push(&text[start..]);
}

pub(crate) const INDENT: &str = "  ";

/// Returns the position after the first line of a string, including its line break.
fn line_end(text: &str) -> Option<usize> {
    let at = text.find(is_line_end)?;
    let end = &text[at..];
    Some(at + if end.starts_with("\r\n") { 2 } else { end.chars().next()?.len_utf8() })
}

/// Reverses [`push_indented`].
fn unindented(text: &str) -> Cow<'_, str> {
    if !text.contains(is_line_end) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(end) = line_end(rest) {
        out.push_str(&rest[..end]);
        rest = rest[end..].strip_prefix(INDENT).unwrap_or(&rest[end..]);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads the error of a record from the text after `CODE: `, as [`tool_text`] writes it. In the text of another
/// program, lines that are not of this form belong to the message.
#[inline]
pub(crate) fn read(text: &str, record: &'static Record, reader: Reader<'_>) -> McpError {
    let (mut rest, mut hint, mut id, mut wait) = (text, None, None, None);
    if let Some((before, own)) = last_line(rest, HINT).filter(|(_, hint)| !hint.is_empty()) {
        (rest, hint) = (before, Some(unindented(own).into_owned()));
    }
    if let Some((before, own)) = last_line(rest, ERROR_ID) {
        (rest, id) = (before, Some(unindented(own).into_owned()));
    }
    if let Some((before, own)) = last_line(rest, WAIT[0])
        && let Some(own) = own.strip_suffix(WAIT[1]).and_then(read_wait)
    {
        (rest, wait) = (before, Some(own));
    }
    let message_end = end_of_value(rest);
    let (message, failures, details) = match lines(&rest[message_end..], reader) {
        Some((failures, details)) => (unindented(&rest[..message_end]).into_owned(), failures, details),
        None => (rest.to_owned(), Vec::new(), Vec::new()),
    };
    let mut error = McpError::from_record(record);
    for (name, value) in details.into_iter().take(MAX_DETAILS) {
        // A peer may send anything, so the name decides about redaction too.
        error = error.with_value(name.into(), value);
    }
    error = failures.into_iter().take(MAX_FAILURES).fold(add(error, message, Map::new()), McpError::with_failure);
    // The peer or this program may have extended the code: the hint of a registry does not count as set.
    if let Some(hint) = hint.filter(|hint| *hint != record.hint && *hint != extended(record).hint) {
        error = error.with_hint(hint);
    }
    if let Some(id) = id {
        error = error.with_error_id(id);
    }
    match wait.filter(|wait| Some(*wait) != error.retry_after()) {
        Some(wait) => error.with_retry_after(wait),
        None => error,
    }
}

/// Splits a JSON-RPC message from the wait at its end.
#[inline]
pub(crate) fn read_protocol_message(mut message: String) -> (String, Option<Duration>) {
    let found = message.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (retry after "));
    let found = found.and_then(|(before, wait)| Some((before.len(), read_wait(wait)?)));
    let wait = found.map(|(end, wait)| {
        message.truncate(end);
        wait
    });
    (message, wait)
}

/// Splits off the last line of a string, if it has the label. The lines of an indented value count as one line.
#[inline]
fn last_line<'t>(text: &'t str, label: &str) -> Option<(&'t str, &'t str)> {
    let (at, _) = text.match_indices('\n').rev().find(|(at, _)| !text[at + 1..].starts_with(INDENT))?;
    Some((&text[..at], text[at + 1..].strip_prefix(label)?))
}

/// Returns where the value at the start of a string ends: before the first line that is not indented.
#[inline]
fn end_of_value(text: &str) -> usize {
    let mut ends = text.match_indices('\n').map(|(at, _)| at);
    ends.find(|at| !text[at + 1..].starts_with(INDENT)).unwrap_or(text.len())
}

/// Reads a wait as [`Wait`] prints it.
#[inline]
fn read_wait(text: &str) -> Option<Duration> {
    let number = text.strip_suffix(" s")?;
    let (seconds, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(seconds) || !is_number(fraction) || fraction.len() > 3 {
        return None;
    }
    let milliseconds: u64 = format!("{fraction:0<3}").parse().ok()?;
    Some(Duration::from_secs(seconds.parse().ok()?) + Duration::from_millis(milliseconds))
}

/// The failures, and the details by name.
type Lines = (Vec<McpError>, Vec<(String, Value)>);

/// Reads the lines of failures and details, each after a line end. Returns `None` if there is any other line.
#[inline]
fn lines(mut text: &str, reader: Reader<'_>) -> Option<Lines> {
    let (mut failures, mut details) = (Vec::new(), Vec::new());
    while let Some(line) = text.strip_prefix('\n') {
        let end = end_of_value(line);
        let own = &line[..end];
        text = &line[end..];
        let [before, after] = MORE;
        let more = own.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        if more.is_some_and(|count| count.parse::<usize>().is_ok()) {
            continue;
        }
        match own.strip_prefix(FAILURE) {
            Some(failure) if details.is_empty() => failures.push(read_failure(failure, reader)?),
            Some(_) => return None,
            None => details.push(read_detail(own)?),
        }
    }
    Some((failures, details))
}

#[inline]
fn read_failure(text: &str, reader: Reader<'_>) -> Option<McpError> {
    let (code, message) = text.split_once(": ")?;
    if code.is_empty() || code.contains(char::is_whitespace) {
        return None;
    }
    let record = reader.lookup(code);
    let code = record.is_none().then(|| code.to_owned());
    Some(received(record, unindented(message).into_owned(), Received { code, ..Received::default() }))
}

#[inline]
fn read_detail(text: &str) -> Option<(String, Value)> {
    let (name, value) = match text.starts_with('"') {
        true => {
            let mut names = serde_json::Deserializer::from_str(text).into_iter::<String>();
            let name = names.next()?.ok()?;
            (name, text[names.byte_offset()..].strip_prefix(": ")?)
        }
        false => {
            let (name, value) = text.split_once(": ")?;
            is_plain_name(name).then(|| (name.to_owned(), value))?
        }
    };
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(unindented(value).into_owned()));
    Some((name, value))
}
