//! What the registries say of errors in the field: signatures and claims.

use mcp_error_codes_core::{Claim, Record, Signature};

use crate::codes::find::{extended, registries};

/// Returns every signature with its record, in the order of the registries.
pub(crate) fn signatures() -> impl Iterator<Item = (&'static Record, &'static Signature)> {
    let _ = extended;
    crate::matching::dev::SIGNATURES.iter().filter_map(|(name, signature)| {
        let own = crate::matching::dev::RECORDS.iter().find(|r| {
            let (s, c) = name.split_once(':').unwrap_or(("", ""));
            r.system.name == s && r.code == c
        });
        let record = own.or_else(|| registries().find_map(|registry| registry.lookup(name)))?;
        Some((record, signature))
    })
}

/// Returns every claim.
pub(crate) fn claims() -> impl Iterator<Item = &'static Claim> {
    crate::matching::dev::CLAIMS.iter()
}

/// Returns every record with a code text.
pub(crate) fn by_code(code: &str) -> impl Iterator<Item = &'static Record> {
    let dev = crate::matching::dev::RECORDS.iter();
    registries().flat_map(|registry| registry.records()).map(extended).chain(dev).filter(move |record| record.code == code)
}

/// Returns the text of every code, each once.
pub(crate) fn code_texts() -> impl Iterator<Item = &'static str> {
    let dev = crate::matching::dev::RECORDS.iter();
    let mut texts: Vec<_> = registries().flat_map(|registry| registry.records()).chain(dev).map(|record| record.code).collect();
    texts.sort_unstable();
    texts.dedup();
    texts.into_iter()
}
