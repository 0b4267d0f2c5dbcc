//! No number repeats one of another registry in the same protocol version, unless it is shared.

use mcp_error_codes_core::NumberRange;

use crate::read::registry::Entry;
use crate::scope::{Check, Report, SPECIFICATION, Scope};
use crate::sharing::owner_of_number;

pub(crate) const CHECK: Check = Check { id: "taken-number", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    let may_have_any = |entry: &&Entry<'_>| entry.is_former_name || entry.record.system.name == SPECIFICATION;
    for entry in scope.own_entries().filter(|entry| !may_have_any(entry)) {
        let record = &entry.record;
        for (at, own) in record.json_rpc.iter().enumerate() {
            // Another check reports numbers that were free in earlier versions, with the remedy.
            if matches!(NumberRange::of(own.number), NumberRange::Legacy | NumberRange::Mcp) {
                continue;
            }
            if let Some(owner) = owner_of_number(scope, record, *own) {
                let (number, package) = (own.number, scope.library.package(owner.system.name));
                let owner = owner.full_name();
                let taken = format!("number {number} is taken by {owner} of {package}");
                let expected = format!("expected another number, or shares_with = [\"{owner}\"]");
                report.at(entry.fields.place_of_item("json_rpc", at), format!("{taken}; {expected}"));
            }
        }
    }
}
