//! Registries that the command reads from TOML files when it runs.

use std::path::Path;

use mcp_error_codes::__private::Extension;
use mcp_error_codes::{REGISTRY, Registry};
use mcp_error_codes_build::{Error, Generator, Loaded};

use crate::outcome::Failure;
use crate::package;

/// Reads and checks the registries of some folders. A later one may refer to an earlier one. They are kept until the process ends.
///
/// # Errors
/// [`Failure::File`] with every mistake.
pub(crate) fn registries(folders: &[&Path]) -> Result<Vec<&'static Registry>, Failure> {
    let mut registries: Vec<&'static Registry> = Vec::new();
    for (at, given) in folders.iter().enumerate() {
        let earlier = folders[..at].iter().map(|folder| package::registry(folder));
        let known = earlier.fold(Generator::new(package::registry(given)), |generator, folder| {
            let path = package::name(&folder).replace('-', "_");
            generator.knows(path, folder)
        });
        let folder = package::registry(given);
        let loaded = known.recognition(true).__load(&package::name(&folder)).map_err(|error| failure(&error))?;
        let registry = registry(loaded, &registries);
        registries.push(registry);
    }
    Ok(registries)
}

/// Returns why a registry cannot be used.
pub(crate) fn failure(error: &Error) -> Failure {
    Failure::File(error.to_string())
}

fn registry(loaded: Loaded, earlier: &[&'static Registry]) -> &'static Registry {
    let record = |full_name: &str| {
        let registries = earlier.iter().copied().chain([&REGISTRY]);
        registries.into_iter().find_map(|registry| registry.lookup(full_name))
    };
    let extensions = loaded.extensions.iter().filter_map(|extension| {
        let (aliases, resolution) = (extension.aliases, extension.resolution);
        Some(Extension::__new(record(extension.code)?, aliases, extension.hint, resolution, extension.related))
    });
    let extensions: &'static [Extension] = extensions.collect::<Vec<_>>().leak();
    let registry = Registry::__new(
        loaded.name,
        loaded.systems,
        loaded.records,
        loaded.texts,
        loaded.numbers,
        loaded.claims,
        loaded.spellings,
        loaded.templates,
        extensions,
    );
    let registry = registry.__with_preferred(loaded.preferred).__with_claims(loaded.claims_of_others);
    Box::leak(Box::new(registry))
}
