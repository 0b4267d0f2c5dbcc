//! Settings for one closure, for tests. They replace those of the process.

use std::cell::Cell;

use crate::setup::settings::Settings;

thread_local! {
    static CURRENT: Cell<Option<&'static Settings>> = const { Cell::new(None) };
}

/// The settings of the innermost closure on this thread.
#[inline]
pub(super) fn current() -> Option<&'static Settings> {
    CURRENT.get()
}

/// Restores the previous settings, even if the closure panics.
struct Restore(Option<&'static Settings>);

impl Drop for Restore {
    #[inline]
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}

/// Calls the closure with these settings, which are never freed.
#[inline]
pub(super) fn run<T>(settings: Settings, work: impl FnOnce() -> T) -> T {
    let _restore = Restore(CURRENT.replace(Some(Box::leak(Box::new(settings)))));
    work()
}
