//! The first step: from files to located values, and from those to the records of a registry.
//!
//! `files` reads the folder, and is the only module of the generator that does; `toml` parses a text; `fields` takes typed values
//! out of a table by the formats in `value`; `registry` makes the systems and codes. A field is judged here by itself: whether
//! it is there, has the right type and a permitted value. What must be true between fields and between entries is for the
//! checks.

pub(crate) mod extension;
pub(crate) mod fields;
pub(crate) mod files;
pub(crate) mod registry;
pub(crate) mod toml;
pub(crate) mod value;
