use crate::McpError;
use crate::arguments::misfit::Misfit;
use crate::arguments::mismatch::{expected_type, expected_value};

/// Converts the text of a serde error into an error for the arguments that serde rejected.
///
/// Use it with a framework that parses the arguments itself and passes on only this text. The codes are those of
/// [`parse`](super::parse), but the text does not contain the location, so the error does not name it. The text may repeat
/// a value, so the peer does not receive it: it becomes the source.
///
/// ```
/// use mcp_error_codes::{arguments, filesystem};
///
/// let error = arguments::from_serde_text("invalid type: string \"hunter2\", expected u8");
/// assert!(error.is(filesystem::INVALID_PARAMETER_TYPE));
/// assert_eq!(error.message(), "Invalid parameter type: expected integer, got string");
///
/// // The position that `serde_json::from_str` appends is no part of the problem.
/// let error = arguments::from_serde_text("missing field `path` at line 1 column 2");
/// assert!(error.is(filesystem::MISSING_REQUIRED_PARAMETER));
/// ```
pub fn from_serde_text(text: &str) -> McpError {
    misfit(text).into_error("").with_source(text)
}

/// Parses a serde message, which does not contain the location.
fn misfit(said: &str) -> Misfit {
    let said = without_position(said);
    if let Some(name) = said.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return Misfit::Missing(name.to_owned());
    }
    // The name that was found may contain the words that are looked for below.
    if said.starts_with("unknown field `") && said.ends_with("`, there are no fields") {
        return Misfit::Value("unknown member, expected nothing".to_owned());
    }
    if said.starts_with("unknown variant `") && said.ends_with("`, there are no variants") {
        return Misfit::Value("expected nothing".to_owned());
    }
    // The value comes before these words, so serde wrote their last occurrence, whatever the value contains.
    let (found, expected) = said.rsplit_once(", expected ").unwrap_or_default();
    if let Some(found) = found.strip_prefix("invalid type: ") {
        return Misfit::Type { expected: expected_type(expected), actual: found_type(found).to_owned() };
    }
    Misfit::Value(match found {
        _ if found.starts_with("invalid value: ") => format!("expected {}", expected_value(expected)),
        _ if found.starts_with("invalid length ") => format!("expected {expected}"),
        _ if found.starts_with("unknown variant ") => format!("expected {expected}"),
        _ if found.starts_with("unknown field ") => format!("unknown member, expected {expected}"),
        // The text of a type's own error may repeat a value.
        _ => "the arguments do not match the input schema".to_owned(),
    })
}

/// Removes ` at line 1 column 9`, which `serde_json` appends for text that it read.
fn without_position(said: &str) -> &str {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((before, position)) = said.rsplit_once(" at line ") else { return said };
    match position.split_once(" column ") {
        Some((line, column)) if is_number(line) && is_number(column) => before,
        _ => said,
    }
}

/// Returns the JSON Schema type name for the type that serde found.
fn found_type(found: &str) -> &'static str {
    let types = [
        ("boolean ", "boolean"),
        ("integer ", "integer"),
        ("floating point ", "number"),
        ("string ", "string"),
        ("null", "null"),
        ("unit value", "null"),
        ("sequence", "array"),
        ("map", "object"),
    ];
    types.iter().find(|(begin, _)| found.starts_with(begin)).map_or("another type", |(_, word)| word)
}
