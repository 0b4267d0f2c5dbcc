use std::fmt;
use std::time::SystemTime;

use serde_json::Value;

use crate::McpError;
use crate::error::Received;
use crate::error::unseen::{Escaped, is_unseen};
use crate::wire::decode::Decoder;
use crate::wire::details::{Detail, Details};
use crate::wire::form::{Form, Input};
use crate::wire::limits::MAX_DETAILS;
use crate::wire::read::received;
use crate::wire::timestamp::Timestamp;

/// A log entry, in the format of the Hyper-Bun reference:
///
/// ```text
/// 2025-01-15 14:23:45.123 | ERROR | NX-MCP-001 | MCPServer | Tool execution failed
///   toolName: checksum
///   errorId: 7f3a
/// ```
///
/// The first line contains the time (UTC, to the millisecond), the level (the severity of the code), the code (`system:code`
/// if the bare code means another system's), the module, and the message. The lines below it contain the details, the error
/// id, the internal context, and the sources (`cause`), each indented by two spaces. A log is for operators: an entry
/// contains what no peer receives.
///
/// Whatever would end a line is written as `\n`, `\r` or `\u{..}`, so no value can forge an entry. A colon in a name is
/// escaped too, and so is the first letter of a name that is `errorId` or `cause`. A text is written
/// without quotes, any other value as JSON. A bar in the module becomes a space.
///
/// `Display` prints the entry, without a line end after it.
#[derive(Debug, Clone, Copy)]
pub struct LogEntry<'a> {
    error: &'a McpError,
    module: &'a str,
    time: SystemTime,
}

impl<'a> LogEntry<'a> {
    pub(crate) const fn new(error: &'a McpError, module: &'a str, time: SystemTime) -> Self {
        Self { error, module, time }
    }
}

impl Form for LogEntry<'_> {
    fn is(input: &Input<'_>) -> bool {
        matches!(input, Input::Text(text) if parse(text).is_some())
    }

    /// Converts the entry to an error. Its context is meant for operators, so it stays internal.
    fn read(input: Input<'_>, decoder: Decoder<'_>) -> McpError {
        let entry = match input {
            Input::Text(text) => parse(text).unwrap_or_default(),
            Input::Object(_) => ParsedEntry::default(),
        };
        let record = decoder.lookup(entry.code);
        let code = record.is_none().then(|| entry.code.to_owned());
        let mut error = received(record, entry.message.to_owned(), Received { code, ..Received::default() });
        for (name, value) in entry.context.into_iter().take(MAX_DETAILS) {
            let json = serde_json::from_str(&value).unwrap_or_else(|_| Value::String(value.clone()));
            error = match name {
                "errorId" => error.with_error_id(value),
                name => error.with_internal(unescaped(name), json),
            };
        }
        error
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.to_string().as_bytes());
    }
}

impl fmt::Display for LogEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.error;
        let time = Timestamp(self.time).to_string().replace('T', " ");
        let module = self.module.replace('|', " ");
        write!(f, "{} | {} | ", time.trim_end_matches('Z'), error.record().severity)?;
        write!(f, "{} | {} | {}", OneLine(&error.code_text()), OneLine(&module), OneLine(&error.message()))?;
        for (name, detail) in Details::new(error).into_iter().flat_map(Details::iter) {
            match detail {
                Detail::One(value) => context(f, name, value)?,
                errors => {
                    let json = serde_json::to_string(&errors).map_err(|_| fmt::Error)?;
                    write!(f, "\n  {}: {}", Name(name), OneLine(&json))?;
                }
            }
        }
        if let Some(id) = error.error_id() {
            write!(f, "\n  errorId: {}", OneLine(id))?;
        }
        for (name, value) in error.internal() {
            context(f, name, value)?;
        }
        for cause in error.source_texts() {
            write!(f, "\n  cause: {}", OneLine(&cause))?;
        }
        Ok(())
    }
}

