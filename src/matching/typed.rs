use mcp_error_codes_core::ParamType;
use serde_json::{Number, Value};

/// Converts a parameter from a message to the type that its template declares.
#[inline]
pub(crate) fn typed(value: &str, ty: Option<ParamType>) -> Value {
    match ty {
        Some(ParamType::Integer) => value.parse::<i64>().map_or_else(|_| value.into(), Value::from),
        Some(ParamType::Boolean) => value.parse::<bool>().map_or_else(|_| value.into(), Value::from),
        Some(ParamType::Number) => match (value.parse::<i64>(), value.parse::<f64>()) {
            (Ok(whole), _) => whole.into(),
            (_, Ok(number)) => Number::from_f64(number).map_or_else(|| value.into(), Value::Number),
            _ => value.into(),
        },
        Some(ParamType::List) => value.split(", ").map(Value::from).collect(),
        _ => value.into(),
    }
}
