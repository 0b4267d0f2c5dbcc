//! The first step: reads the files into values with their lines, then the values into the records of a registry.
//!
//! `files` reads the folder, and is the only module of the generator that does. `toml` parses a text. `fields` takes typed values
//! out of a table, in the formats of `value`. `registry` creates the systems and codes. This step checks each field alone: whether
//! it is present, and has the right type and a permitted value. Rules that involve several fields are checks.

pub(crate) mod extension;
pub(crate) mod fields;
pub(crate) mod files;
pub(crate) mod registry;
pub(crate) mod toml;
pub(crate) mod value;
