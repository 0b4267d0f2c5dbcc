//! Follows a call to its end: what it panicked with, and which error it was turned into an answer of.
//!
//! An error that leaves a handler is turned into the SDK's types at once. As an [`ErrorData`](::rmcp::ErrorData) it has lost
//! its surface, and either way all that is internal. So while a call is polled, the conversions also keep the error itself, on
//! this thread, for the one that watches.

use std::any::Any;
use std::cell::RefCell;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use crate::McpError;

thread_local! {
    static KEPT: RefCell<Kept> = const { RefCell::new(Kept::NobodyWatches) };
}

enum Kept {
    NobodyWatches,
    Nothing,
    Error(McpError),
}

/// Keeps an error for the one that watches, if there is one. A later error takes the place of an earlier one.
pub(super) fn keep(error: McpError) {
    KEPT.with_borrow_mut(|kept| {
        if !matches!(kept, Kept::NobodyWatches) {
            *kept = Kept::Error(error);
        }
    });
}

/// What became of a call.
pub(super) struct Watched<T> {
    /// What the call returned, or the text that it panicked with.
    pub(super) outcome: Result<T, String>,
    /// The error that was converted last. It need not be the one that was returned.
    pub(super) kept: Option<McpError>,
}

/// Runs a call to its end.
pub(super) async fn watch<T>(call: impl Future<Output = T>) -> Watched<T> {
    let mut call = pin!(call);
    let mut own = Kept::Nothing;
    let outcome = poll_fn(|context| {
        // Between polls the thread belongs to other calls, and this one may go on in another thread.
        let others = KEPT.replace(std::mem::replace(&mut own, Kept::Nothing));
        // Nothing of a call that panicked is looked at again, so it may be left in any state.
        let polled = catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(context)));
        own = KEPT.replace(others);
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(payload) => Poll::Ready(Err(text(&*payload))),
        }
    })
    .await;
    let kept = match own {
        Kept::Error(error) => Some(error),
        _ => None,
    };
    Watched { outcome, kept }
}

fn text(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a text").to_owned()
}
