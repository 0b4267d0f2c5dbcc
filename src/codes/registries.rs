use mcp_error_codes_core::Record;

use crate::codes::registry::Registry;
#[cfg(feature = "std")]
use crate::setup::in_effect as settings;

pub(crate) use settings::{extended, registries as own_registries};

/// Returns this crate's registry, then those that [`setup`](crate::setup()) added.
///
/// The records of a registry are those of its files. [`records`] returns them with extensions.
///
/// ```
/// let names: Vec<_> = mcp_error_codes::registries().map(|registry| registry.name()).collect();
/// assert_eq!(names, ["mcp-error-codes"]);
/// ```
pub fn registries() -> impl Iterator<Item = &'static Registry> + Clone {
    core::iter::once(&crate::REGISTRY).chain(own_registries().iter().copied())
}

/// Returns every record of the [`registries`], with the current extensions.
///
/// ```
/// use mcp_error_codes::{Code, records};
///
/// assert_eq!(records().count(), Code::all().count());
/// ```
pub fn records() -> impl Iterator<Item = &'static Record> + Clone {
    registries().flat_map(Registry::records).map(extended)
}

/// Finds the record of the code with exactly this text, or this full name, in any registry.
///
/// It reads no other table of this crate's own registry, so that a program that finds codes in no other way contains no other.
#[cfg(feature = "std")]
pub(crate) fn lookup(text: &str) -> Option<&'static Record> {
    let own = || own_registries().iter().find_map(|registry| registry.lookup(text));
    crate::Code::lookup(text).map(crate::Code::__brief).or_else(own)
}

/// Without the feature `std`, there are no settings.
#[cfg(not(feature = "std"))]
mod settings {
    use crate::{Record, Registry};

    pub(crate) const fn registries() -> &'static [&'static Registry] {
        &[]
    }

    pub(crate) const fn extended(record: &'static Record) -> &'static Record {
        record
    }
}
