//! The input of a check: a registry as it was read, and the library's keys.

use std::collections::BTreeMap;

use mcp_error_codes_core::{__spelling, Record, System};

use crate::library::Library;
use crate::problem::{Collector, Place};
use crate::read::registry::{Entry, Registry, SystemFile};

/// The system that may use the numbers that JSON-RPC and MCP reserve.
pub(crate) const SPECIFICATION: &str = "mcp";

/// A check: a rule that a registry must follow.
///
/// Texts that are empty because of a mistake have been reported already; checks skip them.
#[derive(Debug)]
pub(crate) struct Check {
    /// The id, which ends every message of the check: `duplicate-code`.
    pub(crate) id: &'static str,
    /// Reports the mistakes.
    pub(crate) run: fn(&Scope<'_, '_>, &mut Report<'_>),
}

/// Collects the mistakes that one check finds.
#[derive(Debug)]
pub(crate) struct Report<'p> {
    check: &'static str,
    problems: &'p mut Collector,
}

impl<'p> Report<'p> {
    pub(crate) fn new(check: &'static str, problems: &'p mut Collector) -> Self {
        Self { check, problems }
    }

    /// Reports a mistake.
    pub(crate) fn at(&mut self, place: Place, message: impl Into<String>) {
        self.problems.report(place, self.check, message);
    }

    /// Reports a warning.
    pub(crate) fn warn_at(&mut self, place: Place, message: impl Into<String>) {
        self.problems.warn(place, self.check, message);
    }

    /// Prints a place for a message.
    pub(crate) fn name(&self, place: Place) -> String {
        self.problems.name(place)
    }

    /// Reports the second place if two places have the same key.
    pub(crate) fn twice<K: Ord>(
        &mut self,
        seen: &mut BTreeMap<K, Place>,
        key: K,
        place: Place,
        what: impl FnOnce() -> String,
    ) {
        match seen.get(&key) {
            Some(first) => {
                let first = self.name(*first);
                self.at(place, format!("{}; first at {first}", what()));
            }
            None => {
                seen.insert(key, place);
            }
        }
    }
}

/// A registry, and everything that its entries may refer to.
#[derive(Debug)]
pub(crate) struct Scope<'r, 'a> {
    pub(crate) registry: &'r Registry<'a>,
    /// The library's registry, and other known registries.
    pub(crate) library: &'r Library,
    /// Whether it is the library's own registry, which follows its documents.
    pub(crate) is_builtin: bool,
    /// Every record that a link may refer to, by full name.
    known: BTreeMap<String, &'r Record>,
}

impl<'r, 'a> Scope<'r, 'a> {
    pub(crate) fn new(registry: &'r Registry<'a>, library: &'r Library, is_builtin: bool) -> Self {
        let own = registry.systems.iter().flat_map(|file| &file.entries).map(|entry| &entry.record);
        let known = library.records.iter().chain(own).map(|record| (record.full_name().to_string(), record)).collect();
        Self { registry, library, is_builtin, known }
    }

