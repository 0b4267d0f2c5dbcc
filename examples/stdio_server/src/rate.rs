use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use mcp_error_codes::{McpError, filesystem};

const MINUTE: Duration = Duration::from_secs(60);

/// Limits how many operations start within 60 seconds.
#[derive(Debug)]
pub struct RateLimit {
    most: usize,
    recent: Mutex<VecDeque<Instant>>,
}

impl RateLimit {
    /// Allows this many operations a minute.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, recent: Mutex::default() }
    }

    /// Counts one more operation.
    ///
    /// # Errors
    /// Returns `SEC-010` if the limit is reached, with the time until the oldest operation is a minute old.
    pub fn count(&self) -> Result<(), McpError> {
        let now = Instant::now();
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        while recent.front().is_some_and(|&first| now.duration_since(first) >= MINUTE) {
            recent.pop_front();
        }
        if recent.len() < self.most {
            recent.push_back(now);
            return Ok(());
        }
        // The next operation is allowed when the oldest one is 60 seconds old.
        let age = recent.front().map_or(Duration::ZERO, |&first| now.duration_since(first));
        Err(filesystem::rate_limit_exceeded()
            .with_detail("maxOperationsPerMinute", self.most)
            .with_retry_after(MINUTE.saturating_sub(age)))
    }
}
