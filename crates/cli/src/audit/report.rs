//! What the counts mean: the state of each code, and the findings.

use std::collections::BTreeMap;

use mcp_error_codes::{NumberRange, Record, records};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::sighting::Sight;
use super::tally::{Count, Key, Tally};
use super::work::Audited;
use crate::catalogue;
use crate::logs::time::{self, Millis};

/// The state of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Seen in the last 30 days.
    Active,
    /// Not seen in the last 30 days.
    Quiet,
    /// Not seen in the logs.
    Never,
    /// Deprecated or retired, and seen.
    Deprecated,
    /// The former name of another code, and seen.
    Legacy,
    /// Seen, but not defined.
    Undefined,
}

/// Whether a code is seen more or less often than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trend {
    Rising,
    Steady,
    Falling,
}

/// A code and its counts.
#[derive(Debug)]
pub(super) struct CodeRow {
    pub(super) system: &'static str,
    pub(super) code: String,
    pub(super) state: State,
    pub(super) count: Count,
    /// The count for each eighth of the period that the logs cover; empty if no entry has a time.
    pub(super) eighths: Vec<u64>,
}

/// A problem or a change that deserves attention.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) kind: &'static str,
    pub(super) message: String,
    /// The contents of the message, for programs.
    pub(super) values: Map<String, Value>,
}

#[derive(Debug)]
pub(super) struct Report {
    pub(super) codes: Vec<CodeRow>,
    pub(super) findings: Vec<Finding>,
    pub(super) total: Tally,
    pub(super) logs: Vec<Audited>,
}

/// What the counts are compared with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Times {
    /// The current time, instead of the newest time in the logs.
    pub(super) now: Option<Millis>,
    /// Codes that were first seen from then on are new.
    pub(super) since: Option<Millis>,
}

const DAY: Millis = 24 * 60 * 60 * 1000;
/// A code that was not seen for this long is quiet.
const QUIET: Millis = 30 * DAY;
/// A change by at least this factor is a trend.
const CLEAR: u64 = 3;

impl Report {
    pub(super) fn new(mut logs: Vec<Audited>, times: Times) -> Self {
        let mut total = Tally::default();
        for log in &mut logs {
            if let Ok(tally) = &log.result {
                total.append(tally.clone());
            }
        }
        let codes = codes(&total, times);
        let findings = findings(&total, &codes, times);
        Self { codes, findings, total, logs }
    }

    /// Returns whether the logs contain what a system should not send: undefined or former codes, or reserved numbers.
    pub(super) fn has_drift(&self) -> bool {
        self.codes.iter().any(|row| matches!(row.state, State::Undefined | State::Legacy))
            || !self.total.reserved.is_empty()
    }
}

fn codes(total: &Tally, times: Times) -> Vec<CodeRow> {
    let mut counts: BTreeMap<&Sight, Count> = BTreeMap::new();
    for (key, count) in &total.counts {
        counts.entry(&key.sight).or_default().add(count);
    }
    let present = times.now.or(total.newest);
    let span = total.oldest.zip(total.newest).filter(|(oldest, newest)| oldest < newest);
    let eighths = |sight: &Sight| match (span, total.times.get(sight)) {
        (Some((from, to)), Some(times)) => times.parts(from, to, 8),
        _ => Vec::new(),
    };
    let mut rows: Vec<CodeRow> = counts
        .iter()
        .filter_map(|(sight, count)| {
            let (system, code, state) = match sight {
                Sight::Code(name) => {
                    let record = name.0;
                    (record.system.name, record.code.to_owned(), state(record, count, present))
                }
                Sight::Undefined { system, code } => (*system, code.clone(), State::Undefined),
                Sight::Number(_) => return None,
            };
            Some(CodeRow { system, code, state, count: *count, eighths: eighths(sight) })
        })
        .collect();
    rows.sort_by(|a, b| b.count.all.cmp(&a.count.all).then_with(|| (a.system, &a.code).cmp(&(b.system, &b.code))));
    let is_seen = |record: &Record| rows.iter().any(|row| row.system == record.system.name && row.code == record.code);
    // A team's log may contain every code, but only the team's own are expected in it.
    let never: Vec<CodeRow> = catalogue::records()
        .filter(|record| !is_seen(record))
        .map(|record| CodeRow {
            system: record.system.name,
            code: record.code.to_owned(),
            state: State::Never,
            count: Count::default(),
            eighths: Vec::new(),
        })
        .collect();
    rows.extend(never);
    rows
}

