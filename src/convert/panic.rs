use std::any::Any;

use crate::{McpError, hyper_bun};

pub(super) fn from_panic(payload: &(dyn Any + Send)) -> McpError {
    hyper_bun::tool_execution_failed()
        .with_fresh_error_id()
        .with_detail("errorType", "panic")
        .with_internal("panic", text(payload))
}

fn text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a text")
}
