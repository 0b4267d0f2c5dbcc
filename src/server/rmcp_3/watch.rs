//! Follows a call to its end: what it panicked with, and which error it was turned into an answer of.
//!
//! An error that leaves a handler is turned into the SDK's types at once. As an [`ErrorData`](::rmcp::ErrorData) it has lost
//! its surface, and either way all that is internal. So while a call is polled, the conversions also keep the error itself, on
//! this thread, for the one that watches.

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
    Errors(Vec<McpError>),
}

/// How many errors are kept: a handler may convert many, and recover from them.
const MOST_KEPT: usize = 8;

/// Keeps an error for the one that watches, if there is one. Of many, the last ones are kept.
pub(super) fn keep(error: McpError) {
    KEPT.with_borrow_mut(|kept| {
        if let Kept::Errors(errors) = kept {
            if errors.len() == MOST_KEPT {
                drop(errors.remove(0));
            }
            errors.push(error);
        }
    });
}

/// What became of a call.
pub(super) struct Watched<T> {
    /// What the call returned, or the error of its panic.
    pub(super) outcome: Result<T, McpError>,
    /// The errors that were converted last, in order. None of them need be the one that was returned.
    pub(super) kept: Vec<McpError>,
}

/// Runs a call to its end.
pub(super) async fn watch<T>(call: impl Future<Output = T>) -> Watched<T> {
    let mut call = pin!(call);
    let mut own = Kept::Errors(Vec::new());
    let outcome = poll_fn(|context| {
        // Between polls the thread belongs to other calls, and this one may go on in another thread.
        let others = KEPT.replace(std::mem::replace(&mut own, Kept::NobodyWatches));
        // Nothing of a call that panicked is looked at again, so it may be left in any state.
        let polled = catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(context)));
        own = KEPT.replace(others);
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
            Err(payload) => Poll::Ready(Err(McpError::from_panic(payload))),
        }
    })
    .await;
    let kept = match own {
        Kept::Errors(errors) => errors,
        Kept::NobodyWatches => Vec::new(),
    };
    Watched { outcome, kept }
}
