//! The generator, its messages and the lock.

mod any_text;
mod lock;
mod messages;
mod registry_readme;
mod source;
