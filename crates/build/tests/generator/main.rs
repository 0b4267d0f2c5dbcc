//! The generator, its messages and the lock.

mod any_text;
mod checks;
mod lock;
mod messages;
mod registry_readme;
mod source;
