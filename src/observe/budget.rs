//! Checks inside a request whether the error budget of an endpoint is spent.

#[doc(hidden)]
pub mod window;

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use self::window::{Table, Tick};
use crate::{McpError, Record, RegistryCode};

/// The share of an endpoint's requests that may fail with a code, over a sliding window.
///
/// Record the outcome of every request. Before the next one, ask whether the budget is spent, and if it is, use a
/// fallback. While requests go to the fallback, the window moves on, until the endpoint is tried again.
///
/// Recording and checking never lock, wait or allocate. A budget has room for a fixed number of endpoints; requests to
/// all others are counted together, so names that a peer invents use no memory. Share one budget between threads, in a
/// `static`, an `Arc` or the state of a server.
///
/// By default, as in the Hyper-Bun reference, a budget is spent when more than 0.5 % of the requests fail. The window
/// is 5 minutes, and there is room for 64 endpoints.
///
/// ```
/// use mcp_error_codes::observe::ErrorBudget;
/// use mcp_error_codes::{McpError, hyper_bun};
///
/// fn search(budget: &ErrorBudget, query: &str) -> Result<String, McpError> {
///     if budget.is_spent("search") {
///         return Ok(format!("from the cache: {query}"));
///     }
///     let outcome = ask_upstream(query);
///     budget.record("search", &outcome);
///     outcome
/// }
/// # fn ask_upstream(_: &str) -> Result<String, McpError> {
/// #     Err(McpError::new(hyper_bun::TOOL_EXECUTION_FAILED))
/// # }
///
/// let budget = ErrorBudget::new(hyper_bun::TOOL_EXECUTION_FAILED).min_requests(2);
/// assert!(search(&budget, "a").is_err());
/// assert!(search(&budget, "b").is_err());
/// assert_eq!(search(&budget, "c")?, "from the cache: c");
/// # Ok::<(), McpError>(())
/// ```
pub struct ErrorBudget {
    record: &'static Record,
    share: f64,
    min_requests: u64,
    bucket: Duration,
    start: Instant,
    /// Randomly keyed, so that a peer cannot choose names that collide.
    hasher: RandomState,
    table: Table<AtomicU64, BUCKETS>,
}

/// The window moves in steps of a tenth of its length.
const BUCKETS: usize = 10;

/// How many requests an endpoint had within the window, and how many of them failed with the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct BudgetUsage {
    /// All requests.
    pub requests: u64,
    /// Those that failed with the code of the budget.
    pub errors: u64,
}

impl BudgetUsage {
    /// Returns the share of the requests that failed; 0 if there were none.
    #[must_use]
    pub fn error_rate(&self) -> f64 {
        // Counts are far below 2^52.
        if self.requests == 0 { 0.0 } else { self.errors as f64 / self.requests as f64 }
    }
}

impl ErrorBudget {
    /// Creates the budget of a code. Errors of the codes that it supersedes count too.
    #[must_use]
    pub fn new(code: impl RegistryCode) -> Self {
        Self {
            record: code.__brief(),
            share: 0.005,
            min_requests: 1,
            bucket: Duration::from_secs(300) / BUCKETS as u32,
            start: Instant::now(),
            hasher: RandomState::new(),
            table: Table::new(64),
        }
    }

    /// Sets the share of requests that may fail: `0.005` for 0.5 %. Values are clamped to the range from 0 to 1; NaN
    /// counts as 0.
    #[must_use]
    pub fn share(mut self, share: f64) -> Self {
        self.share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        self
    }

    /// Sets the length of the window, at least 10 milliseconds.
    #[must_use]
    pub fn window(mut self, window: Duration) -> Self {
        self.bucket = (window / BUCKETS as u32).max(Duration::from_millis(1));
        self
    }

    /// Sets how many requests an endpoint needs within the window before its budget can be spent. With fewer, one failure can be a
    /// large share.
    #[must_use]
    pub const fn min_requests(mut self, requests: u64) -> Self {
        self.min_requests = requests;
        self
    }

    /// Sets how many endpoints are counted separately. Earlier records are discarded.
    #[must_use]
    pub fn max_endpoints(mut self, endpoints: usize) -> Self {
        self.table = Table::new(endpoints);
        self
    }

    /// Counts a request to an endpoint, and its failure if it failed with the code of the budget.
    pub fn record<T>(&self, endpoint: &str, outcome: &Result<T, McpError>) {
        let failed = outcome.as_ref().is_err_and(|error| self.counts(error.brief()));
        self.table.slot(self.hasher.hash_one(endpoint)).add(self.tick(), failed);
    }

    /// Returns whether the budget of an endpoint is spent: too large a share of its requests within the window failed
    /// with the code.
    #[must_use]
    pub fn is_spent(&self, endpoint: &str) -> bool {
        let usage = self.usage(endpoint);
        usage.requests >= self.min_requests && usage.error_rate() > self.share
    }

    /// Returns what was recorded for an endpoint within the window.
    #[must_use]
    pub fn usage(&self, endpoint: &str) -> BudgetUsage {
        let counts = self.table.find(self.hasher.hash_one(endpoint)).map(|slot| slot.count(self.tick()));
        let (requests, errors) = counts.unwrap_or_default();
        BudgetUsage { requests, errors }
    }

    fn counts(&self, record: &'static Record) -> bool {
        let own = self.record;
        record.system.name == own.system.name && (record.code == own.code || record.superseded_by == Some(own.code))
    }

    fn tick(&self) -> Tick {
        // A `u64` of ticks does not overflow in practice.
        (self.start.elapsed().as_nanos() / self.bucket.as_nanos()) as Tick
    }
}

/// Prints the settings.
impl fmt::Debug for ErrorBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorBudget")
            .field("code", &self.record.code)
            .field("share", &self.share)
            .field("window", &(self.bucket * BUCKETS as u32))
            .field("min_requests", &self.min_requests)
            .finish_non_exhaustive()
    }
}
