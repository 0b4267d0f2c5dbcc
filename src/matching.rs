//! Finds codes by the parts of an error. It does not parse bytes.

// Some parts are used only by recognition.
#![cfg_attr(not(feature = "recognize"), allow(dead_code))]

pub(crate) mod candidate;
pub(crate) mod fit;
pub(crate) mod known;
pub(crate) mod label;
pub(crate) mod phrases;
pub(crate) mod rank;
pub(crate) mod shape;
pub(crate) mod surroundings;
pub(crate) mod typed;
pub(crate) mod words;
