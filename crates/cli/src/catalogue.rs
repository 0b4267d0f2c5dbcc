//! The registries that the command shows: those of the team that runs it, or else this crate's.
//!
//! Every subcommand that lists, searches, exports or serves codes takes them from here. What is looked up by name, decoded or
//! recognized is looked for in this crate's registry, too.

use std::sync::OnceLock;

use mcp_error_codes::{Kind, REGISTRY, Record, Registry, System, in_system};
use serde::Serialize;

/// What the command shows, and how it calls itself.
#[derive(Debug)]
pub(crate) struct Catalogue {
    /// The registries of the team. Without any, it is this crate's.
    pub(crate) own: Vec<&'static Registry>,
    /// Whether this crate's codes are listed beside those of the team.
    pub(crate) with_builtin: bool,
    /// The name of the command.
    pub(crate) command: String,
    /// The title of the catalogue.
    pub(crate) title: String,
    /// What the footer of each page says instead of this crate's.
    pub(crate) footer: Option<String>,
    /// The address at which the catalogue is served.
    pub(crate) base: Option<String>,
}

/// The name of the command and the title of the catalogue if nobody gives others.
pub(crate) const COMMAND: &str = "mcp-errors";
pub(crate) const TITLE: &str = "MCP error codes";

impl Default for Catalogue {
    fn default() -> Self {
        let (own, command, title) = (Vec::new(), COMMAND.to_owned(), TITLE.to_owned());
        Self { own, with_builtin: false, command, title, footer: None, base: None }
    }
}

static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();

/// Sets the catalogue, once, before anything asks for it.
pub(crate) fn set(catalogue: Catalogue) {
    CATALOGUE.get_or_init(|| catalogue);
}

/// Returns the catalogue.
pub(crate) fn get() -> &'static Catalogue {
    CATALOGUE.get_or_init(Catalogue::default)
}

/// Returns the registries whose codes are listed. A team that only extends codes of this crate sees those.
pub(crate) fn registries() -> impl Iterator<Item = &'static Registry> + Clone {
    let catalogue = get();
    let has_codes = catalogue.own.iter().any(|registry| !registry.records().is_empty());
    let builtin = (!has_codes || catalogue.with_builtin).then_some(&REGISTRY);
    catalogue.own.iter().copied().chain(builtin)
}

/// Returns the systems that are listed.
pub(crate) fn systems() -> impl Iterator<Item = &'static System> + Clone {
    registries().flat_map(Registry::systems)
}

/// Returns the records that are listed, with what the registries add to them.
pub(crate) fn records() -> impl Iterator<Item = &'static Record> + Clone {
    registries().flat_map(Registry::records).map(extended)
}

fn extended(record: &'static Record) -> &'static Record {
    in_system(record.system.name).lookup(record.code).unwrap_or(record)
}

/// Returns the records of a kind, the preferred one first.
pub(crate) fn records_of(kind: Kind) -> Vec<&'static Record> {
    let mut records: Vec<_> = records().filter(|record| record.kind == kind).collect();
    records.sort_by_key(|record| !record.preferred);
    records
}

/// Finds a record that is listed, by the name of its system and its code.
pub(crate) fn lookup(system: &str, code: &str) -> Option<&'static Record> {
    let full_name = format!("{system}:{code}");
    registries().find_map(|registry| registry.lookup(&full_name)).map(extended)
}

/// Returns everything that is listed, for the export as JSON.
pub(crate) fn export() -> impl Serialize {
    #[derive(Serialize)]
    struct Export {
        systems: Vec<&'static System>,
        codes: Vec<&'static Record>,
    }
    Export { systems: systems().collect(), codes: records().collect() }
}
