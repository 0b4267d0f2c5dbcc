//! The first protocol version of a number is not later than its last.

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "protocol-versions", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        for (own, fields) in entry.record.json_rpc.iter().zip(entry.fields.items("json_rpc")) {
            if let (Some(since), Some(until)) = (own.since, own.until)
                && since > until
            {
                report.at(fields.place_of("since"), format!("since {since} is later than until {until}"));
            }
        }
    }
}
