//! Finds codes by the parts of an error. It does not parse bytes.

// Some parts are used only by recognition.
#![cfg_attr(not(feature = "recognize"), allow(dead_code))]

pub(crate) mod message;

#[cfg(feature = "std")]
pub(crate) mod candidate;
#[cfg(feature = "std")]
pub(crate) mod fit;
#[cfg(feature = "std")]
pub(crate) mod known;
#[cfg(feature = "std")]
pub(crate) mod label;
#[cfg(feature = "std")]
pub(crate) mod phrases;
#[cfg(feature = "std")]
pub(crate) mod rank;
#[cfg(feature = "std")]
pub(crate) mod shape;
#[cfg(feature = "std")]
pub(crate) mod surroundings;
#[cfg(feature = "std")]
pub(crate) mod typed;
#[cfg(feature = "std")]
pub(crate) mod words;
