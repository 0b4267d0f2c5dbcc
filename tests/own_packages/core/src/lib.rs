//! A registry in a crate of its own.

errors::include_registry!();

/// Makes an error of the registry.
pub fn lost(parcel: u32) -> errors::McpError {
    parcels::parcel_lost(parcel)
}
