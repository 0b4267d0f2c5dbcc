//! Finds codes by the parts of an error. It does not parse bytes.

pub(crate) mod certainty;
#[cfg(feature = "std")]
pub(crate) mod fit;
#[cfg(feature = "std")]
pub(crate) mod known;
#[cfg(feature = "std")]
pub(crate) mod phrases;
#[cfg(feature = "std")]
pub(crate) mod rank;
#[cfg(feature = "std")]
pub(crate) mod shape;
pub(crate) mod message;
#[cfg(feature = "std")]
pub(crate) mod typed;
