//! From the parts of an error to the codes it may be. It reads no bytes.

pub(crate) mod message;
