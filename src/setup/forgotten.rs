//! Warns about a registry that extends codes of this crate but was not passed to `setup`.

use std::sync::Once;

use crate::setup::in_effect;
use crate::{Registry, RegistryCode};

/// Checks the registry of a code when an error is created. A debug build prints a warning once; a release build does
/// nothing.
#[inline]
pub(crate) fn notice<C: RegistryCode>(_: &C) {
    if cfg!(debug_assertions) {
        print(C::registry());
    }
}

#[inline]
fn print(registry: &'static Registry) {
    static PRINTED: Once = Once::new();
    if let Some(text) = text(registry) {
        PRINTED.call_once(|| eprintln!("mcp-error-codes: {text}"));
    }
}

/// Returns the warning, or `None` if the registry was added or extends no code.
#[inline]
pub(crate) fn text(registry: &'static Registry) -> Option<String> {
    // A program may contain the same registry at two addresses.
    let is_same = |known: &&Registry| std::ptr::eq(*known, registry) || known.name() == registry.name();
    let is_known = || in_effect::registries().iter().any(is_same);
    if registry.extensions().is_empty() || is_known() {
        return None;
    }
    let codes: Vec<String> =
        registry.extensions().iter().map(|extension| extension.record.full_name().to_string()).collect();
    Some(format!(
        "the registry {:?} extends {}, and is not known here; call `mcp_error_codes::setup().registries([&REGISTRY]).apply()` when the \
         program starts",
        registry.name(),
        codes.join(", ")
    ))
}
