use core::time::Duration;

use crate::{Backoff, Retry, RetryClass};

impl Retry {
    /// Creates advice that has a class and no schedule.
    #[must_use]
    pub const fn new(class: RetryClass) -> Self {
        Self { class, backoff: None, attempts: None, initial_ms: None, max_ms: None }
    }

    /// Returns whether the same request can succeed later without a change.
    #[must_use]
    pub const fn is_worthwhile(self) -> bool {
        matches!(self.class, RetryClass::RetryNowSafe | RetryClass::RetryAfterDelay)
    }

    /// Returns the waits between attempts, in order.
    ///
    /// There is one wait fewer than `attempts`; without `attempts` the iterator never ends. Without a schedule it is empty,
    /// except for [`RetryClass::RetryNowSafe`], which gives one wait of zero.
    #[must_use]
    pub const fn delays(self) -> Delays {
        Delays { retry: self, made: 0 }
    }

    /// Returns the wait after the attempt with this number, counted from 0.
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

/// The waits between attempts; see [`Retry::delays`].
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

    /// Runs in constant time.
    fn nth(&mut self, n: usize) -> Option<Duration> {
        self.made = self.made.saturating_add(u32::try_from(n).unwrap_or(u32::MAX));
        self.next()
    }
}
