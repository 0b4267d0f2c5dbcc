//! A signature describes how the error looks, and its message is a template.

use mcp_error_codes_core::template::Pieces;

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "signature-content", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        for (signature, fields) in entry.record.signatures.iter().zip(entry.fields.items("signatures")) {
            if !["number", "message", "data", "http_status"].into_iter().any(|name| fields.has(name)) {
                let expected = "expected number, message, data or http_status";
                report.at(fields.place(), format!("signature has nothing to recognize; {expected}"));
            }
            if let Some(message) = signature.message
                && let Some(how) = Pieces::new(message).find_map(Result::err)
            {
                report.at(fields.place_of("message"), format!("message {message:?} {how}"));
            }
        }
    }
}
