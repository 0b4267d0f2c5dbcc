use std::time::Duration;

use mcp_error_codes_core::{Retry, RetryClass};

use crate::McpError;

impl McpError {
    /// Returns the retry advice. Where a wait was set and the record's class is against waiting, the class is
    /// `retry-after-delay`.
    #[must_use]
    pub fn retry(&self) -> Retry {
        let retry = self.record().retry;
        match self.own_retry_after() {
            Some(_) if !retry.is_worthwhile() => Retry::new(RetryClass::RetryAfterDelay),
            _ => retry,
        }
    }

    /// Returns how long to wait before the next try: the wait that was set, else the first of the record's schedule.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.own_retry_after().or_else(|| self.record().retry.initial_ms.map(Duration::from_millis))
    }

    /// Returns the waits between tries, one after another: those of the record's schedule, none of them shorter than a wait that was
    /// set. Where there is no schedule, a wait that was set is the only one.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mcp_error_codes::{McpError, filesystem, hyper_bun};
    ///
    /// let unavailable = McpError::new(hyper_bun::SERVER_UNAVAILABLE);
    /// let seconds: Vec<u64> = unavailable.retry_delays().map(|wait| wait.as_secs()).collect();
    /// assert_eq!(seconds, [1, 2]);
    ///
    /// let told = unavailable.with_retry_after(Duration::from_secs(5));
    /// assert_eq!(told.retry_delays().next(), Some(Duration::from_secs(5)));
    ///
    /// assert_eq!(McpError::new(filesystem::SYMLINK_ESCAPE).retry_delays().count(), 0);
    /// ```
    pub fn retry_delays(&self) -> impl Iterator<Item = Duration> + use<> {
        let own = self.own_retry_after();
        let rest = self.record().retry.delays().skip(usize::from(own.is_some()));
        own.into_iter().chain(rest.map(move |wait| own.map_or(wait, |own| wait.max(own))))
    }

    /// Returns how long to wait after this many tries of a request have failed, the last of them with this error; none where
    /// another try is not advised. 0 tries count as 1.
    ///
    /// It is for a loop, in which each try has an error of its own: a wait that was set wins over the record's schedule, whose
    /// number of tries holds all the same. Where there is no such number, the server alone ends the loop, so let the caller
    /// end it too.
    ///
    /// ```
    /// use std::time::Duration;
    /// use mcp_error_codes::{McpError, filesystem, hyper_bun};
    ///
    /// let unavailable = McpError::new(hyper_bun::SERVER_UNAVAILABLE);
    /// assert_eq!(unavailable.retry_after_tries(2), Some(Duration::from_secs(2)));
    /// assert_eq!(unavailable.retry_after_tries(3), None);
    ///
    /// let told = unavailable.with_retry_after(Duration::from_millis(50));
    /// assert_eq!(told.retry_after_tries(2), Some(Duration::from_millis(50)));
    /// assert_eq!(told.retry_after_tries(3), None);
    ///
    /// assert_eq!(McpError::new(filesystem::SYMLINK_ESCAPE).retry_after_tries(1), None);
    /// ```
    #[must_use]
    pub fn retry_after_tries(&self, tries: u32) -> Option<Duration> {
        let retry = self.record().retry;
        match self.own_retry_after() {
            Some(own) => retry.attempts.is_none_or(|attempts| tries < attempts).then_some(own),
            None => retry.delays().nth(usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX)),
        }
    }
}
