//! Suggests codes with a spelling similar to an unknown string.

use alloc::vec::Vec;

use mcp_error_codes_core::Record;

use crate::Registry;
use crate::codes::dictionary::{MAX_COMPARED, MAX_DISTANCE, Search};
use crate::codes::registries::{extended, registries};
use crate::codes::spelling::Spelling;

/// The maximum number of suggested codes.
const MAX_SUGGESTIONS: usize = 3;

/// The maximum number of compared prefixes. The nearest spellings are searched first, so the limit never excludes them.
const MAX_WORK: usize = 1_000;

/// Finds the codes with the most similar spelling, by the number of letters to change, add, drop or swap, in all systems or in
/// one.
///
/// The limit bounds the work, whatever the number of codes.
#[inline]
pub(crate) fn suggestions(text: &str, system: Option<&str>) -> Vec<&'static Record> {
    let spelling = Spelling::new(text);
    let named = spelling.full_name().filter(|_| system.is_none());
    let (system_spelling, wanted) = named.map_or((None, spelling.as_bytes()), |(system, rest)| (Some(system), rest));
    if wanted.len() < 2 || wanted.len() > MAX_COMPARED {
        return Vec::new();
    }
    let is_spelt = |name: &str, own: &[u8]| Spelling::new(name).as_bytes() == own;
    let is_known = |own: &[u8]| registries().flat_map(Registry::systems).any(|system| is_spelt(system.name, own));
    // The name of the system may be mistyped, too.
    let of_system = system_spelling.filter(|own| is_known(own));
    let is_wanted = |record: &Record| {
        let name = record.system.name;
        system.is_none_or(|system| name == system) && of_system.is_none_or(|own| is_spelt(name, own))
    };
    let mut records: Vec<&'static Record> = Vec::new();
    let mut work = MAX_WORK;
    // A string that differs only in case or separators, or in its system, has the spelling of a code.
    for distance in 0..=(wanted.len() / 4).clamp(1, MAX_DISTANCE) {
        let mut near = Vec::new();
        for registry in registries() {
            let mut search = Search::new(wanted, distance, &mut work);
            registry.dictionary().near(&mut search, &is_wanted, &mut near);
        }
        for record in near.into_iter().map(|(_, record)| extended(record)) {
            if records.len() < MAX_SUGGESTIONS && !records.iter().any(|known| core::ptr::eq(*known, record)) {
                records.push(record);
            }
        }
        if records.len() == MAX_SUGGESTIONS {
            break;
        }
    }
    records
}
