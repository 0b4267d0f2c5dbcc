//! Violations of a JSON Schema, as the crate `jsonschema` reports them.

use ::jsonschema::error::{TypeKind, ValidationErrorKind};
use ::jsonschema::paths::LocationSegment;
use ::jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use crate::arguments::{Misfit, Step, choice, choice_of_names, place};
use crate::{McpError, filesystem, hyper_bun};

/// The maximum number of violations that [`McpError::from_schema_violations`] keeps.
const MAX_VIOLATIONS: usize = 20;

/// Converts a violation of a JSON Schema to the error that [`arguments::parse`](crate::arguments::parse) returns for
/// it, with the same messages.
///
/// | violation | code |
/// |---|---|
/// | `required` | `VAL-001` |
/// | `type` | `VAL-002` |
/// | a `$ref` that cannot be resolved, a pattern that cannot be matched | `NX-MCP-001`, whose `errorType` is `schema` |
/// | any other | `VAL-003` |
///
/// The message names the location, such as `edits[1].newText`, and says what was expected. The detail `parameter` also
/// contains the location. The message contains text from the schema and the names of unknown members, but never a value;
/// only the source, jsonschema's own error, contains it for the log. The text of your own keywords is passed on, and
/// secrets of a known shape in it are redacted. For an optional member, whose schema is a choice between a schema and
/// `null`, the violation of the former is reported. A member whose name is a number is written as an item, `[1]`,
/// because a JSON Pointer does not distinguish the two.
///
/// An invalid schema fails with the same error type, so create the validator when the server starts, not in a tool.
///
/// ```
/// use mcp_error_codes::{McpError, filesystem};
/// use serde_json::{Value, json};
///
/// fn check(validator: &jsonschema::Validator, arguments: &Value) -> Result<(), McpError> {
///     Ok(validator.validate(arguments)?)
/// }
///
/// let schema = json!({"properties": {"lines": {"items": {"type": "integer"}}}});
/// let validator = jsonschema::validator_for(&schema)?;
/// let error = check(&validator, &json!({"lines": [1, "hunter2"]})).err().ok_or("a violation")?;
/// assert!(error.is(filesystem::INVALID_PARAMETER_TYPE));
/// assert_eq!(error.message(), "Invalid parameter type: expected integer, got string in `lines[1]`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl From<ValidationError<'_>> for McpError {
    fn from(violation: ValidationError<'_>) -> Self {
        error_of(&violation).with_source(violation.to_owned())
    }
}

pub(super) fn from_violations<'a>(violations: impl IntoIterator<Item = ValidationError<'a>>) -> Option<McpError> {
    let mut violations = violations.into_iter();
    let first = McpError::from(violations.next()?);
    let mut all = vec![first];
    all.extend(violations.by_ref().take(MAX_VIOLATIONS - 1).map(McpError::from));
    if all.len() == 1 {
        return all.pop();
    }
    let more = if violations.next().is_some() { "more than " } else { "" };
    let told: Vec<_> = all.iter().map(McpError::message).collect();
    let whole = filesystem::invalid_parameter_value(format_args!(
        "{more}{} violations of the schema: {}",
        all.len(),
        told.join("; ")
    ));
    Some(all.into_iter().fold(whole.in_own_code(), McpError::with_failure))
}

fn error_of(violation: &ValidationError<'_>) -> McpError {
    if let Some(chosen) = optional(violation.kind()) {
        return error_of(chosen);
    }
    let mut steps: Vec<_> = violation.instance_path().segments().map(step).collect();
    match violation.kind() {
        ValidationErrorKind::Referencing(_)
        | ValidationErrorKind::BacktrackLimitExceeded { .. }
        | ValidationErrorKind::RegexEngineFailure { .. } => {
            hyper_bun::tool_execution_failed().with_detail("errorType", "schema").in_own_code()
        }
        kind => {
            if let Some(name) = only_unknown(kind) {
                steps.push(Step::Member(name.to_owned()));
            }
            misfit(kind, violation.instance()).into_error(&place(&steps))
        }
    }
}

