//! No number is in a range that JSON-RPC or the MCP specification reserves, unless it is shared with a code that may have it, or
//! only documents what a server sent before the range was reserved.

use mcp_error_codes_core::NumberRange;

use crate::read::registry::Entry;
use crate::scope::{Check, Report, SPECIFICATION, Scope};
use crate::sharing::{is_shared, owner_of_number};

pub(crate) const CHECK: Check = Check { id: "reserved-number", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    let may_have_any = |entry: &&Entry<'_>| entry.is_former_name || entry.record.system.name == SPECIFICATION;
    for entry in scope.own_entries().filter(|entry| !may_have_any(entry)) {
        let record = &entry.record;
        for (at, own) in record.json_rpc.iter().enumerate() {
            let range = NumberRange::of(own.number);
            if range == NumberRange::Free || own.is_past() || is_shared(scope, record, *own) {
                continue;
            }
            let owner = owner_of_number(scope, record, *own).map(|owner| owner.full_name().to_string());
            // Another check reports it as taken.
            if range == NumberRange::JsonRpc && owner.is_some() {
                continue;
            }
            let owner = owner.as_deref();
            let sharing = match (owner, range) {
                (Some(owner), _) => {
                    format!("; to share the number of {owner} on purpose, add shares_with = [\"{owner}\"]")
                }
                // No code has the number, and none may take it.
                (None, NumberRange::JsonRpc) => String::new(),
                (None, _) => {
                    "; to share the number of another code on purpose, add shares_with = [\"system:code\"]".to_owned()
                }
            };
            let past = match range {
                NumberRange::JsonRpc => "",
                _ => "; to document what a server sent, add until = \"2025-11-25\" or an earlier version",
            };
            let is_in = format!("number {} is in {range}{past}{sharing}", own.number);
            let place = entry.fields.place_of_item("json_rpc", at);
            report.at(place, format!("{is_in}; numbers from 100000 up are free for your codes"));
        }
    }
}
