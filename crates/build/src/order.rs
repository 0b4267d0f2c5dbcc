//! The order of a registry in the generated source.

use mcp_error_codes_core::{Claim, Kind, Record, System};

use crate::library::Library;
use crate::problem::Place;
use crate::read::extension::Extension;
use crate::read::registry::{Entry, Registry};
use crate::read::value::leak;
use crate::scope::SPECIFICATION;

/// A valid registry: its systems, and its records in the order of their positions.
#[derive(Debug)]
pub(crate) struct Ordered<'a> {
    pub(crate) systems: Vec<&'static System>,
    pub(crate) entries: Vec<Entry<'a>>,
    /// The library's record of each extended code and the additions to it, sorted by system and code.
    pub(crate) extensions: Vec<(&'a Record, Extension<'a>)>,
    /// The positions of the preferred codes, sorted by kind.
    pub(crate) preferred: Vec<(Kind, u16)>,
    pub(crate) claims: Vec<Claim>,
}

/// Sorts the records by their texts and gives them their positions.
pub(crate) fn ordered<'a>(registry: Registry<'a>, library: &'a Library, name: &str) -> Ordered<'a> {
    let systems = registry.systems.iter().map(|file| file.system).collect();
    let mut entries: Vec<Entry<'a>> = registry.systems.into_iter().flat_map(|file| file.entries).collect();
    entries.sort_by_key(|entry| (entry.record.code, entry.record.system.name));
    let name = leak(name);
    entries.iter_mut().for_each(|entry| entry.record.__set_registry(name));
    number(&mut entries, library);
    let resolve = |mut extension: Extension<'a>| {
        let record = library.record(extension.code)?;
        extension.path = library.origin(record.system.name).map(|origin| origin.path.clone());
        Some((record, extension))
    };
    let mut extensions: Vec<_> = registry.extensions.into_iter().filter_map(resolve).collect();
    extensions.sort_by_key(|(record, _)| (record.system.name, record.code));
    let preferred = preferred(&registry.preferred, &entries);
    let claims = registry.claims.into_iter().map(|(claim, _)| claim).collect();
    Ordered { systems, entries, extensions, preferred, claims }
}

/// Returns the positions of the codes that their records or `[preferred]` declare as preferred.
fn preferred(named: &[(Kind, &'static str, Place)], entries: &[Entry<'_>]) -> Vec<(Kind, u16)> {
    let own = entries.iter().map(|entry| &entry.record).filter(|record| record.preferred);
    let own = own.map(|record| (record.kind, record.__index()));
    let named = named.iter().filter_map(|(kind, code, _)| {
        let record = entries.iter().map(|entry| &entry.record).find(|record| is_named(record, code))?;
        Some((*kind, record.__index()))
    });
    let mut preferred: Vec<_> = own.chain(named).collect();
    preferred.sort_unstable();
    preferred
}

/// Returns whether a text is the code of a record, alone or as `system:code`.
pub(crate) fn is_named(record: &Record, code: &str) -> bool {
    record.code == code || record.full_name() == *code
}

/// Sets the positions of the records, and marks those whose text alone means another system's code. If another registry has the
/// same text, the text means that registry's code outside this one. Inside, a plain word means this registry's code.
fn number(entries: &mut [Entry<'_>], library: &Library) {
    let mut position = 0u16;
    for same in entries.chunk_by_mut(|a, b| a.record.code == b.record.code) {
        let preferred = (0..same.len()).min_by_key(|at| rank(&same[*at].record));
        let is_taken = same.first().is_some_and(|entry| library.means(entry.record.code));
        for (at, entry) in same.iter_mut().enumerate() {
            let is_first = preferred == Some(at);
            entry.has_bare_text = is_first && (!is_taken || entry.record.is_word());
            entry.record.__renumber(position, is_taken || !is_first);
            position = position.saturating_add(1);
        }
    }
}

/// Ranks the records that share a text: the specification's active code, then other active codes, then the rest.
pub(crate) fn rank(record: &Record) -> u8 {
    match (record.is_deprecated(), record.system.name == SPECIFICATION) {
        (false, true) => 0,
        (false, false) => 1,
        (true, _) => 2,
    }
}
