use std::any::Any;

use crate::setup::in_effect;
use crate::{Kind, McpError, hyper_bun};

pub(super) fn from_panic(payload: &(dyn Any + Send)) -> McpError {
    let error = hyper_bun::tool_execution_failed().with_detail("errorType", "panic");
    // A panic has the kind `internal`, although its documented code only says that the tool failed.
    let error = match in_effect::preferred(Kind::Internal) {
        Some(record) => error.recoded(record, Kind::Internal),
        None => error.in_own_code(),
    };
    error.with_fresh_error_id().with_internal("panic", text(payload))
}

fn text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a text")
}
