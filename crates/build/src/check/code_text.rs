//! A code contains only letters, digits and some punctuation, and has a maximum length.

use crate::check::alias_text::other_system;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "code-text", run };

/// The maximum length of a code.
const MAX_LENGTH: usize = 64;

/// The punctuation that programs use in codes: `auth/invalid-token`, `S3::NoSuchBucket`.
const PUNCTUATION: &str = "-_.:/+@~=*!$&()[];^";

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.entries().filter(|entry| !entry.record.code.is_empty() && scope.library_system(entry).is_none())
    {
        let (code, place) = (entry.record.code, entry.place());
        let instead = "give the code another text, and add this one to aliases";
        let is_plain = |c: &char| c.is_ascii_alphanumeric() || PUNCTUATION.contains(*c);
        if let Some(other) = code.chars().find(|c| !is_plain(c)) {
            let expected = format!("expected letters, digits and any of {PUNCTUATION}");
            report.at(place, format!("code {code:?} contains {other:?}; {expected}: {instead}"));
        } else if !code.contains(|c: char| c.is_ascii_alphanumeric()) || code.ends_with(':') || code.starts_with(':') {
            report
                .at(place, format!("code {code:?} has no letter or digit, or starts or ends with a colon; {instead}"));
        }
        if code.len() > MAX_LENGTH {
            report.at(place, format!("code {code:?} is longer than {MAX_LENGTH} characters; {instead}"));
        }
        if let Some(system) = other_system(scope, &entry.record, code) {
            let form = format!("code {code:?} has the form of a full name of the system {system:?}");
            report.at(place, format!("{form}; expected another text"));
        }
    }
}
