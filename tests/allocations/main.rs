//! How often lookups, errors and their forms allocate. The counter replaces the allocator, so these tests need their own process.
#![cfg(feature = "std")]

mod lookup_and_error;
mod render;
