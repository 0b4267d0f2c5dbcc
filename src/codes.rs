//! Codes and their records. Works without `std`.

#[cfg(feature = "std")]
pub(crate) mod brief;
pub(crate) mod builtin;
pub(crate) mod code;
pub(crate) mod dictionary;
#[cfg(feature = "std")]
pub(crate) mod export;
pub(crate) mod extension;
pub(crate) mod find;
pub(crate) mod in_system;
pub(crate) mod message;
pub(crate) mod nearest;
pub(crate) mod number;
pub(crate) mod registries;
pub(crate) mod registry;
pub(crate) mod shape;
pub(crate) mod spelling;
pub(crate) mod suggestion;
#[cfg(feature = "std")]
pub(crate) mod unknown;
pub(crate) mod whole;
