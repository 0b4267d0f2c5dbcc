//! The registries that the command shows: those of the team that runs it, or this crate's.
//!
//! Every subcommand that lists, searches, exports or serves codes gets them here. Lookup by name, decoding and recognition also
//! search this crate's registry.

use std::sync::OnceLock;

use mcp_error_codes::{Kind, REGISTRY, Record, Registry, Surface, System, hyper_bun, in_system};
use serde::Serialize;

/// The registries that the command shows, and its name.
#[derive(Debug)]
pub(crate) struct Catalogue {
    /// The registries of the team. If there are none, this crate's registry is shown.
    pub(crate) own: Vec<&'static Registry>,
    /// Whether to list this crate's codes together with those of the team.
    pub(crate) with_builtin: bool,
    /// The name of the command.
    pub(crate) command: String,
    /// The title of the catalogue.
    pub(crate) title: String,
    /// The text in the footer of each page, instead of this crate's.
    pub(crate) footer: Option<String>,
    /// The address where the catalogue is served.
    pub(crate) base: Option<String>,
}

/// The default name of the command and the default title of the catalogue.
pub(crate) const COMMAND: &str = "mcp-errors";
pub(crate) const TITLE: &str = "MCP error codes";

impl Default for Catalogue {
    fn default() -> Self {
        let (own, command, title) = (Vec::new(), COMMAND.to_owned(), TITLE.to_owned());
        Self { own, with_builtin: false, command, title, footer: None, base: None }
    }
}

static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();

/// Sets the catalogue. This happens once, before anything reads it.
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

/// Returns the code that stands for the others in examples and defaults: one that a failed tool reports.
pub(crate) fn sample() -> &'static Record {
    let of_tools = [Kind::OperationFailed, Kind::Internal].into_iter().flat_map(records_of);
    let current: Vec<_> = of_tools.chain(records()).filter(|record| record.superseded_by.is_none()).collect();
    let preferred = current.iter().find(|record| record.preferred && record.kind == Kind::OperationFailed);
    let of_a_tool = || current.iter().find(|record| record.surface == Surface::Tool);
    preferred.or_else(of_a_tool).or(current.first()).copied().unwrap_or(hyper_bun::TOOL_EXECUTION_FAILED.record())
}

/// Finds a listed record by the name of its system and its code.
pub(crate) fn lookup(system: &str, code: &str) -> Option<&'static Record> {
    let full_name = format!("{system}:{code}");
    registries().find_map(|registry| registry.lookup(&full_name)).map(extended)
}

/// Returns everything that is listed, for the JSON export.
pub(crate) fn export() -> impl Serialize {
    #[derive(Serialize)]
    struct Export {
        systems: Vec<&'static System>,
        codes: Vec<&'static Record>,
    }
    Export { systems: systems().collect(), codes: records().collect() }
}
