//! The rate limit of the example `stdio_server`. The example `http_server` uses it as well.

mod rate;

pub use rate::RateLimit;
