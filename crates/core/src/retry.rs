use core::time::Duration;

use crate::{Backoff, RetryClass};

/// When, if at all, to send a failed request again.
///
/// ```
/// use mcp_error_codes_core::{Retry, RetryClass};
///
/// let retry = Retry::new(RetryClass::DoNotRetry);
/// assert!(!retry.is_worthwhile());
/// assert_eq!(retry.delays().count(), 0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Retry {
    /// Whether and when a retry makes sense.
    pub class: RetryClass,
    /// How the waits grow, where there is a schedule.
    pub backoff: Option<Backoff>,
    /// How many tries to make in all, the first included; none means without a limit.
    pub attempts: Option<u32>,
    /// The first wait, in milliseconds.
    pub initial_ms: Option<u64>,
    /// The longest single wait, in milliseconds.
    pub max_ms: Option<u64>,
}

impl Retry {
    /// Makes advice that has a class and no schedule.
    #[must_use]
    pub const fn new(class: RetryClass) -> Self {
        Self { class, backoff: None, attempts: None, initial_ms: None, max_ms: None }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn __with_schedule(self, backoff: Backoff, attempts: Option<u32>, initial_ms: u64, max_ms: u64) -> Self {
        Self { class: self.class, backoff: Some(backoff), attempts, initial_ms: Some(initial_ms), max_ms: Some(max_ms) }
    }

    /// Tells whether the same request can succeed later without being changed.
    #[must_use]
    pub const fn is_worthwhile(self) -> bool {
        matches!(self.class, RetryClass::RetryNowSafe | RetryClass::RetryAfterDelay)
    }

    /// Returns the waits between tries, one after another.
    ///
    /// There is one wait fewer than `attempts`, and no end without `attempts`. Without a schedule the iterator is empty,
    /// save for [`RetryClass::RetryNowSafe`], which waits once for no time at all.
    #[must_use]
    pub const fn delays(self) -> Delays {
        Delays { retry: self, made: 0 }
    }

    /// The wait after the try with this number, counted from 0.
    fn delay_after(self, tried: u32) -> Option<Duration> {
        let Some(backoff) = self.backoff else {
            return (self.class == RetryClass::RetryNowSafe && tried == 0).then_some(Duration::ZERO);
        };
        if self.attempts.is_some_and(|attempts| tried.saturating_add(1) >= attempts) {
            return None;
        }
        let initial = self.initial_ms.unwrap_or(0);
        let wait = match backoff {
            Backoff::Fixed => initial,
            Backoff::Linear => initial.saturating_mul(u64::from(tried).saturating_add(1)),
            Backoff::Exponential => initial.saturating_mul(1u64.checked_shl(tried).unwrap_or(u64::MAX)),
        };
        Some(Duration::from_millis(wait.min(self.max_ms.unwrap_or(u64::MAX))))
    }
}

/// The waits between tries; see [`Retry::delays`].
#[derive(Debug, Clone)]
pub struct Delays {
    retry: Retry,
    made: u32,
}

impl Iterator for Delays {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let delay = self.retry.delay_after(self.made)?;
        self.made = self.made.saturating_add(1);
        Some(delay)
    }

    /// Skips without counting through what it skips.
    fn nth(&mut self, n: usize) -> Option<Duration> {
        self.made = self.made.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
        self.next()
    }
}
