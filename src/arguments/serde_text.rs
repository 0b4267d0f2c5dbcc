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
/// ```
pub fn from_serde_text(text: &str) -> McpError {
    misfit(text).into_error("").with_source(text)
}

/// Parses a serde message, which does not contain the location.
fn misfit(said: &str) -> Misfit {
    if let Some(name) = said.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return Misfit::Missing(name.to_owned());
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
