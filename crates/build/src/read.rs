//! The first step: reads the files into values with their lines, and those into the records of a registry.
//!
//! `files` reads the folder, and is the only module of the generator that does. `toml` parses a text. `fields` takes typed
//! values out of a table, by the formats in `value`. `registry` creates the systems and codes. Each field is checked by
//! itself: whether it is present, has the right type and a permitted value. Rules that involve several fields are checks.

pub(crate) mod extension;
pub(crate) mod fields;
pub(crate) mod files;
pub(crate) mod registry;
pub(crate) mod toml;
pub(crate) mod value;
