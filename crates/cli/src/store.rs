//! The errors of many logs in one SQLite file. It stores only the contents of the logs; queries join them with the registry.

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
