//! The errors of many logs in one SQLite file. It stores what the logs say; queries join it with what the registry says about a
//! code.

pub(crate) mod database;
mod fingerprint;
pub(crate) mod intake;
mod pairs;
mod put;
pub(crate) mod requests;
pub(crate) mod row;
mod schema;
pub(crate) mod search;
pub(crate) mod source;
