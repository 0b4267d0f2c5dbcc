//! The registry of this crate, as the generator wrote it from `registry/*.toml`.

include!(concat!(env!("OUT_DIR"), "/registry.rs"));
