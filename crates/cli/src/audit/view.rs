//! The report as a table for people and as JSON for programs.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::report::{CodeRow, Report, State, Trend};
use super::sighting::Sight;
use super::tally::{Key, Tally};
use crate::logs::time;
use crate::{style, table};

/// The maximum number of rows in every table except that of the codes.
const MAX_ROWS: usize = 20;
/// The length at which a name from a log is cut.
const MAX_NAME: usize = 60;

impl Report {
    pub(super) fn table(&self, width: Option<usize>, shows_all: bool) -> String {
        let mut out = String::new();
        let is_shown = |row: &&CodeRow| shows_all || row.state != State::Never;
        let rows: Vec<Vec<String>> = self.codes.iter().filter(is_shown).map(cells).collect();
        if !rows.is_empty() {
            out +=
                &table::framed(&["Code", "System", "State", "Count", "First Seen", "Last Seen", "Trend"], &rows, width);
        }
        let never = self.codes.iter().filter(|row| row.state == State::Never).count();
        let seen = self.codes.len() - never;
        let _ = writeln!(out, "{seen} codes seen, {never} defined codes never seen");
        if !self.findings.is_empty() {
            let _ = writeln!(out, "\n{}", style::paint(style::HEADING, "Findings"));
            for finding in &self.findings {
                let _ = writeln!(out, "- {}", style::harmless(&finding.message));
            }
        }
        let of_files = |log: &super::work::Audited| match &log.result {
            Ok(tally) => {
                vec![shown(&log.name), errors(tally).to_string(), most_frequent(tally.counts.iter(), |_| true)]
            }
            Err(problem) => vec![shown(&log.name), String::new(), format!("skipped: {problem}")],
        };
        if self.logs.len() > 1 {
            out += &limited("File", self.logs.iter().map(of_files).collect(), width);
        }
        out += &limited("Tool", by_name(&self.total, |key| key.tool.as_deref()), width);
        out += &limited("Server", by_name(&self.total, |key| key.server.as_deref()), width);
        out
    }

    pub(super) fn json(&self) -> Value {
        let codes: Vec<Value> = self.codes.iter().map(code).collect();
        let findings: Vec<Value> = self
            .findings
            .iter()
            .map(|finding| {
                let mut values = Map::new();
                values.insert("kind".to_owned(), finding.kind.into());
                values.insert("message".to_owned(), finding.message.as_str().into());
                values.extend(finding.values.clone());
                Value::Object(values)
            })
            .collect();
        let files: Vec<Value> = self
            .logs
            .iter()
            .map(|log| match &log.result {
                Ok(tally) => {
                    json!({"file": log.name, "bytes": tally.bytes, "count": errors(tally), "codes": of_file(tally)})
                }
                Err(problem) => json!({"file": log.name, "skipped": problem}),
            })
            .collect();
        json!({"codes": codes, "findings": findings, "files": files})
    }
}

fn cells(row: &CodeRow) -> Vec<String> {
    let short = |time: Option<time::Millis>| time.map(time::short).unwrap_or_default();
    let state = serde_json::to_value(row.state).ok();
    let state = state.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    let trend = match row.trend() {
        Some(Trend::Rising) => format!("{} rising", bars(&row.eighths)),
        Some(Trend::Falling) => format!("{} falling", bars(&row.eighths)),
        Some(Trend::Steady) => format!("{} steady", bars(&row.eighths)),
        None => String::new(),
    };
    vec![
        shown(&row.code),
        row.system.to_owned(),
        state,
        row.count.all.to_string(),
        short(row.count.first),
        short(row.count.last),
        trend,
    ]
}

/// Draws counts as bars of eight heights.
fn bars(counts: &[u64]) -> String {
    const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.iter().copied().max().unwrap_or_default().max(1);
    let height = |count: u64| usize::try_from((count * 8).div_ceil(most)).unwrap_or_default().min(8);
    counts.iter().map(|count| BARS[height(*count)]).collect()
}

