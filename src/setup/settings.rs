//! Checked settings, and the records that registries extend.

use mcp_error_codes_core::{JsonText, bare_json};
use once_cell::sync::OnceCell;

use crate::codes::builtin::brief;
use crate::codes::code::is_same_code;
use crate::redact::{DEFAULT, Redactor};
use crate::setup::choices::Choices;
use crate::setup::clash::clashes;
use crate::setup::error::{Clash, SetupError};
use crate::{Extension, Kind, Record};

/// Settings in effect.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) choices: Choices,
    pub(super) redactor: Redactor,
    /// The extended records, each at the index of the record that it extends. Records of several registries may have the same index.
    extended: Vec<Vec<Record>>,
    /// The codes that the program uses, each at the index of its kind.
    pub(super) preferred: Vec<Option<&'static Record>>,
    /// The settings that replace these. They contain these and more.
    pub(super) next: OnceCell<Box<Settings>>,
}

impl Settings {
    /// Checks the chosen settings, and creates the lookup tables.
    #[inline]
    pub(super) fn new(choices: Choices) -> Result<Self, SetupError> {
        let mut clashes = clashes(&choices.registries);
        let of_registries = |kind| choices.registries.iter().find_map(|registry| registry.preferred(kind));
        let preferred = |kind: &Kind| choices.preferred.get(kind).copied().or_else(|| of_registries(*kind));
        let preferred: Vec<_> = Kind::ALL.iter().map(preferred).collect();
        // Errors with such a code are sent with the preferred code of their kind.
        let not_sent = |(kind, record): (&Kind, &Option<&'static Record>)| {
            let record = record.filter(|record| !record.is_sent())?;
            Some(Clash::NotSent { kind: *kind, code: record.full_name().to_string() })
        };
        clashes.extend(Kind::ALL.iter().zip(&preferred).filter_map(not_sent));
        if !clashes.is_empty() {
            return Err(SetupError { clashes });
        }
        let mut extended = Vec::new();
        for extension in choices.registries.iter().flat_map(|registry| registry.extensions()) {
            let at = usize::from(extension.record.__index());
            extended.resize_with(extended.len().max(at + 1), Vec::new);
            extended[at].push(extend(extension));
        }
        let redactor = choices.redactor.clone().unwrap_or_else(|| DEFAULT.clone());
        Ok(Self { choices, redactor, extended, preferred, next: OnceCell::new() })
    }

    /// Returns the extended record, or the record itself if no registry extends it.
    #[inline]
    pub(super) fn extended(&'static self, record: &'static Record) -> &'static Record {
        let mut at_index = self.extended.get(usize::from(record.__index())).into_iter().flatten();
        at_index.find(|extended| is_same_code(extended, record)).unwrap_or(record)
    }
}

/// Creates the extended record. Its lists are never freed.
#[inline]
fn extend(extension: &Extension) -> Record {
    let record = extension.record;
    let mut extended = record.clone();
    extended.aliases = [record.aliases, extension.aliases].concat().leak();
    extended.resolution = [extension.resolution, record.resolution].concat().leak();
    extended.related = [extension.related, record.related].concat().leak();
    let mut json = brief(record).__json().copied();
    if let Some(hint) = extension.hint {
        extended.hint = hint;
        let (text, places) = bare_json(&extended);
        json = json.map(|_| JsonText::__new(text.leak(), places));
    }
    extended.__extend(record, json);
    extended
}
