use once_cell::sync::OnceCell;
use thiserror::Error;

use crate::{REGISTRY, Registry};

/// The registries that were installed. It is set once, and is the only global state of the crate.
static INSTALLED: OnceCell<Vec<&'static Registry>> = OnceCell::new();

/// Makes registries of your own known to `find`, `by_number` and `decode`, for the whole process.
///
/// The list is kept for good. The same list may be installed again, which does nothing.
///
/// # Errors
/// [`InstallError`] where another list was installed before, or where a code, or a number that is valid in the same
/// protocol version, belongs to two registries that do not say that they share it. Nothing is installed then.
///
/// ```
/// use mcp_error_codes::{InstallError, REGISTRY, install};
///
/// assert!(install(&[]).is_ok());
/// assert!(install(&[]).is_ok());
/// assert!(matches!(install(&[&REGISTRY]), Err(InstallError::OtherList { .. })));
/// ```
pub fn install(registries: &[&'static Registry]) -> Result<(), InstallError> {
    let known: Vec<&'static Registry> = std::iter::once(&REGISTRY).chain(registries.iter().copied()).collect();
    let installed = match INSTALLED.get() {
        Some(installed) => installed,
        None => {
            check(&known)?;
            INSTALLED.get_or_init(|| registries.to_vec())
        }
    };
    let is_same = |a: &&'static Registry, b: &&'static Registry| std::ptr::eq(*a, *b);
    match installed.len() == registries.len() && installed.iter().zip(registries).all(|(a, b)| is_same(a, b)) {
        true => Ok(()),
        false => Err(InstallError::OtherList { installed: names(installed), wanted: names(registries) }),
    }
}

/// This crate's registry, then the installed ones.
pub(crate) fn registries() -> impl Iterator<Item = &'static Registry> + Clone {
    let installed: &'static [&'static Registry] = INSTALLED.get().map_or(&[], Vec::as_slice);
    std::iter::once(&REGISTRY).chain(installed.iter().copied())
}

fn names(registries: &[&'static Registry]) -> Vec<&'static str> {
    registries.iter().map(|registry| registry.name()).collect()
}

/// Finds the first code or number that two registries hold.
fn check(registries: &[&'static Registry]) -> Result<(), InstallError> {
    for (at, registry) in registries.iter().enumerate() {
        for earlier in &registries[..at] {
            let full_name = |record: &crate::Record| format!("{}:{}", record.system.name, record.code);
            for record in registry.records() {
                let shares = |other: &crate::Record| record.shares_with.contains(&full_name(other).as_str());
                if let Some(other) = earlier.lookup(record.code).filter(|other| !shares(other)) {
                    return Err(InstallError::Clash {
                        what: format!("code {:?}", record.code),
                        first: format!("{} ({})", full_name(other), earlier.name()),
                        second: format!("{} ({})", full_name(record), registry.name()),
                    });
                }
                for own in record.json_rpc {
                    let overlaps = |other: &&'static crate::Record| {
                        other.json_rpc.iter().any(|claim| claim.number == own.number && claim.overlaps(*own))
                    };
                    let mut claims = earlier.by_number(own.number.into()).filter(overlaps);
                    if let Some(other) = claims.find(|other| !shares(other)) {
                        return Err(InstallError::Clash {
                            what: format!("number {}", own.number),
                            first: format!("{} ({})", full_name(other), earlier.name()),
                            second: format!("{} ({})", full_name(record), registry.name()),
                        });
                    }
                }
            }
        }
    }
    Ok(())
}

/// Why registries were not installed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum InstallError {
    /// Another list was installed before.
    #[error("the registries {installed:?} are installed already; {wanted:?} cannot take their place")]
    OtherList {
        /// The registries that are installed.
        installed: Vec<&'static str>,
        /// The registries that were to be installed.
        wanted: Vec<&'static str>,
    },
    /// A code or a number belongs to two registries.
    #[error("{what} belongs to {first} and to {second}")]
    Clash {
        /// The code or the number.
        what: String,
        /// The record that holds it, with its registry.
        first: String,
        /// The other record that holds it, with its registry.
        second: String,
    },
}
