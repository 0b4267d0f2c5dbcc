//! The settings that a program chooses, and how they are combined.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::codes::code::is_same_code;
use crate::redact::Redactor;
use crate::setup::error::Clash;
use crate::{Kind, Record, Registry};

/// The settings that a program has chosen.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices {
    pub(super) registries: Vec<&'static Registry>,
    /// Each kind occurs once.
    pub(super) preferred: BTreeMap<Kind, &'static Record>,
    pub(super) redactor: Option<Redactor>,
    pub(super) docs_base: Option<Cow<'static, str>>,
}

impl Choices {
    /// Adds registries that are not in the list yet, in the order of their names.
    #[inline]
    pub(super) fn add(&mut self, registries: impl IntoIterator<Item = &'static Registry>) {
        for registry in registries {
            if !self.registries.iter().any(|known| is_same(known, registry)) {
                let place = self.registries.partition_point(|known| known.name() <= registry.name());
                self.registries.insert(place, registry);
            }
        }
    }

    /// Adds other settings to these. Returns the settings that contradict each other.
    #[inline]
    pub(super) fn merged(&self, wanted: &Self) -> (Self, Vec<Clash>) {
        let mut merged = self.clone();
        merged.add(wanted.registries.iter().copied());
        let mut clashes = Vec::new();
        for (kind, record) in &wanted.preferred {
            match self.preferred.get(kind) {
                Some(set) if !is_same_code(set, record) => {
                    let code = |record: &Record| format!("{kind} = {}", record.full_name());
                    clashes.push(Clash::Setting { setting: "preferred", set: code(set), wanted: code(record) });
                }
                Some(_) => {}
                None => {
                    merged.preferred.insert(*kind, record);
                }
            }
        }
        match (&self.redactor, &wanted.redactor) {
            (Some(set), Some(wanted)) if set != wanted => clashes.push(Clash::Setting {
                setting: "redactor",
                set: format!("{set:?}"),
                wanted: format!("{wanted:?}"),
            }),
            (None, Some(wanted)) => merged.redactor = Some(wanted.clone()),
            _ => {}
        }
        match (&self.docs_base, &wanted.docs_base) {
            (Some(set), Some(wanted)) if set != wanted => clashes.push(Clash::Setting {
                setting: "docs_base",
                set: format!("{set:?}"),
                wanted: format!("{wanted:?}"),
            }),
            (None, Some(wanted)) => merged.docs_base = Some(wanted.clone()),
            _ => {}
        }
        (merged, clashes)
    }

    /// Returns whether other settings add nothing to these.
    #[inline]
    pub(super) fn has(&self, merged: &Self) -> bool {
        self.registries.len() == merged.registries.len()
            && self.preferred.len() == merged.preferred.len()
            && self.redactor.is_some() == merged.redactor.is_some()
            && self.docs_base.is_some() == merged.docs_base.is_some()
    }

    /// Lists the settings that only the others have.
    #[inline]
    pub(super) fn lacks(&self, merged: &Self) -> Vec<Clash> {
        let names = |registries: &[&'static Registry]| {
            format!("{:?}", registries.iter().map(|registry| registry.name()).collect::<Vec<_>>())
        };
        let codes = |preferred: &BTreeMap<Kind, &'static Record>| {
            let codes = preferred.iter().map(|(kind, record)| format!("{kind} = {}", record.full_name()));
            format!("{:?}", codes.collect::<Vec<_>>())
        };
        let registries = (self.registries.len() < merged.registries.len()).then(|| Clash::Setting {
            setting: "registries",
            set: names(&self.registries),
            wanted: names(&merged.registries),
        });
        let preferred = (self.preferred.len() < merged.preferred.len()).then(|| Clash::Setting {
            setting: "preferred",
            set: codes(&self.preferred),
            wanted: codes(&merged.preferred),
        });
        let redactor = (self.redactor.is_none() && merged.redactor.is_some()).then(|| Clash::Setting {
            setting: "redactor",
            set: format!("{:?}", self.redactor),
            wanted: format!("{:?}", merged.redactor),
        });
        let docs_base = (self.docs_base.is_none() && merged.docs_base.is_some()).then(|| Clash::Setting {
            setting: "docs_base",
            set: format!("{:?}", self.docs_base),
            wanted: format!("{:?}", merged.docs_base),
        });
        registries.into_iter().chain(preferred).chain(redactor).chain(docs_base).collect()
    }
}

/// Returns whether two registries are the same. A program may contain a registry at two addresses.
#[inline]
fn is_same(one: &Registry, other: &Registry) -> bool {
    let full_names = |registry: &Registry| registry.records().iter().map(Record::full_name);
    let has_records = !one.records().is_empty();
    std::ptr::eq(one, other) || has_records && one.name() == other.name() && full_names(one).eq(full_names(other))
}
