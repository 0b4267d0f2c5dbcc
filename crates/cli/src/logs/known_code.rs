use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use mcp_error_codes::Record;

/// The record of a code, compared by its system and its code.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KnownCode(pub(crate) &'static Record);

impl KnownCode {
    fn key(&self) -> (&'static str, &'static str) {
        (self.0.system.name, self.0.code)
    }
}

impl PartialEq for KnownCode {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0) || self.key() == other.key()
    }
}

impl Eq for KnownCode {}

impl Hash for KnownCode {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl PartialOrd for KnownCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for KnownCode {
    fn cmp(&self, other: &Self) -> Ordering {
        if std::ptr::eq(self.0, other.0) { Ordering::Equal } else { self.key().cmp(&other.key()) }
    }
}
