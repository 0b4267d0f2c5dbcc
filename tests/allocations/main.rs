//! How often lookups, errors and their forms allocate. The counter replaces the allocator, so these tests need their own process.
#![cfg(feature = "std")]

mod lookup_and_error;
mod render;

/// Counts the allocations of a function, without those of the tables that the first redaction in a process creates.
fn allocations(work: impl FnMut()) -> u64 {
    let _ = mcp_error_codes::redact::text("token: the disk is full");
    allocation_counter::measure(work).count_total
}
