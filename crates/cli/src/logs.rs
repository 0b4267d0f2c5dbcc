//! Logs as they are on disk: which files, how they are compressed, where an entry begins, and which errors it reports.

pub(crate) mod entries;
pub(crate) mod files;
pub(crate) mod known_code;
pub(crate) mod log;
pub(crate) mod logfmt;
pub(crate) mod members;
pub(crate) mod occurrence;
pub(crate) mod place;
pub(crate) mod time;
