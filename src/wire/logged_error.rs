use serde_json::Value;

use crate::wire::log_context::{ERROR_ID, unescaped, value_of};
use mcp_error_codes_core::OneLine;

/// A log entry in the one-line format that [`LogEntry`](crate::wire::LogEntry) writes.
///
/// Servers that do not use this crate also write the format, so level, code and module may be any words.
///
/// ```
/// use mcp_error_codes::wire::LoggedError;
///
/// let entry = "2025-01-15 14:23:45.123 | ERROR | NX-MCP-001 | MCPServer | Tool execution failed\n  latencyMs: 2345\n";
/// let logged = LoggedError::read(entry).ok_or("not an entry")?;
/// assert_eq!((logged.level, logged.code, logged.module), ("ERROR", "NX-MCP-001", "MCPServer"));
/// assert_eq!(logged.message, "Tool execution failed");
/// assert_eq!(logged.context, [("latencyMs".to_owned(), 2345.into())]);
/// assert_eq!(LoggedError::read("Tool execution failed"), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct LoggedError<'a> {
    /// The time as written.
    pub time: &'a str,
    /// The level as written.
    pub level: &'a str,
    /// The code, with or without its system.
    pub code: &'a str,
    /// The module.
    pub module: &'a str,
    /// The message.
    pub message: String,
    /// The error id.
    pub error_id: Option<String>,
    /// The names and values of the indented lines, in order. A name may be repeated. A value is JSON if the entry
    /// contains it as JSON, and a string otherwise.
    pub context: Vec<(String, Value)>,
}

impl<'a> LoggedError<'a> {
    /// Reads the entry at the start of a string. Returns `None` if the text starts with something else.
    #[must_use]
    #[inline]
    pub fn read(text: &'a str) -> Option<Self> {
        let mut lines = text.lines();
        let mut parts = lines.next()?.splitn(5, " | ");
        let time = parts.next()?.trim();
        if !is_time(time) {
            return None;
        }
        let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
        let [level, code] = [parts.next()?.trim(), parts.next()?.trim()];
        let (module, message) = (parts.next()?.trim(), parts.next()?.to_owned());
        if !is_word(level) || !is_word(code) {
            return None;
        }
        let mut entry = Self { time, level, code, module, message, ..Self::default() };
        for (at, (name, value)) in pairs(lines).into_iter().enumerate() {
            let value = value_of(&value);
            match (name, value) {
                (MESSAGE, Value::String(text)) if at == 0 && is_exact(&text, &entry.message) => entry.message = text,
                (ERROR_ID, Value::String(id)) => entry.error_id = Some(id),
                (ERROR_ID, other) => entry.error_id = Some(other.to_string()),
                (name, value) => entry.context.push((unescaped(name), value)),
            }
        }
        Some(entry)
    }
}

/// The name on the first line of the context that contains the original message, if that does not fit on one line.
pub(crate) const MESSAGE: &str = "message";

/// Returns whether a line of the context repeats the message exactly.
#[inline]
pub(crate) fn is_exact(text: &str, message: &str) -> bool {
    text != message && OneLine(text).to_string() == message
}

/// Reads indented lines `name: value`.
#[inline]
fn pairs<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(&'a str, String)> {
    /// Context is indented by two spaces or a tab.
    const INDENT: usize = 2;
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for line in lines {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if indent == 0 || text.is_empty() {
            break;
        }
        // A line with deeper indentation continues the value above it, such as a stack trace.
        match (text.split_once(": "), pairs.last_mut()) {
            (Some((name, value)), _) if indent <= INDENT => pairs.push((name, value.to_owned())),
            (None, _) if indent <= INDENT && text.ends_with(':') => {
                pairs.push((text.strip_suffix(':').unwrap_or(text), String::new()));
            }
            (_, Some((_, value))) => {
                value.push('\n');
                value.push_str(text);
            }
            _ => {}
        }
    }
    pairs
}

/// Returns whether a string is a time: `YYYY-MM-DD HH:MM:SS`, with or without a fraction and an offset.
#[inline]
fn is_time(text: &str) -> bool {
    let Some((head, rest)) = text.split_at_checked(HEAD.len()) else { return false };
    let fits = head.bytes().zip(HEAD).all(|(byte, expected)| match expected {
        b'd' => byte.is_ascii_digit(),
        own => byte == *own,
    });
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let offset = match rest.strip_prefix(['.', ',']) {
        Some(fraction) if digits(fraction) > 0 => &fraction[digits(fraction)..],
        Some(_) => return false,
        None => rest,
    };
    let is_offset = |text: &str| text.len() >= 2 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    fits && (offset.is_empty() || offset == "Z" || offset.strip_prefix(['+', '-']).is_some_and(is_offset))
}

const HEAD: &[u8] = b"dddd-dd-dd dd:dd:dd";
