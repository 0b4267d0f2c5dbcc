use mcp_error_codes::{REGISTRY, Record, Severity};

use crate::alerts::policy::{Policy, Threshold};
use crate::catalogue;

/// Writes queries for a log in the one-line format, and for one in JSON lines.
pub(super) fn queries(selector: Option<&str>) -> String {
    let (system, code) = sample().map_or(("mcp", ""), |record| (record.system.name, record.code));
    let selector = &selector.map_or_else(|| format!("{{app={system:?}}}"), str::to_owned);
    let line = "pattern \"<time> | <level> | <code> | <module> | <message>\"";
    let mut text = format!(
        "# The occurrences of a code.
{selector} |= `{code}`

# The errors of each code per minute, from a log in the one-line format.
sum by (code) (count_over_time({selector} | {line} | level =~ `INFO|WARN|ERROR|FATAL` [1m]))

# The same from a log in JSON lines.
sum by (error_code) (count_over_time({selector} | json | error_code != `` [1m]))

# The tools that report a code, from a log in JSON lines.
sum by (tool_name) (count_over_time({selector} | json | error_code = `{code}` [1h]))
"
    );
    for severity in Severity::ALL.iter().rev() {
        let Some(policy) = Policy::of_severity(*severity) else { continue };
        let (often, query) = match policy.threshold {
            Threshold::Any => (
                "any occurrence".to_owned(),
                format!("sum by (code) (count_over_time({selector} | {line} | level = `{severity}` [5m])) > 0"),
            ),
            Threshold::Above { per_minute, minutes } => (
                format!("more than {per_minute} a minute; the alert rule also requires {minutes} minutes"),
                format!(
                    "sum by (code) (count_over_time({selector} | {line} | level = `{severity}` [1m])) > {per_minute}"
                ),
            ),
        };
        text += &format!("\n# {severity}, sent to {}: {often}.\n{query}\n", policy.route);
    }
    text
}

/// Returns the code in the examples: one that a text search finds, and the team's own if there is a team.
fn sample() -> Option<&'static Record> {
    let is_sample = |record: &&Record| match record.system.name {
        "hyper-bun" => record.code == "NX-MCP-001",
        name => REGISTRY.systems().iter().all(|system| system.name != name) && record.deprecated_since.is_none(),
    };
    let is_plain = |record: &&Record| !record.is_ambiguous() && record.code.parse::<i64>().is_err();
    let mut samples = catalogue::records().filter(is_sample);
    samples.clone().find(is_plain).or_else(|| samples.next())
}
