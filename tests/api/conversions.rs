//! Conversions of common error types with `?`.
#![cfg(feature = "std")]

use std::any::Any;
use std::collections::HashMap;
use std::error::Error;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU8;
use std::panic::catch_unwind;

use mcp_error_codes::McpError;
use serde::Deserialize;
use serde_json::{Value, json};

type Checked = Result<(), Box<dyn Error>>;

/// Returns everything that a peer could see.
fn wire(error: &McpError) -> String {
    format!("{} {} {error}", error.json_rpc_response(1), error.tool_result())
}

/// Asserts what the peer and the log receive, and that the source is kept.
fn assert_error<T, E: Error + 'static>(
    outcome: Result<T, McpError>,
    text: &str,
    details: Value,
) -> Result<McpError, String> {
    let error = outcome.err().ok_or_else(|| format!("{text}: no failure"))?;
    assert_eq!(error.to_string(), text);
    let seen: serde_json::Map<_, _> = error
        .details()
        .filter(|(name, _)| *name != "details")
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect();
    assert_eq!(Value::Object(seen), details, "{text}");
    assert!(error.source().is_some_and(|source| source.is::<E>()), "{text}: {:?}", error.source());
    Ok(error)
}

#[derive(Debug, Deserialize)]
struct Note {
    #[serde(rename = "title")]
    _title: String,
    #[serde(rename = "lines")]
    _lines: u8,
}

fn note(text: &str) -> Result<Note, McpError> {
    Ok(serde_json::from_str(text)?)
}

#[test]
fn a_text_that_is_not_json_is_told_with_its_line_and_column() -> Checked {
    type Json = serde_json::Error;
    let cases = [
        ("{\n  \"title\" \"hunter2\"}", "expected `:` at line 2 column 11", 2, 11),
        ("{\"title\": \"hunter2", "EOF while parsing a string at line 1 column 18", 1, 18),
        ("", "EOF while parsing a value at line 1 column 0", 1, 0),
        ("{\"title\": \"a\", \"lines\": 1} hunter2", "trailing characters at line 1 column 28", 1, 28),
    ];
    for (text, said, line, column) in cases {
        let message = format!("VAL-003: a value is not valid: not JSON: {said}");
        let error = assert_error::<_, Json>(note(text), &message, json!({"line": line, "column": column}))?;
        assert!(!wire(&error).contains("hunter2"));
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some(said));
    }
    Ok(())
}

#[test]
fn json_of_another_type_is_told_without_the_value() -> Checked {
    type Json = serde_json::Error;
    let message = "VAL-003: a value is not valid: JSON of an unexpected type";
    let cases = [
        (r#"{"title": "a", "lines": "hunter2"}"#, r#"invalid type: string "hunter2", expected u8"#, 33),
        (r#"{"title": "hunter2"}"#, "missing field `lines`", 20),
    ];
    for (text, said, column) in cases {
        let error = assert_error::<_, Json>(note(text), message, json!({"line": 1, "column": column}))?;
        assert!(!wire(&error).contains("hunter2"));
        assert!(format!("{error:?}").contains(&format!("{said} at line 1 column {column}").escape_debug().to_string()));
    }

    // Without text, there is no line or column.
    let note = |value| -> Result<Note, McpError> { Ok(serde_json::from_value(value)?) };
    let error = assert_error::<_, Json>(note(json!({"title": "a", "lines": "hunter2"})), message, json!({}))?;
    assert!(!wire(&error).contains("hunter2"));
    Ok(())
}

#[test]
fn what_cannot_be_read_or_written_as_json_is_not_taken_for_a_wrong_value() -> Checked {
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::new(io::ErrorKind::PermissionDenied, "/srv/private is not for everyone"))
        }
    }
    let read = || -> Result<Value, McpError> { Ok(serde_json::from_reader(Broken)?) };
    let error = assert_error::<_, io::Error>(read(), "FS-003: Permission Denied", json!({}))?;
    assert!(!wire(&error).contains("private") && format!("{error:?}").contains("/srv/private is not for everyone"));

    let write = |map: HashMap<Vec<u8>, u8>| -> Result<Value, McpError> { Ok(serde_json::to_value(map)?) };
    let write_text = |map: HashMap<Vec<u8>, u8>| -> Result<String, McpError> { Ok(serde_json::to_string(&map)?) };
    let (message, details) = ("-32603: a value cannot be written as JSON", json!({}));
    let map = HashMap::from([(vec![1], 2)]);
    let _ = assert_error::<_, serde_json::Error>(write(map.clone()), message, details.clone())?;
    let _ = assert_error::<_, serde_json::Error>(write_text(map), message, details)?;

    // `serde_json` reports this error the same way, although the input is wrong.
    let keys = || -> Result<HashMap<u8, u8>, McpError> { Ok(serde_json::from_value(json!({"hunter2": 1}))?) };
    let message = "VAL-003: a value is not valid: not JSON: invalid value: expected key to be a number in quotes";
    let error = assert_error::<_, serde_json::Error>(keys(), message, json!({}))?;
    assert!(!wire(&error).contains("hunter2"));
    Ok(())
}

