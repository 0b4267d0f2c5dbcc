use once_cell::sync::OnceCell;
use thiserror::Error;

use crate::{Extension, REGISTRY, Record, Registry};

/// What was installed. It is set once, and is the only global state of the crate.
static INSTALLED: OnceCell<Installed> = OnceCell::new();

struct Installed {
    registries: Vec<&'static Registry>,
    /// The extended records, each at the number of the record that it extends.
    extended: Vec<Option<Box<Record>>>,
}

/// Makes registries of your own known to `find`, `by_number`, `match_message` and `decode`, and to their suggestions, for the
/// whole process.
///
/// What they say of this crate's codes in [`[[extends]]`](Extension) holds from then on: those functions give the extended
/// record, and every error that is made of the code has it, so that a peer is told the team's hint in every form. The code
/// stays the same: `is`, `code` and `from_record` know it by either record. [`Code::record`](crate::Code::record), which is
/// constant, and an error that was made before keep this crate's own.
///
/// The list is kept for good. The same list may be installed again, which does nothing. A name or an alias that two registries have
/// means the code of the earlier one; `find_all` gives both.
///
/// # Errors
/// [`InstallError`] where another list was installed before, where a code, or a number that is valid in the same
/// protocol version, belongs to two registries that do not say that they share it, with each other or with the same third
/// code, or where two registries extend the same code. Nothing is installed then.
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
            extended_once(&known)?;
            INSTALLED.get_or_init(|| Installed::new(registries))
        }
    };
    let installed = &installed.registries;
    let is_same = |a: &&'static Registry, b: &&'static Registry| std::ptr::eq(*a, *b);
    match installed.len() == registries.len() && installed.iter().zip(registries).all(|(a, b)| is_same(a, b)) {
        true => Ok(()),
        false => Err(InstallError::OtherList { installed: names(installed), wanted: names(registries) }),
    }
}

/// Returns this crate's registry, then the installed ones.
///
/// Their own records are as their files have them; [`records`] has the extended ones in their places.
///
/// ```
/// let names: Vec<_> = mcp_error_codes::registries().map(|registry| registry.name()).collect();
/// assert_eq!(names, ["mcp-error-codes"]);
/// ```
pub fn registries() -> impl Iterator<Item = &'static Registry> + Clone {
    let installed: &'static [&'static Registry] = INSTALLED.get().map_or(&[], |installed| &installed.registries);
    std::iter::once(&REGISTRY).chain(installed.iter().copied())
}

/// Returns every record of the [`registries`], those that are extended as they are now.
///
/// ```
/// use mcp_error_codes::{Code, records};
///
/// assert_eq!(records().count(), Code::all().count());
/// ```
pub fn records() -> impl Iterator<Item = &'static Record> + Clone {
    registries().flat_map(Registry::records).map(extended)
}

/// Returns what an installed registry has made of a record of this crate, else the record.
#[inline]
pub(crate) fn extended(record: &'static Record) -> &'static Record {
    let Some(installed) = INSTALLED.get() else { return record };
    match installed.extended.get(usize::from(record.__index())) {
        // A record of another registry may have the same number.
        Some(Some(extended)) if std::ptr::eq(extended.__original(), record) => extended,
        _ => record,
    }
}

impl Installed {
    fn new(registries: &[&'static Registry]) -> Self {
        let mut extended = Vec::new();
        for extension in registries.iter().flat_map(|registry| registry.extensions()) {
            let at = usize::from(extension.record.__index());
            extended.resize_with(extended.len().max(at + 1), || None);
            extended[at] = Some(Box::new(extend(extension)));
        }
        Self { registries: registries.to_vec(), extended }
    }
}

/// Makes the extended record, whose lists are kept for as long as the program runs.
fn extend(extension: &Extension) -> Record {
    let record = extension.record;
    let mut extended = record.clone();
    extended.aliases = [record.aliases, extension.aliases].concat().leak();
    extended.resolution = [extension.resolution, record.resolution].concat().leak();
    extended.related = [extension.related, record.related].concat().leak();
    let mut json = record.__json().copied();
    if let Some(hint) = extension.hint {
        extended.hint = hint;
        json = json.and_then(|json| {
            let (before, after) = json.around_hint();
            let quoted = serde_json::to_string(hint).ok()?;
            let text = [before, &quoted[1..quoted.len() - 1], after].concat();
            Some(json.__with_hint(text.leak()))
        });
    }
    extended.__extend(record, json);
    extended
}

fn names(registries: &[&'static Registry]) -> Vec<&'static str> {
    registries.iter().map(|registry| registry.name()).collect()
}

/// Finds the first code or number that two registries hold.
fn check(registries: &[&'static Registry]) -> Result<(), InstallError> {
    for (at, registry) in registries.iter().enumerate() {
        for earlier in &registries[..at] {
            for record in registry.records() {
                let names = |target: &&str| record.shares_with.contains(target);
                let shares = |other: &crate::Record| {
                    record.shares_with.iter().any(|target| other.full_name() == *target)
                        || other.shares_with.iter().any(names)
                };
                if let Some(other) = earlier.lookup(record.code).filter(|other| !shares(other)) {
                    return Err(InstallError::Clash {
                        what: format!("code {:?}", record.code),
                        first: format!("{} ({})", other.full_name(), earlier.name()),
                        second: format!("{} ({})", record.full_name(), registry.name()),
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
                            first: format!("{} ({})", other.full_name(), earlier.name()),
                            second: format!("{} ({})", record.full_name(), registry.name()),
                        });
                    }
                }
            }
        }
    }
    Ok(())
}

/// Finds the first code that two registries extend.
fn extended_once(registries: &[&'static Registry]) -> Result<(), InstallError> {
    for (at, registry) in registries.iter().enumerate() {
        for extension in registry.extensions() {
            let record = extension.record;
            let extends = |other: &&&'static Registry| {
                other.extensions().iter().any(|extension| std::ptr::eq(extension.record, record))
            };
            if let Some(first) = registries[..at].iter().find(extends) {
                return Err(InstallError::ExtendedTwice {
                    code: record.full_name().to_string(),
                    first: first.name(),
                    second: registry.name(),
                });
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
    /// Two registries extend one code.
    #[error("code {code:?} is extended by {first:?} and by {second:?}")]
    ExtendedTwice {
        /// The code, with its system.
        code: String,
        /// The registry that extends it.
        first: &'static str,
        /// The other registry that extends it.
        second: &'static str,
    },
}
