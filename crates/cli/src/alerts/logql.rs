use mcp_error_codes::Severity;

use crate::alerts::policy::{Policy, Threshold};
use crate::catalogue;

/// Writes queries for a log in the one-line format, and for one in JSON lines.
pub(super) fn queries(selector: &str) -> String {
    let line = "pattern \"<time> | <level> | <code> | <module> | <message>\"";
    let code = catalogue::sample().code_text();
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
