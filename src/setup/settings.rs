//! The settings in effect, and the records that registries extend.

use std::sync::{Mutex, PoisonError};

use mcp_error_codes_core::JsonText;
use once_cell::sync::OnceCell;

#[cfg(feature = "testing")]
use super::scope;
use super::{Setup, SetupError};
use crate::codes::code::is_same_code;
use crate::redact::{DEFAULT, Redactor};
use crate::{Extension, Kind, Record, Registry};

/// The settings of the process: the only global state of the crate.
static SET: OnceCell<Settings> = OnceCell::new();

/// Settings in effect.
#[derive(Debug)]
pub(super) struct Settings {
    setup: Setup,
    redactor: Redactor,
    /// The extended records, each at the index of the record that it extends. Records of several registries may have the same index.
    extended: Vec<Vec<Record>>,
    /// The codes with which the program speaks, each at the index of its kind.
    preferred: Vec<Option<&'static Record>>,
    /// The settings that replace these, which are the same and more.
    next: OnceCell<Box<Settings>>,
}

impl Settings {
    pub(super) fn new(setup: Setup) -> Self {
        let mut extended = Vec::new();
        for extension in setup.registries.iter().flat_map(|registry| registry.extensions()) {
            let at = usize::from(extension.record.__index());
            extended.resize_with(extended.len().max(at + 1), Vec::new);
            extended[at].push(extend(extension));
        }
        let of_registries = |kind| setup.registries.iter().find_map(|registry| registry.preferred(kind));
        let preferred = |kind: &Kind| setup.preferred.get(kind).copied().or_else(|| of_registries(*kind));
        let preferred = Kind::ALL.iter().map(preferred).collect();
        let redactor = setup.redactor.clone().unwrap_or_else(|| DEFAULT.clone());
        Self { setup, redactor, extended, preferred, next: OnceCell::new() }
    }
}

/// Only tests replace the settings of the process.
#[cfg(not(feature = "testing"))]
mod scope {
    pub(super) const fn current() -> Option<&'static super::Settings> {
        None
    }
}

#[inline]
fn current() -> Option<&'static Settings> {
    scope::current().or_else(|| {
        let mut settings = SET.get()?;
        while let Some(next) = settings.next.get() {
            settings = next;
        }
        Some(settings)
    })
}

/// Held while the settings of the process change.
static CHANGE: Mutex<()> = Mutex::new(());

/// Sets the settings of the process, or adds to them. The settings of one closure stay as they are.
pub(super) fn set(setup: Setup) -> Result<(), SetupError> {
    let _change = CHANGE.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(settings) = current() else {
        let settings = setup.settings()?;
        // Nothing else sets it while the lock is held.
        SET.get_or_init(|| settings);
        return Ok(());
    };
    let (merged, mut clashes) = settings.setup.merged(&setup);
    if scope::current().is_some() {
        clashes.extend(settings.setup.lacks(&merged));
    }
    if clashes.is_empty() && settings.setup.has(&merged) {
        return Ok(());
    }
    match merged.settings() {
        Ok(more) if clashes.is_empty() => {
            settings.next.get_or_init(|| Box::new(more));
            Ok(())
        }
        Ok(_) => Err(SetupError { clashes }),
        Err(error) => {
            clashes.extend(error.clashes);
            Err(SetupError { clashes })
        }
    }
}

/// Returns the redactor for the texts and values of errors.
#[inline]
pub(crate) fn redactor() -> &'static Redactor {
    current().map_or(&DEFAULT, |settings| &settings.redactor)
}

/// Returns the registries that were added.
#[inline]
pub(crate) fn registries() -> &'static [&'static Registry] {
    current().map_or(&[], |settings| &settings.setup.registries)
}

/// Returns the code with which the program speaks of a kind: the one that it has set, else the one that a registry of its own
/// prefers.
pub(crate) fn preferred(kind: Kind) -> Option<&'static Record> {
    *current()?.preferred.get(kind as usize)?
}

/// Returns where the catalogue with a record is served, or `None` if neither the program nor the system of the record says.
#[inline]
pub(crate) fn docs_base(record: &Record) -> Option<&'static str> {
    current().and_then(|settings| settings.setup.docs_base.as_deref()).or(record.system.docs_base)
}

/// Returns a record as a registry has extended it, else the record.
#[inline]
pub(crate) fn extended(record: &'static Record) -> &'static Record {
    let Some(settings) = current() else { return record };
    let mut at_index = settings.extended.get(usize::from(record.__index())).into_iter().flatten();
    at_index.find(|extended| is_same_code(extended, record)).unwrap_or(record)
}

/// Creates the extended record. Its lists are never freed.
fn extend(extension: &Extension) -> Record {
    let record = extension.record;
    let mut extended = record.clone();
    extended.aliases = [record.aliases, extension.aliases].concat().leak();
    extended.resolution = [extension.resolution, record.resolution].concat().leak();
    extended.related = [extension.related, record.related].concat().leak();
    let mut json = record.__json().copied();
    if let Some(hint) = extension.hint {
        extended.hint = hint;
        let (text, places) = JsonText::write(&extended);
        json = json.map(|_| JsonText::__new(text.leak(), places));
    }
    extended.__extend(record, json);
    extended
}
