//! The placeholders of a message are well-formed, and each has an entry in `params`.

use std::collections::BTreeSet;

use mcp_error_codes_core::Param;
use mcp_error_codes_core::template::{Piece, Pieces};

use crate::read::fields::Fields;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "message-template", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        message(entry.record.message, entry.record.params, &entry.fields, report);
        for (case, fields) in entry.record.scenarios.iter().zip(entry.fields.items("scenarios")) {
            message(case.message, case.params, fields, report);
        }
    }
}

/// Checks the message of a table that also contains the params.
fn message(message: Option<&str>, params: &[Param], fields: &Fields<'_>, report: &mut Report<'_>) {
    let place = fields.place_of("message");
    // A mistake in the template has already been reported.
    if message.is_none() && fields.has("message") {
        return;
    }
    let found: Vec<_> = match Pieces::new(message.unwrap_or_default()).collect() {
        Ok(found) => found,
        Err(how) => {
            let text = message.unwrap_or_default();
            return report.at(place, format!("message {text:?} {how}; write {{{{ and }}}} for braces"));
        }
    };
    let mut placeholders = BTreeSet::new();
    for piece in found {
        let Piece::Placeholder(placeholder) = piece else { continue };
        if !placeholders.insert(placeholder) {
            report.at(place, format!("placeholder {placeholder:?} occurs twice in the message"));
        } else if !is_name(placeholder) {
            let text = format!("placeholder {placeholder:?} is not a name");
            report.at(place, format!("{text}; write {{{{ and }}}} for braces"));
        } else if fields.is_whole("params") && !params.iter().any(|param| param.name == placeholder) {
            report.at(place, format!("placeholder {placeholder:?} has no entry in params"));
        }
    }
    for (at, param) in params.iter().enumerate() {
        if !param.name.is_empty() && !placeholders.contains(param.name) {
            let place = fields.place_of_item("params", at);
            report.at(place, format!("param {:?} is not a placeholder of the message", param.name));
        }
    }
}

/// Returns whether a text may be the name of a param. Another check reports a param whose name Rust does not allow.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}
