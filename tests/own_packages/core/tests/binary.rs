//! The library and the binary of one package include the same registry.

use std::process::Command;

#[test]
fn a_code_of_the_library_is_that_of_the_binary() {
    let output = Command::new(env!("CARGO_BIN_EXE_own-core")).output().expect("the binary starts");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "PARCEL-1: parcel 7 is lost\n");
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn the_registry_is_known_by_the_name_of_its_package() {
    assert_eq!(own_core::REGISTRY.name(), "own-core");
    let page = own_core::parcels::PARCEL_LOST.record().explain().to_string();
    assert!(!page.contains("judge") && !page.contains("stated"), "{page}");
}
