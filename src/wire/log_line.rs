use std::fmt;
use std::time::SystemTime;

use serde_json::Value;

use crate::McpError;
use crate::wire::standard_response::Timestamp;

/// An entry of a log, in the format of the Hyper-Bun reference:
///
/// ```text
/// 2025-01-15 14:23:45.123 | ERROR | NX-MCP-001 | MCPServer | Tool execution failed
///   toolName: checksum
///   errorId: 7f3a
/// ```
///
/// The first line holds the time (UTC, to the millisecond), the level (the severity of the code), the code (`system:code` where
/// the code alone means another system's), the module, and the message. The lines below it hold the details, the error id, the
/// internal context, and the causes (`cause`), each indented by two spaces. A log is for operators: an entry holds
/// what never goes to a peer.
///
/// Whatever would end a line is written as `\n`, `\r` or `\u{..}`, so that no value can forge an entry. Text stands as it is, any
/// other value as JSON. A bar in the module is written as a space.
///
/// `Display` prints the entry, without a line end behind it.
#[derive(Debug, Clone, Copy)]
pub struct LogEntry<'a> {
    error: &'a McpError,
    module: &'a str,
    time: SystemTime,
}

impl McpError {
    /// Returns the entry of a log: what happened in which module, at what time.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use mcp_error_codes::{McpError, hyper_bun};
    ///
    /// let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_736_951_025_123);
    /// let error = McpError::new(hyper_bun::RESOURCE_NOT_FOUND).with_internal("requestId", "req-xyz789");
    /// assert_eq!(
    ///     error.log_entry("MCPServer", time).to_string(),
    ///     "2025-01-15 14:23:45.123 | ERROR | NX-MCP-011 | MCPServer | MCP Resource Not Found\n  requestId: req-xyz789",
    /// );
    /// ```
    #[must_use]
    pub const fn log_entry<'a>(&'a self, module: &'a str, time: SystemTime) -> LogEntry<'a> {
        LogEntry { error: self, module, time }
    }
}

impl fmt::Display for LogEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.error;
        let time = Timestamp(self.time).to_string().replace('T', " ");
        let module = self.module.replace('|', " ");
        write!(f, "{} | {} | ", time.trim_end_matches('Z'), error.record().severity)?;
        write!(f, "{} | {} | {}", Line(&error.code_text()), Line(&module), Line(&error.message()))?;
        for (name, value) in error.details() {
            context(f, name, value)?;
        }
        if let Some(id) = error.error_id() {
            write!(f, "\n  errorId: {}", Line(id))?;
        }
        for (name, value) in error.internal() {
            context(f, name, value)?;
        }
        for cause in error.source_texts() {
            write!(f, "\n  cause: {}", Line(&cause))?;
        }
        Ok(())
    }
}

fn context(f: &mut fmt::Formatter<'_>, name: &str, value: &Value) -> fmt::Result {
    match value {
        Value::String(text) => write!(f, "\n  {}: {}", Line(name), Line(text)),
        other => write!(f, "\n  {}: {}", Line(name), Line(&other.to_string())),
    }
}

/// Prints a text on one line.
pub(crate) struct Line<'a>(pub(crate) &'a str);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                true => write!(f, "{}", c.escape_default())?,
                false => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}

/// What an entry of a log says, read back.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParsedEntry<'a> {
    pub(crate) code: &'a str,
    pub(crate) message: &'a str,
    pub(crate) context: Vec<(&'a str, String)>,
}

/// Reads the first entry of a log; none where the text begins with something else. Level and module may be any words.
pub(crate) fn parse(text: &str) -> Option<ParsedEntry<'_>> {
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
        // A line that is indented deeper goes on with the value above it: the lines of a stack.
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

/// Context is indented by two spaces, or a tab.
const KEY_INDENT: usize = 2;

/// Tells whether a text is a time: `YYYY-MM-DD HH:MM:SS`, with or without a fraction.
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