fn state(record: &Record, count: &Count, present: Option<Millis>) -> State {
    // Peers of earlier protocol versions may still use a code that a version retired.
    let is_retired = record.json_rpc.iter().any(|number| number.until.is_some());
    match (record.is_deprecated(), record.superseded_by) {
        (true, Some(_)) if !is_retired => State::Legacy,
        (true, _) => State::Deprecated,
        (false, _) => match count.last.zip(present) {
            Some((last, present)) if present.saturating_sub(last) > QUIET => State::Quiet,
            _ => State::Active,
        },
    }
}

impl CodeRow {
    /// Compares the second half of the period that the logs cover with the first half.
    pub(super) fn trend(&self) -> Option<Trend> {
        let (before, after) = self.eighths.split_at_checked(4)?;
        let (before, after): (u64, u64) = (before.iter().sum(), after.iter().sum());
        Some(match () {
            () if after >= before * 2 && after >= before + CLEAR => Trend::Rising,
            () if before >= after * 2 && before >= after + CLEAR => Trend::Falling,
            () => Trend::Steady,
        })
    }

    fn name(&self) -> String {
        format!("{}:{}", self.system, self.code)
    }
}

impl Finding {
    fn new(kind: &'static str, message: String, values: Value) -> Self {
        let values = match values {
            Value::Object(values) => values,
            _ => Map::new(),
        };
        Self { kind, message, values }
    }
}

fn findings(total: &Tally, codes: &[CodeRow], times: Times) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in codes {
        let of_code = json!({"system": row.system, "code": row.code, "count": row.count.all});
        let (name, times) = (row.name(), times_of(row.count.all));
        let record = || records().find(|record| record.system.name == row.system && record.code == row.code);
        let successor = || record().and_then(|record| record.superseded_by);
        match row.state {
            State::Undefined => {
                let message = format!(
                    "{} looks like a code of {}, but no such code is defined; it was seen {times}",
                    row.code, row.system
                );
                findings.push(Finding::new("undefined_code", message, of_code));
            }
            State::Legacy => {
                let instead = successor().map(|code| format!("; {code} has replaced it")).unwrap_or_default();
                findings.push(Finding::new(
                    "legacy_code",
                    format!("{name} is a former code{instead}; it was seen {times}"),
                    of_code,
                ));
            }
            State::Deprecated => {
                let instead = successor().map(|code| format!("; use {code}")).unwrap_or_default();
                findings.push(Finding::new(
                    "deprecated_code",
                    format!("{name} is deprecated{instead}; it was seen {times}"),
                    of_code,
                ));
            }
            State::Active | State::Quiet | State::Never => {}
        }
    }
    findings.extend(reserved_numbers(total));
    findings.extend(codes.iter().filter(|row| row.count.in_200 > 0).map(|row| {
        let message = format!(
            "{} failed tool calls with {} were answered with HTTP 200, so monitoring by HTTP status does not see them",
            row.count.in_200,
            row.name()
        );
        Finding::new(
            "error_in_http_200",
            message,
            json!({"system": row.system, "code": row.code, "count": row.count.in_200}),
        )
    }));
    findings.extend(
        total.counts.iter().filter(|(_, count)| count.too_early > 0).filter_map(|(key, count)| storm(key, count)),
    );
    let since = times.since.into_iter().chain(total.deploy).max();
    if let Some(since) = since {
        findings.extend(codes.iter().filter(|row| row.count.first.is_some_and(|first| first >= since)).map(|row| {
            let first = row.count.first.map(time::rfc_3339);
            let message =
                format!("{} is new: it was first seen at {}", row.name(), first.as_deref().unwrap_or_default());
            let values = json!({"system": row.system, "code": row.code, "count": row.count.all, "first": first, "since": time::rfc_3339(since)});
            Finding::new("new_code", message, values)
        }));
    }
    for row in codes {
        let (kind, word) = match row.trend() {
            Some(Trend::Rising) => ("rising", "more"),
            Some(Trend::Falling) => ("falling", "less"),
            _ => continue,
        };
        let halves: (u64, u64) = (row.eighths[..4].iter().sum(), row.eighths[4..].iter().sum());
        let message = format!(
            "{} is seen {word} often: {} in the first half of the period, {} in the second",
            row.name(),
            halves.0,
            halves.1
        );
        let values = json!({"system": row.system, "code": row.code, "count": row.count.all, "before": halves.0, "after": halves.1});
        findings.push(Finding::new(kind, message, values));
    }
    findings.extend(both_sides(total));
    findings
}

