use mcp_error_codes::{Record, UnknownCode};

use crate::ranking::rank;

/// Returns the codes that an unknown text may mean: those with a similar spelling, otherwise those with the same words.
///
/// Returns nothing if the text is in a range that is reserved or known.
pub(crate) fn near(unknown: &UnknownCode) -> Vec<&'static Record> {
    if unknown.reserved().is_some() || unknown.number_range().is_some() {
        return Vec::new();
    }
    match unknown.suggestions() {
        [] if unknown.length() > unknown.text().len() => Vec::new(),
        [] => rank(unknown.text()).iter().map(|hit| hit.record).take(MAX_BY_WORDS).collect(),
        near => near.to_vec(),
    }
}

/// The maximum number of codes suggested by their words.
const MAX_BY_WORDS: usize = 3;
