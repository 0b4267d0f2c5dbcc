//! The error whose event is being emitted, so that a layer can read the error itself instead of the event's fields.

use std::cell::RefCell;
use std::rc::Rc;

#[cfg(feature = "tracing-subscriber-0_3")]
use ::tracing::Metadata;

use crate::McpError;
#[cfg(feature = "tracing-subscriber-0_3")]
use mcp_error_codes_core::names;

/// The name of the event of an error.
pub(super) const NAME: &str = "mcp_error";

thread_local! {
    static EMITTED: RefCell<Option<Rc<McpError>>> = const { RefCell::new(None) };
}

/// Keeps an error for the layers until it is dropped.
#[derive(Debug)]
pub(super) struct Emitting {
    outer: Option<Rc<McpError>>,
}

impl Emitting {
    pub(super) fn new(error: &McpError) -> Self {
        Self { outer: EMITTED.replace(Some(Rc::new(error.clone()))) }
    }
}

impl Drop for Emitting {
    fn drop(&mut self) {
        EMITTED.set(self.outer.take());
    }
}

/// Returns the error of an event, or `None` if the event is not that of an error.
#[cfg(feature = "tracing-subscriber-0_3")]
pub(super) fn emitted(event: &Metadata<'_>) -> Option<Rc<McpError>> {
    if event.name() != NAME || event.target() != names::TARGET {
        return None;
    }
    EMITTED.with_borrow(Clone::clone)
}
