//! Lines in logfmt: `time=2025-01-15T14:23:45Z level=error code=FS-001 msg="file not found"`.

use serde_json::{Map, Value};

/// Reads the pairs of a line, or returns `None` if there is anything else between them. Text before the first pair, such as a time,
/// is skipped.
pub(crate) fn members(entry: &str) -> Option<Map<String, Value>> {
    let line = entry.lines().next()?.trim_end();
    let mut rest = &line[first_pair(line)?..];
    let mut members = Map::new();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=')?;
        if key.is_empty() || !key.bytes().all(is_key) {
            return None;
        }
        let (value, after) = value(after)?;
        members.entry(key).or_insert(value);
        rest = after.trim_start();
    }
    (members.len() > 1).then_some(members)
}

fn is_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'@')
}

/// Returns the start of the first word with an equals sign.
fn first_pair(line: &str) -> Option<usize> {
    let equals = line.find('=')?;
    let start = line[..equals].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    (start < equals).then_some(start)
}

/// Reads a value, and returns the text after it.
fn value(text: &str) -> Option<(Value, &str)> {
    if text.starts_with('"') {
        let end = closing_quote(text)?;
        let quoted = &text[..=end];
        let value = serde_json::from_str(quoted).unwrap_or_else(|_| Value::from(&quoted[1..end]));
        let after = &text[end + 1..];
        return (after.is_empty() || after.starts_with(char::is_whitespace)).then_some((value, after));
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let word = &text[..end];
    // `status=500` is a number, `id=007` is not.
    let number = word.parse::<i64>().ok().filter(|number| number.to_string() == word).map(Value::from);
    let value = match word {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => number.unwrap_or_else(|| word.into()),
    };
    Some((value, &text[end..]))
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().enumerate().skip(1).find_map(|(at, byte)| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pairs_are_read_and_prose_is_not() {
        let line =
            r#"time=2025-01-15T14:23:45Z level=error code=FS-001 status=404 id=007 msg="no \"a.txt\"" ok=true empty="#;
        let expected = json!({"time": "2025-01-15T14:23:45Z", "level": "error", "code": "FS-001", "status": 404, "id": "007",
            "msg": "no \"a.txt\"", "ok": true, "empty": ""});
        assert_eq!(members(line).map(Value::Object), Some(expected));
        assert_eq!(members("2025-01-15 info a=1 b=2").map(|members| members.len()), Some(2));
        for text in ["a=1", "a = b", "x a=1 and more", "a=\"1", "=1 b=2", "no pairs", ""] {
            assert_eq!(members(text), None, "{text}");
        }
    }
}
