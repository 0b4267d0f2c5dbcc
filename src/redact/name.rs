//! What the name of a value says of it, with the names that a program adds and turns off.

use mcp_error_codes_core::secret_name::{MAX_NAME, Strength, joined, known_name};

use super::unseen::visible;
use Strength::Sure;

/// The names of a program's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    /// Names of secrets.
    pub(super) secret: Vec<String>,
    /// Names that no longer count as names of secrets.
    pub(super) harmless: Vec<String>,
}

/// Returns how sure a name is that its value is a secret.
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

/// Returns how sure a name of two words is, which a space parts.
pub(super) fn strength_of_two(names: &Names, first: &str, second: &str) -> Option<Strength> {
    let mut buffer = [0; MAX_NAME];
    strength(names, joined(&mut buffer, [first, " ", second])?)
}

/// Returns whether two names are one, however they are spelt.
fn same_name(one: &str, other: &str) -> bool {
    let letters = |name: &'_ str| -> Vec<u8> {
        name.bytes()
            .filter(|byte| !matches!(byte, b'_' | b'-' | b'.' | b' '))
            .map(|byte| byte.to_ascii_lowercase())
            .collect()
    };
    letters(one) == letters(other)
}
