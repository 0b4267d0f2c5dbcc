use crate::{Alert, Record, Severity};

/// The severity matrix of the Hyper-Bun reference: who is alerted, and when.
impl Alert {
    /// Pages the engineer on call.
    pub const PAGE: &'static str = "page";
    /// Pages the engineer on call, and escalates if nobody answers.
    pub const PAGE_AND_ESCALATE: &'static str = "page-and-escalate";
    /// Writes a message to a channel.
    pub const CHAT: &'static str = "chat";
    /// Alerts nobody.
    pub const LOGS: &'static str = "logs";

    /// The threshold of an alert at the first error.
    pub const ANY: &'static str = "any occurrence";

    /// Returns the alert of a severity.
    ///
    /// ```
    /// use mcp_error_codes_core::{Alert, Severity};
    ///
    /// assert_eq!(Alert::of_severity(Severity::Fatal).route, "page-and-escalate");
    /// assert_eq!(Alert::of_severity(Severity::Error).threshold, Some(">10/min"));
    /// ```
    #[must_use]
    pub const fn of_severity(severity: Severity) -> Self {
        match severity {
            Severity::Fatal => Self { route: Self::PAGE_AND_ESCALATE, threshold: Some(Self::ANY), window: None },
            Severity::Error => Self { route: Self::PAGE, threshold: Some(">10/min"), window: Some("5 minutes") },
            Severity::Warn => Self { route: Self::CHAT, threshold: Some(">20/min"), window: Some("15 minutes") },
            Severity::Info => Self { route: Self::LOGS, threshold: None, window: None },
        }
    }

    /// Returns whether the alert pages somebody.
    #[must_use]
    pub fn pages_somebody(&self) -> bool {
        self.route.starts_with(Self::PAGE)
    }
}

impl Record {
    /// Returns whether an alert of the code pages somebody, by its own [`alert`](Self::alert) or by the default of its severity. A
    /// deprecated code pages nobody, because its successor counts.
    #[must_use]
    pub fn pages_somebody(&self) -> bool {
        !self.is_deprecated() && self.alert_or_default().pages_somebody()
    }

    /// Returns the alert of the code, or the default of its severity.
    #[must_use]
    pub fn alert_or_default(&self) -> Alert {
        self.alert.unwrap_or(Alert::of_severity(self.severity))
    }
}
