//! Recording and alert rules.

use std::fmt::Write;

use mcp_error_codes::Severity;

use crate::alerts::policy::{Exception, LOGS, Policy, Threshold, exceptions};
use crate::catalogue;

/// The errors of each code per minute, summed over instances and surfaces.
pub(super) const PER_MINUTE: &str = "code:mcp_errors:per_minute";

const RECORDING: &str = "\
# Rules for the counter mcp_errors_total, written by `COMMAND alerts`.
groups:
  - name: mcp_errors
    rules:
      # A minute has two samples only if the scrape interval is short enough; otherwise this uses half of two minutes.
      - record: code:mcp_errors:per_minute
        expr: |
          sum by (system, code, severity) (
            increase(mcp_errors_total[1m]) or increase(mcp_errors_total[2m]) / 2
          )
";

/// Writes the rules.
///
/// # Errors
/// The first invalid alert of a code.
pub(super) fn rules() -> Result<String, String> {
    let exceptions = exceptions()?;
    let mut rules = RECORDING.replace("COMMAND", &catalogue::get().command);
    for severity in Severity::ALL.iter().rev() {
        if let Some(policy) = Policy::of_severity(*severity) {
            let name = match severity {
                Severity::Fatal => "McpFatalErrors",
                Severity::Warn => "McpWarnings",
                _ => "McpErrors",
            };
            let labels = format!("severity=\"{severity}\"");
            let others: Vec<_> = exceptions.iter().filter(|other| other.record.severity == *severity).collect();
            rule(&mut rules, name, policy, &labels, &others);
        }
    }
    for Exception { record, policy } in exceptions.iter().filter(|exception| exception.policy.route != LOGS) {
        let labels = format!("system={:?}, code={:?}", record.system.name, record.code);
        rule(&mut rules, "McpCodeErrors", *policy, &labels, &[]);
    }
    Ok(rules)
}

fn rule(rules: &mut String, name: &str, policy: Policy, labels: &str, others: &[&Exception]) {
    let route = policy.route;
    let (expression, wait, often) = match policy.threshold {
        // A new counter starts at its first count, so Prometheus sees no increase.
        Threshold::Any => (
            format!(
                "sum by (system, code, severity) (
            increase(mcp_errors_total{{{labels}}}[5m]) > 0
            or (mcp_errors_total{{{labels}}} unless mcp_errors_total{{{labels}}} offset 5m)
          ) > 0"
            ),
            String::new(),
            "occurred".to_owned(),
        ),
        Threshold::Above { per_minute, minutes } => (
            format!("{PER_MINUTE}{{{labels}}} > {per_minute}"),
            format!("        for: {minutes}m\n"),
            format!("occurred more than {per_minute} times a minute for {minutes} minutes"),
        ),
    };
    // Writing to a string does not fail.
    let _ = write!(rules, "      - alert: {name}\n        expr: |\n          {expression}\n");
    for Exception { record, .. } in others {
        let _ = writeln!(
            rules,
            "          unless on (system, code) mcp_errors_total{{system={:?}, code={:?}}}",
            record.system.name, record.code
        );
    }
    let command = &catalogue::get().command;
    let _ = write!(
        rules,
        "{wait}        labels:
          route: {route}
        annotations:
          summary: '{{{{ $labels.code }}}} of {{{{ $labels.system }}}} {often}'
          description: 'Run `{command} explain {{{{ $labels.system }}}}:{{{{ $labels.code }}}}` to see what it means and what to do.'
"
    );
}
