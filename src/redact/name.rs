//! How strongly a name suggests a secret, including names that a program adds or removes.

use mcp_error_codes_core::secret_name::{MAX_NAME, Strength, joined, known_name};

use super::Redactor;
use super::unseen::visible;
use Strength::Sure;

/// Returns how strongly a name suggests that its value is a secret.
pub(super) fn strength(redactor: &Redactor, name: &str) -> Option<Strength> {
    let name = &*visible(name);
    let own = |list: &[String]| list.iter().any(|own| same_name(own, name));
    if own(&redactor.harmless_names) {
        return None;
    }
    if own(&redactor.names) {
        return Some(Sure);
    }
    if name.len() > MAX_NAME {
        return None;
    }
    known_name(name)
}

/// Returns how strongly a name of two words, separated by a space, suggests that its value is a secret.
pub(super) fn strength_of_two(redactor: &Redactor, first: &str, second: &str) -> Option<Strength> {
    let mut buffer = [0; MAX_NAME];
    strength(redactor, joined(&mut buffer, [first, " ", second])?)
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
