//! The context of an error in a log: its names, and how its values are written on one line and read back.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Write as _};

use serde_json::Value;

use crate::McpError;
use crate::wire::members::{Detail, Details};
use crate::wire::text::json_line;
use mcp_error_codes_core::is_unseen;

/// The name of the error id in a log.
pub(crate) const ERROR_ID: &str = "errorId";
/// The name of each source in a log.
pub(crate) const CAUSE: &str = "cause";

/// Returns the context of an error in its order: the details, the error id, the internal context, and the sources. The internal
/// context and the sources of its failures follow its own.
#[inline]
pub(crate) fn context(error: &McpError) -> impl Iterator<Item = (Name<'_>, Cow<'_, Value>)> {
    let details = Details::new(error).into_iter().flat_map(Details::iter).map(|(name, detail)| {
        let value = match detail {
            Detail::One(value) => Cow::Borrowed(value),
            errors => Cow::Owned(serde_json::to_value(errors).unwrap_or_default()),
        };
        (Name::Given(name), value)
    });
    let id = error.error_id().map(|id| (Name::Own(ERROR_ID), Cow::Owned(Value::from(id))));
    let all = with_failures(error);
    let sources: Vec<String> = all.iter().flat_map(|error| error.source_texts()).collect();
    let sources = sources.into_iter().map(|text| (Name::Own(CAUSE), Cow::Owned(Value::String(text))));
    let internal = all.into_iter().flat_map(McpError::internal);
    let internal = internal.map(|(name, value)| (Name::Given(name), Cow::Borrowed(value)));
    details.chain(id).chain(internal).chain(sources)
}

/// Returns an error and its failures, each before its own failures.
#[inline]
fn with_failures(error: &McpError) -> Vec<&McpError> {
    let mut all = Vec::new();
    let mut open = vec![error];
    while let Some(error) = open.pop() {
        all.push(error);
        open.extend(error.failures().iter().rev());
    }
    all
}

/// Joins the values of each name, in the order of the names: a name that occurs several times gets a list.
#[inline]
pub(crate) fn joined(context: impl IntoIterator<Item = (String, Value)>) -> impl Iterator<Item = (String, Value)> {
    let mut joined: Vec<(String, Vec<Value>)> = Vec::new();
    let mut places = HashMap::new();
    for (name, value) in context {
        let place = *places.entry(name.clone()).or_insert(joined.len());
        match joined.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => joined.push((name, vec![value])),
        }
    }
    joined.into_iter().map(|(name, mut values)| match values.len() {
        1 => (name, values.remove(0)),
        _ => (name, Value::Array(values)),
    })
}

/// A name in the context. `Display` escapes everything that could end a name or the line, or pass for one of the log's
/// own names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name<'a> {
    Own(&'static str),
    Given(&'a str),
}

impl fmt::Display for Name<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = match self {
            Self::Own(name) => return f.write_str(name),
            Self::Given(name) => *name,
        };
        let is_own = given.is_empty() || [ERROR_ID, CAUSE].contains(&given.trim());
        for (at, c) in given.chars().enumerate() {
            let is_escaped = matches!(c, ':' | '\\') || is_unseen(c) || at == 0 && (is_own || c.is_whitespace());
            match is_escaped {
                true => write!(f, "{}", c.escape_unicode())?,
                false => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Reads a name as [`Name`] writes it.
#[inline]
pub(crate) fn unescaped(name: &str) -> String {
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

/// A value on one line: a string is unquoted if it is read back unchanged, and everything else is JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OnOneLine<'a>(pub(crate) &'a Value);

impl fmt::Display for OnOneLine<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::String(text) if is_plain(text) => f.write_str(text),
            other => f.write_str(&json_line(other)),
        }
    }
}

#[inline]
fn is_plain(text: &str) -> bool {
    text.trim() == text && !text.chars().any(is_unseen) && canonical(text).is_none()
}

/// Reads a value as [`OnOneLine`] writes it. Anything that is not JSON, or is JSON in another format, is a string.
#[inline]
pub(crate) fn value_of(line: &str) -> Value {
    canonical(line).unwrap_or_else(|| line.into())
}

/// Parses JSON only if it is formatted as it would be written here, so that `007` and long numbers stay unchanged.
#[inline]
fn canonical(text: &str) -> Option<Value> {
    let is_start = |byte: &u8| matches!(byte, b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n');
    text.as_bytes().first().filter(|byte| is_start(byte))?;
    let value: Value = serde_json::from_str(text).ok()?;
    (json_line(&value) == text).then_some(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_value_is_read_back_as_it_was() {
        let texts = [
            "",
            " ",
            "a",
            "a ",
            "007",
            "7",
            "-1",
            "1.0",
            "true",
            "null",
            "\"quoted\"",
            "[1]",
            "C:\\new",
            "\\n",
            "a\nb",
            "\u{2028}",
            "\u{e0041}",
            "12345678901234567890123",
            "1e3",
            "é",
            "a: b",
        ];
        let values = [json!(7), json!(-1.5), json!(true), json!(null), json!(["a", 1, {"b": "\u{202e}\n"}]), json!({})];
        for value in texts.into_iter().map(Value::from).chain(values) {
            let line = OnOneLine(&value).to_string();
            assert_eq!(value_of(&line), value, "{line:?}");
            assert!(!line.contains(is_unseen), "{line:?}");
        }
        // Text from other programs stays unchanged.
        assert_eq!(value_of("C:\\new\\table"), "C:\\new\\table");
        assert_eq!(value_of("00042"), "00042");
        assert_eq!(value_of("{\"a\":  1}"), "{\"a\":  1}");
    }
}
