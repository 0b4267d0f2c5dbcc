//! The parameters of a message are valid and distinct argument names.

use std::collections::BTreeMap;

use mcp_error_codes_core::Param;

use crate::name;
use crate::read::fields::Fields;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "param-name", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        arguments(entry.record.params, &entry.fields, report);
        for (case, fields) in entry.record.scenarios.iter().zip(entry.fields.items("scenarios")) {
            arguments(case.params, fields, report);
        }
    }
}

fn arguments(params: &[Param], fields: &Fields<'_>, report: &mut Report<'_>) {
    let mut arguments = BTreeMap::new();
    for (at, param) in params.iter().enumerate().filter(|(_, param)| !param.name.is_empty()) {
        let place = fields.place_of_item("params", at);
        if !name::is_identifier(param.name) {
            let expected = name::IDENTIFIER;
            report.at(place, format!("param {:?} cannot name a Rust argument; expected {expected}", param.name));
            continue;
        }
        let argument = name::function(param.name);
        let what = format!("argument {argument:?} of param {:?} is used twice", param.name);
        report.twice(&mut arguments, argument, place, || what);
    }
}
