//! No param has the name of a secret, whose value would be redacted, unless it declares that it is harmless.

use mcp_error_codes_core::Param;
use mcp_error_codes_core::secret_name::{Strength, known_name};

use crate::read::fields::Fields;
use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "secret-param", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        shown(entry.record.params, &entry.fields, report);
        for (case, fields) in entry.record.scenarios.iter().zip(entry.fields.items("scenarios")) {
            shown(case.params, fields, report);
        }
    }
}

fn shown(params: &[Param], fields: &Fields<'_>, report: &mut Report<'_>) {
    for (at, param) in params.iter().enumerate() {
        let is_secret = known_name(param.name).is_some_and(|strength| strength >= Strength::Usual);
        if is_secret && !param.harmless {
            let place = fields.place_of_item("params", at);
            let what = format!("param {:?} has the name of a secret, so its value is redacted; ", param.name);
            report.at(place, what + "rename it, or add harmless = true if it is not a secret");
        }
    }
}
