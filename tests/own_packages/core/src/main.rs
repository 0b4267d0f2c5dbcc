//! The binary of the package includes the registry a second time.

errors::include_registry!();

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Both are the same registry.
    errors::setup().registries([&REGISTRY]).apply()?;
    errors::setup().registries([&own_core::REGISTRY]).apply()?;
    assert_eq!(errors::registries().count(), 2);
    let lost = own_core::lost(7);
    assert!(lost.is(parcels::PARCEL_LOST) && lost.is(own_core::parcels::PARCEL_LOST));
    assert_eq!(lost.code_in::<Code>(), Some(code!("PARCEL-1")));
    println!("{lost}");
    Ok(())
}