fn context(f: &mut fmt::Formatter<'_>, name: &str, value: &Value) -> fmt::Result {
    match value {
        Value::String(text) => write!(f, "\n  {}: {}", Name(name), OneLine(text)),
        other => write!(f, "\n  {}: {}", Name(name), OneLine(&other.to_string())),
    }
}

/// The names of the lines that a log entry writes itself.
const OWN_NAMES: [&str; 2] = ["errorId", "cause"];

/// A name of a line of a log entry. What could end the name or the line, or pass for a line of the entry's own, is escaped.
struct Name<'a>(&'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_own = self.0.is_empty() || OWN_NAMES.contains(&self.0.trim());
        for (at, c) in self.0.chars().enumerate() {
            let is_escaped = matches!(c, ':' | '\\') || is_unseen(c) || at == 0 && (is_own || c.is_whitespace());
            match is_escaped {
                true => write!(f, "{}", c.escape_unicode())?,
                false => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}

/// Reads a name as [`Name`] writes it.
fn unescaped(name: &str) -> String {
    let mut own = String::new();
    let mut rest = name;
    while let Some(at) = rest.find("\\u{") {
        let (before, escape) = rest.split_at(at);
        own.push_str(before);
        let found = escape.find('}').filter(|end| *end <= 9);
        let c = found.and_then(|end| u32::from_str_radix(&escape[3..end], 16).ok()).and_then(char::from_u32);
        match (found, c) {
            (Some(end), Some(c)) => {
                own.push(c);
                rest = &escape[end + 1..];
            }
            _ => {
                own.push_str(&escape[..3]);
                rest = &escape[3..];
            }
        }
    }
    own.push_str(rest);
    own
}

/// A text that `Display` prints on one line: whatever would end the line is printed as `\n`, `\r` or `\u{..}`, and so is
/// what a reader does not see, or sees in another order.
///
/// ```
/// use mcp_error_codes::wire::OneLine;
///
/// assert_eq!(OneLine("one\ntwo").to_string(), r"one\ntwo");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct OneLine<'a>(pub &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Escaped(self.0).fmt(f)
    }
}

/// The parts of a log entry.
#[derive(Debug, Clone, Default, PartialEq)]
struct ParsedEntry<'a> {
    code: &'a str,
    message: &'a str,
    context: Vec<(&'a str, String)>,
}

/// Reads the first log entry, or returns `None` if the text begins with something else. Level and module may be any words.
fn parse(text: &str) -> Option<ParsedEntry<'_>> {
    let mut lines = text.lines();
    let mut parts = lines.next()?.splitn(5, " | ");
    if !is_time(parts.next()?) {
        return None;
    }
    let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
    let [level, code] = [parts.next()?.trim(), parts.next()?.trim()];
    parts.next()?;
    let message = parts.next()?;
    if !is_word(level) || !is_word(code) {
        return None;
    }
    let mut context: Vec<(&str, String)> = Vec::new();
    for line in lines {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if indent == 0 || text.is_empty() {
            break;
        }
        // A line with deeper indentation continues the value above it, such as a stack trace.
        match (text.split_once(": "), context.last_mut()) {
            (Some((key, value)), _) if indent <= KEY_INDENT => context.push((key, value.to_owned())),
            (None, _) if indent <= KEY_INDENT && text.ends_with(':') => {
                context.push((text.trim_end_matches(':'), String::new()))
            }
            (_, Some((_, value))) => {
                value.push('\n');
                value.push_str(text);
            }
            _ => {}
        }
    }
    Some(ParsedEntry { code, message, context })
}

/// Context is indented by two spaces or a tab.
const KEY_INDENT: usize = 2;

/// Returns whether a text is a time: `YYYY-MM-DD HH:MM:SS`, with or without a fraction.
fn is_time(text: &str) -> bool {
    let mut pattern = b"dddd-dd-dd dd:dd:dd".iter();
    let (head, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let fits = head.len() == pattern.len()
        && head.bytes().all(|byte| match pattern.next() {
            Some(b'd') => byte.is_ascii_digit(),
            Some(own) => byte == *own,
            None => false,
        });
    fits && !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())
}
