//! A retry schedule is complete and consistent, and the retry class allows one.

use crate::scope::{Check, Report, Scope};

pub(crate) const CHECK: Check = Check { id: "retry-schedule", run };

fn run(scope: &Scope<'_, '_>, report: &mut Report<'_>) {
    for entry in scope.full_entries() {
        let retry = entry.record.retry;
        let Some(fields) = entry.fields.table("retry") else { continue };
        let needed = ["backoff", "initial_ms", "max_ms"];
        if !fields.has("attempts") && !needed.iter().any(|name| fields.has(name)) {
            continue;
        }
        for name in needed.into_iter().filter(|name| !fields.has(name)) {
            report.at(fields.place(), format!("retry has no field {name:?}, which its schedule needs"));
        }
        // A mistake in the class has already been reported.
        let is_read = fields.peek("class") == Some(retry.class.as_str());
        if is_read && !retry.is_worthwhile() {
            report.at(fields.place_of("class"), format!("class {:?} does not allow a schedule", retry.class.as_str()));
        }
        if let (Some(initial), Some(max)) = (retry.initial_ms, retry.max_ms)
            && initial > max
        {
            let place = fields.place_of("initial_ms");
            report.at(place, format!("initial_ms {initial} is more than max_ms {max}"));
        }
    }
}
