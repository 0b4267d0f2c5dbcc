//! Numbers that not every program can receive. The author is warned about them.

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "wide-number", run };

/// Beyond this, a program that reads numbers as `f64`, such as JavaScript, reads a different number.
const MAX_EXACT: u64 = 1 << 53;

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        for (at, own) in entry.record.json_rpc.iter().enumerate() {
            let number = own.number;
            let consequence = match () {
                () if number.unsigned_abs() > MAX_EXACT => {
                    "is beyond 2^53, so programs that read it as a floating-point number get a different one"
                }
                () if i32::try_from(number).is_err() => {
                    "does not fit 32 bits, so the Rust SDK cannot send it and sends -32603"
                }
                () => continue,
            };
            report.warn_at(entry.fields.place_of_item("json_rpc", at), format!("number {number} {consequence}"));
        }
    }
}
