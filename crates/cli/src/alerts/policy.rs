use mcp_error_codes::record::Alert;
use mcp_error_codes::{Record, Severity, records};

/// Where an alert goes: the word in `alert.route` of a code, and the label of an alert. A registry may define other words.
pub(super) type Route = &'static str;

/// Nobody is notified.
pub(super) const LOGS: Route = Alert::LOGS;

/// How often an error has to occur before it alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Threshold {
    Any,
    /// More than this many a minute, for this many minutes.
    Above {
        per_minute: u32,
        minutes: u32,
    },
}

impl Threshold {
    fn parse(text: &str, window: Option<&str>) -> Result<Self, String> {
        if text == Alert::ANY {
            return match window {
                None => Ok(Self::Any),
                Some(window) => Err(without_rate(window)),
            };
        }
        let number = text.trim().strip_prefix('>').and_then(|text| text.strip_suffix("/min"));
        let per_minute = number.and_then(|number| number.trim().parse().ok());
        let expected = "expected \">10/min\" or \"any occurrence\"";
        let per_minute = per_minute.ok_or_else(|| format!("threshold {text:?} is not valid; {expected}"))?;
        let minutes = match window {
            None => 5,
            Some(window) => minutes(window).ok_or_else(|| {
                format!("window {window:?} is not valid; expected whole minutes, such as \"5 minutes\"")
            })?,
        };
        Ok(Self::Above { per_minute, minutes })
    }
}

/// When an alert is sent, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Policy {
    pub(super) route: Route,
    pub(super) threshold: Threshold,
}

impl Policy {
    /// The severity matrix. A severity that alerts nobody has no entry.
    pub(super) fn of_severity(severity: Severity) -> Option<Self> {
        let Alert { route, threshold, window, .. } = Alert::of_severity(severity);
        if route == LOGS {
            return None;
        }
        // The matrix is parsed like the alerts of codes; a test reads all of it.
        let threshold = Threshold::parse(threshold?, window).ok()?;
        Some(Self { route, threshold })
    }

    /// Reads the field `alert` of a code. A route without a threshold uses the threshold of the severity with that route, or any
    /// occurrence.
    ///
    /// # Errors
    /// The part that is invalid, with what was expected.
    pub(super) fn parse(
        route: Route,
        threshold: Option<&'static str>,
        window: Option<&'static str>,
    ) -> Result<Self, String> {
        let of_route = |route| {
            let all = Severity::ALL.iter().filter_map(|severity| Self::of_severity(*severity));
            all.into_iter().find(|policy| policy.route == route).map(|policy| policy.threshold)
        };
        let threshold = match (threshold, window) {
            (None, None) => of_route(route).unwrap_or(Threshold::Any),
            (None, Some(window)) => return Err(without_rate(window)),
            (Some(text), window) => Threshold::parse(text, window)?,
        };
        Ok(Self { route, threshold })
    }
}

/// Describes a window that no rate applies to.
fn without_rate(window: &str) -> String {
    format!("window {window:?} has no rate; expected a threshold such as \">10/min\" beside it, or no window")
}

/// Reads a duration such as `5 minutes` or `1h`, in whole minutes.
fn minutes(text: &str) -> Option<u32> {
    let crate::logs::time::Length(millis) = crate::logs::time::Length::parse(text).ok()?;
    u32::try_from(millis / 60_000).ok().filter(|minutes| i64::from(*minutes) * 60_000 == millis && *minutes > 0)
}

/// A code whose alert differs from that of its severity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exception {
    pub(super) record: &'static Record,
    pub(super) policy: Policy,
}

/// Returns the codes whose alert differs from that of their severity, except former codes, which are not counted.
///
/// # Errors
/// The first invalid alert of a code.
pub(super) fn exceptions() -> Result<Vec<Exception>, String> {
    let mut exceptions = Vec::new();
    for record in records().filter(|record| record.superseded_by.is_none()) {
        let Some(alert) = record.alert else { continue };
        let policy = Policy::parse(alert.route, alert.threshold, alert.window)
            .map_err(|problem| format!("alert of {}: {problem}", record.full_name()))?;
        let is_usual = match Policy::of_severity(record.severity) {
            Some(usual) => usual == policy,
            None => policy.route == LOGS,
        };
        if !is_usual {
            exceptions.push(Exception { record, policy });
        }
    }
    Ok(exceptions)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE_AND_ESCALATE: Route = Alert::PAGE_AND_ESCALATE;
    const PAGE: Route = Alert::PAGE;
    const CHAT: Route = Alert::CHAT;

    #[test]
    fn the_matrix_is_read() {
        let above =
            |route, per_minute, minutes| Some(Policy { route, threshold: Threshold::Above { per_minute, minutes } });
        let fatal = Some(Policy { route: PAGE_AND_ESCALATE, threshold: Threshold::Any });
        assert_eq!(Policy::of_severity(Severity::Fatal), fatal);
        assert_eq!(Policy::of_severity(Severity::Error), above(PAGE, 10, 5));
        assert_eq!(Policy::of_severity(Severity::Warn), above(CHAT, 20, 15));
        assert_eq!(Policy::of_severity(Severity::Info), None);
    }

    #[test]
    fn the_field_of_a_code_is_read() {
        let above =
            |route, per_minute, minutes| Ok(Policy { route, threshold: Threshold::Above { per_minute, minutes } });
        assert_eq!(Policy::parse(PAGE, Some(">10/min"), Some("5 minutes")), above(PAGE, 10, 5));
        assert_eq!(Policy::parse(CHAT, Some(">20/min"), Some("15 minutes")), above(CHAT, 20, 15));
        assert_eq!(Policy::parse(CHAT, None, None), above(CHAT, 20, 15));
        assert_eq!(Policy::parse("duty", Some("> 3 /min"), Some("1h")), above("duty", 3, 60));
        let any = |route| Ok(Policy { route, threshold: Threshold::Any });
        assert_eq!(Policy::parse(PAGE_AND_ESCALATE, Some("any occurrence"), None), any(PAGE_AND_ESCALATE));
        assert_eq!(Policy::parse(LOGS, None, None), any(LOGS));
        let often = Policy::parse(PAGE, Some("often"), None);
        assert_eq!(
            often,
            Err("threshold \"often\" is not valid; expected \">10/min\" or \"any occurrence\"".to_owned())
        );
        let short = Policy::parse(PAGE, Some(">1/min"), Some("10s"));
        assert!(short.is_err_and(|problem| problem.starts_with("window \"10s\" is not valid")));
    }

    #[test]
    fn a_window_needs_a_rate() {
        let expected =
            "window \"5 minutes\" has no rate; expected a threshold such as \">10/min\" beside it, or no window";
        for (route, threshold) in [(PAGE, None), ("duty", None), (LOGS, None), (PAGE, Some(Alert::ANY))] {
            let policy = Policy::parse(route, threshold, Some("5 minutes"));
            assert_eq!(policy, Err(expected.to_owned()), "{route} {threshold:?}");
        }
    }

    #[test]
    fn the_codes_of_this_registry_follow_the_matrix_except_for_one() -> Result<(), String> {
        let exceptions: Vec<_> =
            exceptions()?.iter().map(|exception| (exception.record.code, exception.policy.route)).collect();
        assert_eq!(exceptions, [("NX-MCP-011", LOGS)]);
        Ok(())
    }
}
