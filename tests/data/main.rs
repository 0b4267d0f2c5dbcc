//! Rules that the whole registry keeps, and files that are drawn from it.

mod architecture;
mod contradictions;
mod dictionary;
mod generated;
mod kinds;
// The page has the conversions of these features too.
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
