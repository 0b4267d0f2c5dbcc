use mcp_error_codes_core::ParamType;
use serde_json::Value;

/// Gives a parameter that was read from a message the type that its template declares.
pub(crate) fn typed(value: &str, ty: Option<ParamType>) -> Value {
    match ty {
        Some(ParamType::Integer) => value.parse::<i64>().map_or_else(|_| value.into(), Value::from),
        Some(ParamType::List) => value.split(", ").map(Value::from).collect(),
        _ => value.into(),
    }
}
