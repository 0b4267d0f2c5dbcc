use std::fmt;
use std::time::{Duration, SystemTime};

/// Prints a time in UTC with milliseconds: `2025-01-15T14:23:45.123Z`. A time before 1970 or after the year 9999 is clamped.
pub(crate) struct Timestamp(pub(crate) SystemTime);

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // 9999-12-31T23:59:59.999Z
        let last = SystemTime::UNIX_EPOCH + Duration::from_millis(253_402_300_799_999);
        humantime::format_rfc3339_millis(self.0.clamp(SystemTime::UNIX_EPOCH, last)).fmt(f)
    }
}
