//! Finds codes by the parts of an error. It does not parse bytes.

pub(crate) mod message;
