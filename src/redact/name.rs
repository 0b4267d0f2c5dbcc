//! How strongly a name suggests a secret, including names that a program adds or removes.

use mcp_error_codes_core::secret_name::{MAX_NAME, Strength, joined, known_name};

use super::unseen::visible;
use Strength::Sure;

/// The names that a program adds and removes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    /// Names of secrets.
    pub(super) secret: Vec<String>,
    /// Names that no longer count as names of secrets.
    pub(super) harmless: Vec<String>,
}

/// Returns how strongly a name suggests that its value is a secret.
pub(super) fn strength(names: &Names, name: &str) -> Option<Strength> {
    let name = &*visible(name);
    let own = |list: &[String]| list.iter().any(|own| same_name(own, name));
    if own(&names.harmless) {
        return None;
    }
    if own(&names.secret) {
        return Some(Sure);
    }
    if name.len() > MAX_NAME {
        return None;
    }
    known_name(name)
}

/// Returns how strongly a name of two words, separated by a space, suggests that its value is a secret.
pub(super) fn strength_of_two(names: &Names, first: &str, second: &str) -> Option<Strength> {
    let mut buffer = [0; MAX_NAME];
    strength(names, joined(&mut buffer, [first, " ", second])?)
}

/// Returns whether two names are the same, ignoring case and separators.
fn same_name(one: &str, other: &str) -> bool {
    let letters = |name: &'_ str| -> Vec<u8> {
        name.bytes()
            .filter(|byte| !matches!(byte, b'_' | b'-' | b'.' | b' '))
            .map(|byte| byte.to_ascii_lowercase())
            .collect()
    };
    letters(one) == letters(other)
}
