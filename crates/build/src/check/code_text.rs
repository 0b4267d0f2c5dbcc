//! A code contains only letters, digits, `-`, `_` and `.`, and has a maximum length.

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "code-text", run };

/// The maximum length of a code.
const MAX_LENGTH: usize = 64;

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.entries() {
        let (code, place) = (entry.record.code, entry.place());
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if !code.chars().all(is_plain) {
            report.at(place, format!("code {code:?} has characters other than letters, digits, '-', '_' and '.'"));
        }
        if code.len() > MAX_LENGTH {
            report.at(place, format!("code {code:?} is longer than {MAX_LENGTH} characters"));
        }
    }
}
