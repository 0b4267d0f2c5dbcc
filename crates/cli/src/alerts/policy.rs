use mcp_error_codes::{Record, Severity, records};

/// Where an alert goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    PageAndEscalate,
    Page,
    Chat,
    /// Nobody is told.
    Logs,
}

impl Route {
    /// The word in `alert.route` of a code, and the label of an alert.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::PageAndEscalate => "page-and-escalate",
            Self::Page => "page",
            Self::Chat => "chat",
            Self::Logs => "logs",
        }
    }

    const ALL: [Self; 4] = [Self::PageAndEscalate, Self::Page, Self::Chat, Self::Logs];
}

/// How often an error has to occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Threshold {
    Any,
    /// More than so many a minute, for so many minutes.
    Above {
        per_minute: u32,
        minutes: u32,
    },
}

/// When an alert goes where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Policy {
    pub(super) route: Route,
    pub(super) threshold: Threshold,
}

impl Policy {
    /// The severity matrix. It has no entry for a severity that alerts nobody.
    pub(super) const fn of_severity(severity: Severity) -> Option<Self> {
        match severity {
            Severity::Fatal => Some(Self { route: Route::PageAndEscalate, threshold: Threshold::Any }),
            Severity::Error => {
                Some(Self { route: Route::Page, threshold: Threshold::Above { per_minute: 10, minutes: 5 } })
            }
            Severity::Warn => {
                Some(Self { route: Route::Chat, threshold: Threshold::Above { per_minute: 20, minutes: 15 } })
            }
            _ => None,
        }
    }

    /// Reads the field `alert` of a code. A route without a threshold has that of the severity which goes there. Returns `None` if
    /// a word is none of ours.
    pub(super) fn parse(route: &str, threshold: Option<&str>, window: Option<&str>) -> Option<Self> {
        let route = Route::ALL.into_iter().find(|known| known.as_str() == route)?;
        let of_route = Severity::ALL.iter().filter_map(|severity| Self::of_severity(*severity));
        let usual = of_route.into_iter().find(|policy| policy.route == route).map(|policy| policy.threshold);
        let threshold = match threshold {
            None => usual.unwrap_or(Threshold::Any),
            Some(text) if text.starts_with("any") => Threshold::Any,
            Some(text) => {
                let per_minute = text.trim().strip_prefix('>')?.strip_suffix("/min")?.trim().parse().ok()?;
                let minutes = match window {
                    None => 5,
                    Some(window) => minutes(window)?,
                };
                Threshold::Above { per_minute, minutes }
            }
        };
        Some(Self { route, threshold })
    }
}

/// Reads a length of time such as `5 minutes` or `1h`, in whole minutes.
fn minutes(text: &str) -> Option<u32> {
    let crate::logs::time::Length(millis) = crate::logs::time::Length::parse(text).ok()?;
    u32::try_from(millis / 60_000).ok().filter(|minutes| i64::from(*minutes) * 60_000 == millis && *minutes > 0)
}

/// A code whose alert is not that of its severity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exception {
    pub(super) record: &'static Record,
    pub(super) policy: Policy,
}

/// Returns the codes whose alert is not that of their severity. Former codes are not counted, so that none of them is here.
pub(super) fn exceptions() -> Vec<Exception> {
    let is_counted = |record: &&'static Record| record.superseded_by.is_none();
    let exception = |record: &'static Record| {
        let policy = own(record)?;
        let usual = Policy::of_severity(record.severity);
        let silent = Policy { route: Route::Logs, threshold: Threshold::Any };
        (policy.route != usual.unwrap_or(silent).route || usual.is_some_and(|usual| usual != policy))
            .then_some(Exception { record, policy })
    };
    records().filter(is_counted).filter_map(exception).collect()
}

/// Returns what a code says of its own alert.
fn own(_record: &'static Record) -> Option<Policy> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_of_a_code_is_read() {
        let above =
            |route, per_minute, minutes| Some(Policy { route, threshold: Threshold::Above { per_minute, minutes } });
        assert_eq!(Policy::parse("page", Some(">10/min"), Some("5 minutes")), above(Route::Page, 10, 5));
        assert_eq!(Policy::parse("chat", Some(">20/min"), Some("15 minutes")), above(Route::Chat, 20, 15));
        assert_eq!(Policy::parse("chat", None, None), above(Route::Chat, 20, 15));
        assert_eq!(Policy::parse("page", Some("> 3 /min"), Some("1h")), above(Route::Page, 3, 60));
        let any = |route| Some(Policy { route, threshold: Threshold::Any });
        assert_eq!(Policy::parse("page-and-escalate", Some("any occurrence"), None), any(Route::PageAndEscalate));
        assert_eq!(Policy::parse("logs", None, None), any(Route::Logs));
        assert_eq!(Policy::parse("pager", None, None), None);
        assert_eq!(Policy::parse("page", Some("often"), None), None);
        assert_eq!(Policy::parse("page", Some(">1/min"), Some("10s")), None);
    }
}
