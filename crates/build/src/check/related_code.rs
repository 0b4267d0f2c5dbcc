//! A link to another code refers to a code that exists.

use mcp_error_codes_core::{Record, Related, Target};

use crate::read::fields::Fields;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "related-code", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        links(scope, &entry.record, entry.record.related, &entry.fields, report);
    }
    for extension in &scope.registry.extensions {
        if let Some(record) = scope.library.record(extension.code) {
            links(scope, record, extension.related, &extension.fields, report);
        }
    }
}

fn links(scope: &Scope<'_, '_>, record: &Record, related: &[Related], fields: &Fields<'_>, report: &mut Report<'_>) {
    for (at, link) in related.iter().enumerate() {
        let Target::Code(code) = link.target else { continue };
        let place = fields.place_of_item("related", at);
        let target = scope.link_target(record.system, code);
        if record.full_name() == *target {
            report.at(place, format!("related code {code:?} is the code itself"));
        } else if !scope.may_exist(&target) {
            report.at(place, format!("related code {code:?} does not exist{}", scope.remedy_of(&target)));
        }
    }
}