#[test]
fn the_json_of_a_file_can_be_corrupt_data() -> Checked {
    let read = |text: &str| -> Result<Value, McpError> { Ok(serde_json::from_str(text).map_err(io::Error::from)?) };
    let _ = assert_error::<_, io::Error>(read("{]"), "COMMON-CORRUPT: invalid data", json!({}))?;
    let _ = assert_error::<_, io::Error>(read("{"), "COMMON-CORRUPT: unexpected end of file", json!({}))?;
    Ok(())
}

fn parse<T: std::str::FromStr>(text: &str) -> Result<T, McpError>
where
    McpError: From<T::Err>,
{
    Ok(text.parse()?)
}

#[test]
fn a_text_that_is_no_value_of_its_type_is_told_without_the_text() -> Checked {
    let told = |said: &str| format!("VAL-003: a value is not valid: {said}");
    fn check<T, E: Error + 'static>(outcome: Result<T, McpError>, text: &str) -> Checked {
        let error = assert_error::<_, E>(outcome, text, json!({}))?;
        assert!(!wire(&error).contains("86753099"));
        Ok(())
    }
    use std::num::{ParseFloatError, ParseIntError, TryFromIntError};
    check::<_, ParseIntError>(parse::<u8>("86753099"), &told("expected a smaller integer"))?;
    check::<_, ParseIntError>(parse::<i8>("-86753099"), &told("expected a larger integer"))?;
    check::<_, ParseIntError>(parse::<u64>("86753099x"), &told("expected an integer"))?;
    check::<_, ParseIntError>(parse::<u8>(""), &told("expected an integer"))?;
    check::<_, ParseIntError>(parse::<NonZeroU8>("0"), &told("expected an integer other than 0"))?;
    check::<_, ParseFloatError>(parse::<f64>("86753099x"), &told("expected a number"))?;
    check::<_, std::str::ParseBoolError>(parse::<bool>("86753099"), &told("expected `true` or `false`"))?;
    check::<_, std::char::ParseCharError>(parse::<char>("86753099"), &told("expected a character"))?;
    check::<_, std::net::AddrParseError>(parse::<IpAddr>("86753099"), &told("expected a network address"))?;
    check::<_, std::net::AddrParseError>(parse::<SocketAddr>("86753099:1"), &told("expected a network address"))?;
    let narrow = |wide: i64| -> Result<u8, McpError> { Ok(u8::try_from(wide)?) };
    check::<_, TryFromIntError>(narrow(86_753_099), &told("the integer is out of range"))?;
    Ok(())
}

#[test]
fn bytes_that_are_no_text_do_not_leave() -> Checked {
    let bytes = b"hunter2 na\xefve".to_vec();
    let borrowed = |bytes: &[u8]| -> Result<usize, McpError> { Ok(std::str::from_utf8(bytes)?.len()) };
    let owned = |bytes: Vec<u8>| -> Result<String, McpError> { Ok(String::from_utf8(bytes)?) };
    for outcome in [borrowed(&bytes).map(|_| ()), owned(bytes).map(|_| ())] {
        let text = "COMMON-CORRUPT: not UTF-8";
        let error = assert_error::<_, std::str::Utf8Error>(outcome, text, json!({"offset": 10}))?;
        assert!(!wire(&error).contains("hunter2") && !format!("{error:?}").contains("104, 117"));
    }
    Ok(())
}

#[test]
fn the_text_of_a_panic_is_internal() -> Checked {
    let payload = |run: fn()| -> Result<Box<dyn Any + Send>, &str> { catch_unwind(run).err().ok_or("no panic") };
    let cases = [
        (payload(|| panic!("hunter2"))?, "hunter2"),
        (payload(|| panic!("hunter{}", 2))?, "hunter2"),
        (payload(|| std::panic::panic_any(2))?, "a panic without a text"),
    ];
    for (payload, text) in cases {
        let error = McpError::from_panic(payload);
        assert_eq!(error.to_string(), "NX-MCP-001: MCP Tool Execution Failed");
        assert!(error.details().eq([("errorType", &json!("panic"))]));
        assert!(error.internal().eq([("panic", &json!(text))]));
        assert_eq!(error.error_id().map(str::len), Some(29));
        assert!(!wire(&error).contains("hunter2"));
    }
    Ok(())
}

#[test]
fn a_parameter_can_be_named_on_the_way() {
    let limit = |text: &str| -> Result<u8, McpError> {
        text.parse().map_err(|error: std::num::ParseIntError| McpError::from(error).with_detail("parameter", "limit"))
    };
    assert_eq!(limit("many").err().and_then(|error| error.detail("parameter").cloned()), Some(json!("limit")));
}
