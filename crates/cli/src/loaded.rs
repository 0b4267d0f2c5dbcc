//! Registries that the command reads from TOML files when it runs.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use mcp_error_codes::__private::Extension;
use mcp_error_codes::{REGISTRY, Registry};
use mcp_error_codes_build::{Error, Generator, Loaded};

use crate::outcome::Failure;
use crate::package;

/// Reads and checks the registries of some folders, and returns them in the same order. One may refer to another. They are kept until the
/// process ends.
///
/// # Errors
/// [`Failure::File`] with every mistake.
pub(crate) fn registries(folders: &[&Path]) -> Result<Vec<&'static Registry>, Failure> {
    let folders: Vec<PathBuf> = folders.iter().map(|given| package::registry(given)).collect();
    let mut loaded: Vec<(usize, &'static Registry)> = Vec::new();
    let mut waiting: VecDeque<usize> = (0..folders.len()).collect();
    // How many in a row have mistakes. They may refer to a registry that is loaded after them.
    let mut failed = 0;
    while let Some(at) = waiting.pop_front() {
        let name = package::name(&folders[at]);
        let known = loaded.iter().fold(Generator::new(&folders[at]), |generator, (other, _)| {
            let path = package::name(&folders[*other]).replace('-', "_");
            generator.knows(path, &folders[*other])
        });
        match known.recognition(true).__load(&name) {
            Ok(tables) => {
                let earlier: Vec<&'static Registry> = loaded.iter().map(|(_, registry)| *registry).collect();
                loaded.push((at, registry(tables, &earlier)));
                failed = 0;
            }
            Err(error) if failed == waiting.len() => return Err(failure(&error)),
            Err(_) => {
                waiting.push_back(at);
                failed += 1;
            }
        }
    }
    loaded.sort_by_key(|(at, _)| *at);
    Ok(loaded.into_iter().map(|(_, registry)| registry).collect())
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
