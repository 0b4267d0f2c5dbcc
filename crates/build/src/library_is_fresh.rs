//! The generator's copy of the library's keys matches the registry.

use crate::library::{Library, TEXT};
use crate::order::Ordered;
use crate::{Error, Generator};

/// Returns the keys that the registry has now.
fn fresh() -> Result<String, Error> {
    let generator = Generator::new("../../registry").__builtin();
    let keys = |ordered: &Ordered<'_>| {
        let records = ordered.entries.iter().map(|entry| entry.record.clone()).collect();
        Library::new(ordered.systems.clone(), records).to_string()
    };
    Ok(generator.checked(&generator.files()?, keys)?.0)
}

#[test]
fn the_keys_are_those_of_the_registry() -> Result<(), Box<dyn std::error::Error>> {
    let fresh = fresh()?;
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write("src/library.toml", &fresh)?;
        return Ok(());
    }
    let differs = |(kept, fresh): &(&str, &str)| kept != fresh;
    let first = TEXT.lines().zip(fresh.lines()).find(differs);
    let repair = "UPDATE_EXPECT=1 cargo test -p mcp-error-codes-build --lib rewrites src/library.toml";
    assert!(TEXT == fresh, "registry/*.toml has changed, first here: {first:#?}\n{repair}");
    Ok(())
}

#[test]
fn what_is_read_is_what_was_written() -> Result<(), Error> {
    let fresh = fresh()?;
    assert_eq!(Library::read(&fresh).to_string(), fresh);
    Ok(())
}
