//! Says that a registry extends codes of this crate, and that the program has not made it known.

use std::sync::Once;

use crate::setup::in_effect;
use crate::{Registry, RegistryCode};

/// Looks at the registry of a code with which an error is made. A debug build prints once what is forgotten; a release build does
/// nothing.
#[inline]
pub(crate) fn notice<C: RegistryCode>(_: &C) {
    if cfg!(debug_assertions) {
        print(C::registry());
    }
}

fn print(registry: &'static Registry) {
    static PRINTED: Once = Once::new();
    if let Some(text) = text(registry) {
        PRINTED.call_once(|| eprintln!("mcp-error-codes: {text}"));
    }
}

/// Returns what is forgotten, or `None` if the registry is known here or extends no code.
pub(crate) fn text(registry: &'static Registry) -> Option<String> {
    // A program may contain one registry at two addresses.
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
