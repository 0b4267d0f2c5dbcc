//! Rules that the whole registry keeps, and files that are drawn from it.

mod contradictions;
mod generated;
mod lock;
mod prose;
mod readme;
mod registry;
mod specification;
mod stated;