    /// Returns the systems of the registry, each with its file.
    pub(crate) fn systems(&self) -> &'r [SystemFile<'a>] {
        &self.registry.systems
    }

    /// Returns every entry of the registry.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &'r Entry<'a>> + Clone + use<'r, 'a> {
        self.registry.systems.iter().flat_map(|file| &file.entries)
    }

    /// Returns the entries that are not former names.
    pub(crate) fn full_entries(&self) -> impl Iterator<Item = &'r Entry<'a>> + Clone + use<'r, 'a> {
        self.entries().filter(|entry| !entry.is_former_name)
    }

    /// Returns the entries of systems that the library does not have. A whole system that clashes with the library is reported once.
    pub(crate) fn own_entries(&self) -> impl Iterator<Item = &'r Entry<'a>> {
        let is_own = |entry: &&Entry<'_>| !entry.record.system.name.is_empty() && self.library_system(entry).is_none();
        self.entries().filter(is_own)
    }

    /// Returns the full name of the code that a link refers to. The link is relative to a system: `FS-001` or `filesystem:FS-001`.
    /// A code of the system may contain a colon itself.
    pub(crate) fn link_target(&self, system: &System, link: &str) -> String {
        let own = format!("{}:{link}", system.name);
        if link.contains(':') && !self.known.contains_key(&own) { link.to_owned() } else { own }
    }

    /// Returns every record that a link may refer to.
    pub(crate) fn records(&self) -> impl Iterator<Item = &'r Record> {
        self.known.values().copied()
    }

    /// Returns whether a system has such a name, in the registry or in a known one.
    pub(crate) fn has_system(&self, is_name: impl Fn(&str) -> bool) -> bool {
        let own = self.systems().iter().map(|file| file.system);
        own.chain(self.library.systems.iter().copied()).any(|system| is_name(system.name))
    }

    /// Finds a record of the registry or of the library by its full name.
    pub(crate) fn record(&self, full_name: &str) -> Option<&'r Record> {
        self.known.get(full_name).copied()
    }

    /// Returns whether a record has this full name, or may have it but was not read because of a mistake.
    pub(crate) fn may_exist(&self, full_name: &str) -> bool {
        let system = full_name.split_once(':').map_or("", |(system, _)| system);
        self.known.contains_key(full_name) || !self.is_whole() && !self.knows_all_of(system)
    }

    /// Returns what was probably meant by a link that leads nowhere, or the remedy if no known registry has its system, for the end of a
    /// message.
    pub(crate) fn remedy_of(&self, link: &str) -> String {
        if let Some(record) = self.meant_by(link) {
            return format!("; did you mean \"{}\"?", record.full_name());
        }
        match link.split_once(':').filter(|(system, _)| self.is_whole() && !self.knows_system(system)) {
            Some((system, _)) => format!(
                "; name the registry of the system {system:?} with Generator::knows, or for the command with --knows or --registry"
            ),
            None => String::new(),
        }
    }

    /// Finds the code that a link names by its constant, in another spelling or without its system: a code of the link's system, or else
    /// the only code with this text.
    fn meant_by(&self, link: &str) -> Option<&'r Record> {
        let (system, text) = link.split_once(':').unwrap_or(("", link));
        let has_text = |record: &&Record| [record.code, record.name].iter().any(|own| is_spelt(own, text));
        let mut in_system = self.records().filter(|record| is_spelt(record.system.name, system));
        in_system.find(has_text).or_else(|| {
            let is_of_system = self.knows_system(system);
            let has_code =
                |record: &&Record| is_spelt(record.code, link) || is_of_system && is_spelt(record.code, text);
            let mut others = self.records().filter(has_code);
            others.next().filter(|_| others.next().is_none())
        })
    }

    /// Returns whether a system has this name, in any spelling.
    fn knows_system(&self, name: &str) -> bool {
        self.has_system(|own| is_spelt(own, name))
    }

    /// Returns whether codes of the registry may be missing because of a mistake.
    pub(crate) fn may_have_more_codes(&self) -> bool {
        !self.is_whole()
    }

    fn is_whole(&self) -> bool {
        self.registry.is_whole && self.systems().iter().all(SystemFile::is_whole)
    }

    /// Returns whether every code of a system is known.
    fn knows_all_of(&self, system: &str) -> bool {
        let has_name = |file: &SystemFile<'_>| file.system.name == system && file.is_whole();
        self.systems().iter().any(has_name) || self.library.system(system).is_some()
    }

    /// Returns the library's system with the same name as an entry's system. The clash is reported once, for the whole system.
    pub(crate) fn library_system(&self, entry: &Entry<'_>) -> Option<&'static System> {
        self.library.system(entry.record.system.name)
    }
}

/// Returns whether two texts differ only in case, `-` and `_`.
fn is_spelt(text: &str, other: &str) -> bool {
    __spelling(text).eq(__spelling(other))
}
