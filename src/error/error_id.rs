//! Generates error ids.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

/// Returns a new error id: the time in milliseconds and 64 random bits, as hexadecimal digits.
pub(crate) fn fresh() -> String {
    // With a clock before 1970, ids are unsorted but still unique.
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    // Every `RandomState` has new keys, and the hash of an empty input depends only on them.
    let random = RandomState::new().build_hasher().finish();
    format!("{time:012x}-{random:016x}")
}
