//! A registry in a separate crate.

errors::include_registry!();

/// Creates an error of the registry.
pub fn lost(parcel: u32) -> errors::McpError {
    parcels::parcel_lost(parcel)
}