fn reserved_numbers(total: &Tally) -> Vec<Finding> {
    let mut numbers: BTreeMap<i64, (u64, Vec<String>)> = BTreeMap::new();
    for ((number, sight), count) in &total.reserved {
        let (all, names) = numbers.entry(*number).or_default();
        *all += count;
        if let Sight::Code(name) = sight {
            names.push(name.0.full_name().to_string());
        }
    }
    let of_number = |(number, (count, names)): (i64, (u64, Vec<String>))| {
        let meaning = if names.is_empty() { String::new() } else { format!(" for {}", names.join(", ")) };
        let range = NumberRange::of(number);
        let message = format!("the number {number} was sent {}{meaning}, but is in {range}", times_of(count));
        Finding::new("reserved_number", message, json!({"number": number, "count": count, "codes": names}))
    };
    numbers.into_iter().map(of_number).collect()
}

fn storm(key: &Key, count: &Count) -> Option<Finding> {
    let Sight::Code(name) = &key.sight else { return None };
    let record = name.0;
    let tool = key.tool.as_ref().map(|tool| format!(" of the tool {tool:?}")).unwrap_or_default();
    let server = key.server.as_ref().map(|server| format!(" on the server {server:?}")).unwrap_or_default();
    let message = format!(
        "{}{tool}{server} was retried {} before its retry delay had passed",
        record.full_name(),
        times_of(count.too_early)
    );
    let mut values = json!({"system": record.system.name, "code": record.code, "count": count.too_early, "delay_ms": record.retry.initial_ms});
    if let Some(tool) = &key.tool {
        values["tool"] = tool.as_str().into();
    }
    if let Some(server) = &key.server {
        values["server"] = server.as_str().into();
    }
    Some(Finding::new("retry_storm", message, values))
}

/// Compares client faults with server faults, and errors of the reader's own SDK with errors that a peer sent.
fn both_sides(total: &Tally) -> Vec<Finding> {
    let sum = |part: fn(&Count) -> u64| total.counts.values().map(part).sum::<u64>();
    let (all, local, of_client) = (sum(|count| count.all), sum(|count| count.local), sum(|count| count.of_client));
    let sent = all - local;
    let mut findings = Vec::new();
    if of_client > 0 {
        let of_server = sent - of_client;
        let message = format!("{of_client} of {sent} sent errors are the caller's fault, and {of_server} the server's");
        findings.push(Finding::new(
            "client_and_server_fault",
            message,
            json!({"client_count": of_client, "server_count": of_server}),
        ));
    }
    if local > 0 {
        let message = format!("{local} of {all} errors were created by the local SDK, and {sent} were sent by a peer");
        findings.push(Finding::new("local_and_sent", message, json!({"local_count": local, "sent_count": sent})));
    }
    findings
}

fn times_of(count: u64) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}
