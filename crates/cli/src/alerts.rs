//! When to page somebody: the severity matrix for the tools that watch `mcp_errors_total`.

mod alertmanager;
mod grafana;
mod logql;
mod policy;
mod prometheus;

use clap::Args;

use crate::catalogue;
use crate::outcome::{Failure, Outcome};
use crate::terminal::Terminal;

/// Write alert rules for the counter `mcp_errors_total`
///
/// Without an option, writes recording and alert rules for Prometheus. FATAL errors alert at once, ERROR above 10 a minute for 5
/// minutes, WARN above 20 a minute for 15 minutes, INFO never. A code's own field `alert` takes precedence.
#[derive(Debug, Args)]
pub(crate) struct Alerts {
    /// Write example routes for Alertmanager instead
    #[arg(long, group = "what")]
    alertmanager: bool,

    /// Write a Grafana dashboard instead
    #[arg(long, group = "what")]
    grafana: bool,

    /// Write Loki log queries instead
    #[arg(long, group = "what")]
    logql: bool,

    /// The log streams that the Loki queries select
    #[arg(long, value_name = "SELECTOR", default_value_t = selector(), requires = "logql")]
    selector: String,
}

impl Alerts {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        terminal.print(&match self {
            Self { alertmanager: true, .. } => alertmanager::configuration(),
            Self { grafana: true, .. } => crate::json::pretty(&grafana::dashboard())?,
            Self { logql: true, selector, .. } => logql::queries(selector),
            _ => prometheus::rules().map_err(Failure::File)?,
        })?;
        Ok(Outcome::Found)
    }
}

/// Selects the logs of the system of the example.
fn selector() -> String {
    format!("{{app={:?}}}", catalogue::sample().system.name)
}
