//! Codes and what the registry says of them. It works without `std`.

pub(crate) mod builtin;
pub(crate) mod code;
#[cfg(feature = "std")]
pub(crate) mod export;
pub(crate) mod extension;
pub(crate) mod find;
#[cfg(feature = "std")]
pub(crate) mod install;
pub(crate) mod number;
pub(crate) mod registry;
