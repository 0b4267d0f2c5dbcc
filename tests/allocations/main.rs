//! How often a lookup, an error and its forms allocate. The counter replaces the allocator, so this is a process of its own.
#![cfg(feature = "std")]

mod lookup_and_error;
mod render;
