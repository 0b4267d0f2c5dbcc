//! No code and no alias repeats one of another registry, unless it is shared, or is a plain word, which belongs to nobody.

use mcp_error_codes_core::{__spelling, Record};

use crate::scope::{Check, Report, Scope};
use crate::sharing::owner_of_text;

pub(crate) const CHECK: Check = Check { id: "taken-code", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.own_entries() {
        for (what, text, place) in entry.texts() {
            if let Some(owner) = owner_of_text(scope, &entry.record, text) {
                // Another check refuses it even if it is shared.
                if what == "alias" && is_number(owner, text) {
                    continue;
                }
                let package = scope.library.package(owner.system.name);
                let owner = owner.full_name();
                let taken = format!("{what} {text:?} is taken by {owner} of {package}");
                report.at(place, format!("{taken}; expected another text, or shares_with = [\"{owner}\"]"));
            }
        }
    }
}

/// Returns whether a text is spelt like a JSON-RPC number of a code.
fn is_number(owner: &Record, text: &str) -> bool {
    owner.json_rpc.iter().any(|own| __spelling(&own.number.to_string()).eq(__spelling(text)))
}
