//! Rules that the whole registry follows, and files that are generated from it.

mod architecture;
#[cfg(feature = "std")]
mod brief;
mod contradictions;
mod dictionary;
mod generated;
mod imports;
mod kinds;
// The page includes the conversions of these features.
#[cfg(all(feature = "rusqlite", feature = "tokio-1"))]
mod kinds_page;
mod listing;
mod lock;
mod manifests;
mod prose;
mod prose_kept;
mod readme;
mod registry;
mod specification;
mod stated;