/// Returns the violation of the one schema in a choice between a schema and `null`.
fn optional(kind: &ValidationErrorKind) -> Option<&ValidationError<'static>> {
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) = kind else {
        return None;
    };
    let is_null = |violation: &ValidationError<'_>| match violation.kind() {
        ValidationErrorKind::Type { kind: TypeKind::Single(word) } => *word == JsonType::Null,
        _ => false,
    };
    let mut others = context.iter().filter(|branch| !branch.iter().all(is_null));
    let only = others.next()?;
    if others.next().is_some() { None } else { only.first() }
}

fn step(segment: LocationSegment<'_>) -> Step {
    match segment {
        LocationSegment::Property(name) => Step::Member(name.into_owned()),
        LocationSegment::Index(index) => Step::Item(index),
    }
}

/// Returns the name of the unknown member if there is exactly one.
fn only_unknown(kind: &ValidationErrorKind) -> Option<&str> {
    match kind {
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => match unexpected.as_slice() {
            [name] => Some(name),
            _ => None,
        },
        _ => None,
    }
}

fn misfit(kind: &ValidationErrorKind, instance: &Value) -> Misfit {
    match kind {
        ValidationErrorKind::Required { property } => Misfit::Missing(text(property)),
        ValidationErrorKind::Type { kind } => {
            let expected = match kind {
                TypeKind::Single(word) => word.to_string(),
                TypeKind::Multiple(words) => choice(words.iter().collect::<Vec<_>>().into_iter()),
            };
            Misfit::Type { expected, actual: type_word(instance).to_owned() }
        }
        kind => Misfit::Value(expectation(kind)),
    }
}

/// Describes what the schema expects. The value is left out.
fn expectation(kind: &ValidationErrorKind) -> String {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            match unexpected.as_slice() {
                [_] => "unknown member".to_owned(),
                names => format!("unknown members `{}`", names.join("`, `")),
            }
        }
        Kind::Enum { options } => match options.as_array() {
            Some(options) => format!("expected {}", choice_of_names(options.iter().map(text))),
            None => format!("expected `{}`", text(options)),
        },
        Kind::Constant { expected_value } => format!("expected `{}`", text(expected_value)),
        Kind::Minimum { limit } => format!("expected at least {limit}"),
        Kind::Maximum { limit } => format!("expected at most {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("expected more than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("expected less than {limit}"),
        Kind::MultipleOf { multiple_of } => format!("expected a multiple of {multiple_of}"),
        Kind::MinLength { limit } => format!("expected at least {}", count(*limit, "character")),
        Kind::MaxLength { limit } => format!("expected at most {}", count(*limit, "character")),
        Kind::Pattern { pattern } => format!("expected a match of `{pattern}`"),
        Kind::Format { format } => format!("expected the format `{format}`"),
        Kind::ContentEncoding { content_encoding } => format!("expected the content encoding `{content_encoding}`"),
        Kind::ContentMediaType { content_media_type } => format!("expected the media type `{content_media_type}`"),
        Kind::FromUtf8 { .. } => "expected UTF-8 content".to_owned(),
        Kind::MinItems { limit } => format!("expected at least {}", count(*limit, "item")),
        Kind::MaxItems { limit } => format!("expected at most {}", count(*limit, "item")),
        Kind::AdditionalItems { limit } => format!("expected at most {}", count(*limit as u64, "item")),
        Kind::UnevaluatedItems { .. } => "expected fewer items".to_owned(),
        Kind::UniqueItems => "expected unique items".to_owned(),
        Kind::Contains => "expected an item that matches `contains`".to_owned(),
        Kind::MinProperties { limit } => format!("expected at least {}", count(*limit, "member")),
        Kind::MaxProperties { limit } => format!("expected at most {}", count(*limit, "member")),
        Kind::PropertyNames { error } => format!("name of a member: {}", expectation(error.kind())),
        Kind::FalseSchema => "expected nothing".to_owned(),
        Kind::Custom { message, .. } => message.clone(),
        other => format!("expected a value that matches `{}`", other.keyword()),
    }
}

fn count(limit: u64, thing: &str) -> String {
    format!("{limit} {thing}{}", if limit == 1 { "" } else { "s" })
}

/// Formats a name or a value of the schema for a message.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn type_word(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
