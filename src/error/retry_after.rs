//! The value of a `Retry-After` header (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};

/// Reads whole seconds or an HTTP date. A date in the past is a wait of zero.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    let text = text.trim();
    // `parse` accepts a sign, and the header does not.
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(Duration::from_secs);
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}
