//! No number is in a range that JSON-RPC or the MCP specification reserves, unless it is shared with a code that may have it.

use mcp_error_codes_core::NumberRange;

use crate::scope::{Check, Report, SPECIFICATION, Scope};
use crate::sharing::{is_closed, is_shared, owner_of_number};

pub(crate) const CHECK: Check = Check { id: "reserved-number", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        let (record, system) = (&entry.record, entry.record.system.name);
        if system.is_empty() || system == SPECIFICATION || scope.library_system(entry).is_some() {
            continue;
        }
        for (at, own) in record.json_rpc.iter().enumerate() {
            // Another check reports it as taken, with the remedy.
            if owner_of_number(scope, record, *own).is_some() {
                continue;
            }
            let range = NumberRange::of(own.number.into());
            let remedy = match range {
                NumberRange::Legacy if is_closed(scope, record, *own) => "; expected an until before 2026-07-28",
                NumberRange::Mcp | NumberRange::JsonRpc if !is_shared(scope, record, *own) => "",
                _ => continue,
            };
            report
                .at(entry.fields.place_of_item("json_rpc", at), format!("number {} is in {range}{remedy}", own.number));
        }
    }
}