fn code(row: &CodeRow) -> Value {
    json!({
        "system": row.system,
        "code": row.code,
        "state": row.state,
        "count": row.count.all,
        "first": row.count.first.map(time::rfc_3339),
        "last": row.count.last.map(time::rfc_3339),
    })
}

/// Returns the number of errors that have a code.
fn errors(tally: &Tally) -> u64 {
    tally.counts.iter().filter(|(key, _)| name(&key.sight).is_some()).map(|(_, count)| count.all).sum()
}

/// Returns the system and the code of a count, if it has a code.
fn name(sight: &Sight) -> Option<(&'static str, &str)> {
    match sight {
        Sight::Code(name) => Some((name.0.system.name, name.0.code)),
        Sight::Undefined { system, code } => Some((system, code)),
        Sight::Number(_) => None,
    }
}

fn of_file(tally: &Tally) -> Vec<Value> {
    let row = |(key, count): (&Key, &super::tally::Count)| {
        let (system, code) = name(&key.sight)?;
        let mut row = json!({"system": system, "code": code, "count": count.all});
        if let Some(tool) = &key.tool {
            row["tool"] = tool.as_str().into();
        }
        if let Some(server) = &key.server {
            row["server"] = server.as_str().into();
        }
        Some(row)
    };
    tally.counts.iter().filter_map(row).collect()
}

/// Returns a row for each name, those with the most errors first.
fn by_name<'t>(tally: &'t Tally, of: impl Fn(&'t Key) -> Option<&'t str>) -> Vec<Vec<String>> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (key, count) in tally.counts.iter().filter(|(key, _)| name(&key.sight).is_some()) {
        if let Some(name) = of(key) {
            *counts.entry(name).or_default() += count.all;
        }
    }
    let mut names: Vec<(&str, u64)> = counts.into_iter().collect();
    names.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let row = |(name, count): (&str, u64)| {
        vec![shown(name), count.to_string(), most_frequent(tally.counts.iter(), |key| of_is(&of, key, name))]
    };
    names.into_iter().map(row).collect()
}

fn of_is<'t>(of: &impl Fn(&'t Key) -> Option<&'t str>, key: &'t Key, name: &str) -> bool {
    of(key) == Some(name)
}

/// Lists the most frequent codes: `FS-001 (12), SEC-003 (2)`.
fn most_frequent<'t>(
    counts: impl Iterator<Item = (&'t Key, &'t super::tally::Count)>,
    is_wanted: impl Fn(&'t Key) -> bool,
) -> String {
    const MOST: usize = 3;
    let mut codes: BTreeMap<&str, u64> = BTreeMap::new();
    for (key, count) in counts.filter(|(key, _)| is_wanted(key)) {
        if let Some((_, code)) = name(&key.sight) {
            *codes.entry(code).or_default() += count.all;
        }
    }
    let mut codes: Vec<(&str, u64)> = codes.into_iter().collect();
    codes.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    let more = codes.len().saturating_sub(MOST);
    let mut listed: Vec<String> = codes.iter().take(MOST).map(|(code, count)| format!("{code} ({count})")).collect();
    if more > 0 {
        listed.push(format!("and {more} more"));
    }
    listed.join(", ")
}

/// Draws a table after an empty line, or nothing if there are no rows.
fn limited(what: &str, mut rows: Vec<Vec<String>>, width: Option<usize>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let more = rows.len().saturating_sub(MAX_ROWS);
    rows.truncate(MAX_ROWS);
    let mut out = format!("\n{}", table::framed(&[what, "Errors", "Codes"], &rows, width));
    if more > 0 {
        let _ = writeln!(out, "and {more} more; --format json lists all");
    }
    out
}

/// Formats a name from a log.
fn shown(name: &str) -> String {
    let name = style::harmless(&name.replace('\n', " "));
    match name.char_indices().nth(MAX_NAME) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name,
    }
}
