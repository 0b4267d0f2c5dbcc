//! Settings that were checked, and the records that registries extend.

use mcp_error_codes_core::JsonText;
use once_cell::sync::OnceCell;

use super::Setup;
use crate::codes::builtin::brief;
use crate::codes::code::is_same_code;
use crate::redact::{DEFAULT, Redactor};
use crate::{Extension, Kind, Record};

/// Settings in effect.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) setup: Setup,
    pub(super) redactor: Redactor,
    /// The extended records, each at the index of the record that it extends. Records of several registries may have the same index.
    extended: Vec<Vec<Record>>,
    /// The codes with which the program speaks, each at the index of its kind.
    pub(super) preferred: Vec<Option<&'static Record>>,
    /// The settings that replace these, which are the same and more.
    pub(super) next: OnceCell<Box<Settings>>,
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

    /// Returns a record as a registry has extended it, else the record.
    #[inline]
    pub(super) fn extended(&'static self, record: &'static Record) -> &'static Record {
        let mut at_index = self.extended.get(usize::from(record.__index())).into_iter().flatten();
        at_index.find(|extended| is_same_code(extended, record)).unwrap_or(record)
    }
}

/// Creates the extended record. Its lists are never freed.
fn extend(extension: &Extension) -> Record {
    let record = extension.record;
    let mut extended = record.clone();
    extended.aliases = [record.aliases, extension.aliases].concat().leak();
    extended.resolution = [extension.resolution, record.resolution].concat().leak();
    extended.related = [extension.related, record.related].concat().leak();
    let mut json = brief(record).__json().copied();
    if let Some(hint) = extension.hint {
        extended.hint = hint;
        let (text, places) = JsonText::write(&extended);
        json = json.map(|_| JsonText::__new(text.leak(), places));
    }
    extended.__extend(record, json);
    extended
}
