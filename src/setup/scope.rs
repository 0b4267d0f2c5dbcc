//! Settings for one closure, for tests. They replace those of the process.

use std::cell::Cell;

use super::settings::Settings;
use super::{Setup, SetupError};

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
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}

impl Setup {
    /// Puts the settings into effect for the closure, on this thread, instead of those of the process.
    ///
    /// This lets a test use its own settings. Threads that the closure starts use the settings of the process. The
    /// settings stay in memory until the process ends, because references to their records may outlive the closure.
    ///
    /// # Errors
    /// Returns [`SetupError`], without calling the closure, if a code or a number belongs to two registries, or if two
    /// registries extend the same code.
    ///
    /// ```
    /// use mcp_error_codes::{registries, setup};
    ///
    /// let count = setup().registries([]).run(|| registries().count())?;
    /// assert_eq!(count, 1);
    /// # Ok::<(), mcp_error_codes::SetupError>(())
    /// ```
    pub fn run<T>(self, work: impl FnOnce() -> T) -> Result<T, SetupError> {
        let settings = Box::leak(Box::new(self.settings()?));
        let _restore = Restore(CURRENT.replace(Some(settings)));
        Ok(work())
    }
}
