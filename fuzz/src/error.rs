//! Errors of the registry, with whatever an error can have.

use std::time::Duration;

use arbitrary::{Result, Unstructured};
use mcp_error_codes::record::ParamType;
use mcp_error_codes::{McpError, Surface};
use serde_json::{Map, Value};

use crate::draw;

/// Makes an error. `depth` is how deep its failures may be nested.
pub fn error(u: &mut Unstructured<'_>, depth: usize) -> Result<McpError> {
    let record = draw::record(u)?;
    let mut error = McpError::from_record(record);
    for param in record.params {
        if u.ratio(3, 4)? {
            error = match param.ty {
                ParamType::Integer => error.with_detail(param.name, u.arbitrary::<i64>()?),
                ParamType::List => error.with_detail(param.name, [draw::word(u)?, draw::word(u)?]),
                _ => error.with_detail(param.name, draw::word(u)?),
            };
        }
    }
    if u.ratio(1, 4)? {
        error = error.with_message(text(u)?);
    }
    if u.ratio(1, 4)? {
        error = error.with_hint(text(u)?);
    }
    for _ in 0..u.int_in_range(0..=2)? {
        error = error.with_detail(draw::word(u)?, value(u, 3)?);
    }
    if u.ratio(1, 4)? {
        error = error.with_retry_after(Duration::from_millis(u.arbitrary()?));
    }
    if u.ratio(1, 4)? {
        error = error.with_error_id(draw::word(u)?);
    }
    if u.ratio(1, 4)? {
        error = error.with_surface(*u.choose(Surface::ALL)?);
    }
    if u.ratio(1, 4)? {
        error = error.with_internal(draw::word(u)?, value(u, 2)?).with_source(draw::word(u)?);
    }
    if depth > 0 {
        for _ in 0..u.int_in_range(0..=2)? {
            error = error.with_failure(self::error(u, depth - 1)?);
        }
    }
    Ok(error)
}

fn text(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(String::from_utf8_lossy(&draw::pieces(u)?).into_owned())
}

/// Makes a JSON value.
pub fn value(u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    let most = if depth == 0 { 4 } else { 6 };
    Ok(match u.int_in_range(0..=most)? {
        0 => Value::Null,
        1 => Value::Bool(u.arbitrary()?),
        2 => Value::from(u.arbitrary::<i64>()?),
        3 => Value::from(u.arbitrary::<f64>()?),
        4 => Value::from(draw::word(u)?),
        5 => {
            let length = u.int_in_range(0..=3)?;
            Value::Array((0..length).map(|_| value(u, depth - 1)).collect::<Result<_>>()?)
        }
        _ => {
            let length = u.int_in_range(0..=3)?;
            let members = (0..length).map(|_| Ok((draw::word(u)?, value(u, depth - 1)?)));
            Value::Object(members.collect::<Result<Map<_, _>>>()?)
        }
    })
}
