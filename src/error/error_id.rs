//! New error ids.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

/// Returns a new error id: the time in milliseconds and 64 random bits, as hexadecimal digits.
pub(crate) fn fresh() -> String {
    // A clock before 1970 costs only the order of the ids.
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    // The standard library gives every `RandomState` new keys, and its hash of no bytes depends on the keys alone.
    let random = RandomState::new().build_hasher().finish();
    format!("{time:012x}-{random:016x}")
}
