//! The settings in effect.

use std::sync::{Mutex, PoisonError};

use once_cell::sync::OnceCell;

#[cfg(feature = "testing")]
use super::scope;
use crate::redact::{DEFAULT, Redactor};
use crate::setup::choices::Choices;
use crate::setup::error::SetupError;
use crate::setup::settings::Settings;
use crate::{Kind, Record, Registry};

/// The settings of the process: the only global state of the crate.
static SET: OnceCell<Settings> = OnceCell::new();

/// Only tests replace the settings of the process.
#[cfg(not(feature = "testing"))]
mod scope {
    #[inline]
    pub(super) const fn current() -> Option<&'static crate::setup::settings::Settings> {
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

/// Locked while the settings of the process change.
static CHANGE: Mutex<()> = Mutex::new(());

/// Sets the settings of the process, or adds to them. Settings for a closure stay as they are.
#[inline]
pub(super) fn set(choices: Choices) -> Result<(), SetupError> {
    let _change = CHANGE.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(settings) = current() else {
        let settings = Settings::new(choices)?;
        // Nothing else sets it while the lock is held.
        SET.get_or_init(|| settings);
        return Ok(());
    };
    let (merged, mut clashes) = settings.choices.merged(&choices);
    if scope::current().is_some() {
        clashes.extend(settings.choices.lacks(&merged));
    }
    if clashes.is_empty() && settings.choices.has(&merged) {
        return Ok(());
    }
    match Settings::new(merged) {
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

/// Returns the redactor for the strings and values of errors.
#[inline]
pub(crate) fn redactor() -> &'static Redactor {
    current().map_or(&DEFAULT, |settings| &settings.redactor)
}

/// Returns the registries that were added.
#[inline]
pub(crate) fn registries() -> &'static [&'static Registry] {
    current().map_or(&[], |settings| &settings.choices.registries)
}

/// Returns the code that the program uses for a kind: the one that it has set, else the one that its registries
/// prefer.
#[inline]
pub(crate) fn preferred(kind: Kind) -> Option<&'static Record> {
    *current()?.preferred.get(kind as usize)?
}

/// Returns where the catalogue with a record is served, or `None` if neither the program nor the record's system
/// defines it.
#[inline]
pub(crate) fn docs_base(record: &Record) -> Option<&'static str> {
    current().and_then(|settings| settings.choices.docs_base.as_deref()).or(record.system.docs_base)
}

/// Returns the extended record, or the record itself if no registry extends it.
#[inline]
pub(crate) fn extended(record: &'static Record) -> &'static Record {
    current().map_or(record, |settings| settings.extended(record))
}
