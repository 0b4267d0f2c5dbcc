//! Runs a call, catches its panic and collects the errors that it converts.
//!
//! An error that leaves a handler is converted to an SDK type immediately. An [`ErrorData`] no longer has the surface,
//! and no SDK type has the internal parts. So while a call is polled, the conversions also keep the error itself, in a
//! thread-local list that belongs to the call.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use ::rmcp::ErrorData;
use ::rmcp::service::MaybeSendFuture;

use crate::McpError;

thread_local! {
    /// The list of the call that this thread polls, if that call is watched.
    static KEPT: RefCell<Option<Vec<McpError>>> = const { RefCell::new(None) };
}

/// The maximum number of kept errors. A handler may convert many errors and recover from them.
const MAX_KEPT: usize = 8;

/// Keeps an error for the call that converts it. Does nothing outside a watched call. If there are too many errors, the
/// oldest is dropped.
pub(super) fn keep(error: McpError) {
    KEPT.with_borrow_mut(|kept| {
        if let Some(errors) = kept {
            if errors.len() == MAX_KEPT {
                drop(errors.remove(0));
            }
            errors.push(error);
        }
    });
}

/// A call that ended.
pub(super) struct Watched<T> {
    /// What the call returned, or the payload of its panic.
    pub(super) outcome: Result<T, Box<dyn Any + Send>>,
    /// The errors that were converted last, oldest first. The call need not have returned any of them.
    pub(super) kept: Vec<McpError>,
}

/// The future of a request, with its type erased. It is `Send` if the SDK requires that of handlers.
///
/// The code of the guard uses this type, so a program contains it once per answer type. The server's own futures would
/// duplicate it, and their drop code, for every kind of request.
pub(super) type Answer<'a, T> = Pin<Box<dyn Request<Result<T, ErrorData>> + 'a>>;

/// See [`Answer`].
pub(super) trait Request<T>: Future<Output = T> + MaybeSendFuture {}

impl<T, F: Future<Output = T> + MaybeSendFuture> Request<T> for F {}

/// Erases the type of a future. A handler may panic before it returns its future, so call the handler inside the future
/// that you pass.
pub(super) fn boxed<'a, T>(
    request: impl Future<Output = Result<T, ErrorData>> + MaybeSendFuture + 'a,
) -> Answer<'a, T> {
    Box::pin(request)
}

/// Watches a call.
pub(super) fn watch<T>(call: Answer<'_, T>) -> Watch<'_, T> {
    Watch { call, kept: Some(Vec::new()) }
}

/// See [`watch`].
pub(super) struct Watch<'a, T> {
    call: Answer<'a, T>,
    /// The list of the call, while it is not polled.
    kept: Option<Vec<McpError>>,
}

impl<T> Future for Watch<'_, T> {
    type Output = Watched<Result<T, ErrorData>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { call, kept } = &mut *self;
        // Between polls the thread belongs to other calls, and this one may continue on another thread.
        let outer = KEPT.replace(kept.take());
        // Nothing reads the state of a call that panicked, so it may be inconsistent.
        let polled = catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(context)));
        *kept = KEPT.replace(outer);
        let outcome = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(value)) => Ok(value),
            Err(payload) => Err(payload),
        };
        Poll::Ready(Watched { outcome, kept: kept.take().unwrap_or_default() })
    }
}
