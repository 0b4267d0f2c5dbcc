//! The errors of many logs in one SQLite file. It contains what the logs say; what the registry says of a code is joined when a
//! question is asked.

pub(crate) mod database;
mod fingerprint;
pub(crate) mod intake;
mod pairs;
mod put;
pub(crate) mod requests;
pub(crate) mod row;
pub(crate) mod schema;
pub(crate) mod search;
pub(crate) mod source;
