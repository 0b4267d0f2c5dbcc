use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::logs::time::{Millis, Moment};
use crate::outcome::{Failure, Outcome};
use crate::present::Present;
use crate::sql::{self, Windows};
use crate::store::database::{Store, StoreOption};
use crate::store::search::Wanted;
use crate::terminal::Terminal;
use crate::{catalogue, json, table};

/// Compare the error rate of a code with a budget, per endpoint
///
/// Errors come from the logs in the store, and request counts from `ingest --requests`. The exit status is 1 if a budget is
/// exceeded.
#[derive(Debug, Args)]
pub(crate) struct Budget {
    /// The code. Occurrences of its former codes count too
    #[arg(default_value_t = catalogue::sample().code_text().to_string(), allow_negative_numbers = true)]
    code: String,

    /// The share of requests that may fail with the code: 0.5% or 0.005
    #[arg(long, value_name = "SHARE", default_value = "0.5%", value_parser = parse_share)]
    budget: f64,

    /// Count from this time on: 1h, 30d, or a time
    #[arg(long, value_name = "WHEN", default_value = "30d", value_parser = Moment::parse, allow_hyphen_values = true)]
    since: Moment,

    #[command(flatten)]
    present: Present,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = Format::Table)]
    format: Format,

    #[command(flatten)]
    store: StoreOption,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One line per endpoint
    Table,
    /// An array
    Json,
}

fn parse_share(text: &str) -> Result<f64, String> {
    let (number, unit) = text.trim().strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
    let share = number.trim().parse::<f64>().ok().map(|number| number / unit);
    share.filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "expected a share such as 0.5% or 0.005".to_owned())
}

/// The rate of an endpoint. Without a request count there is no rate, and it is not known whether the budget is exceeded.
#[derive(Debug, Serialize)]
struct Endpoint {
    error_code: String,
    endpoint: String,
    errors: i64,
    requests: Option<i64>,
    error_rate: Option<f64>,
    budget: f64,
    is_spent: Option<bool>,
}

impl Budget {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<Outcome, Failure> {
        let store = self.store.open()?;
        let wanted = Wanted::parse(&self.code)?;
        let code = wanted.current_code();
        let Some(system) = wanted.system() else {
            return Err(Failure::Usage(format!("no registry defines {:?}", self.code)));
        };
        let since = self.since.before(self.present.get());
        let endpoints = self.ask(&store, system, code, since).map_err(|error| store.failure(&error))?;
        terminal.print(&match self.format {
            Format::Json => json::pretty(&endpoints)?,
            Format::Table if endpoints.is_empty() => String::new(),
            Format::Table => as_table(&endpoints, terminal.table_width()),
        })?;
        if endpoints.is_empty() {
            terminal.complain(&format!("the store has no requests and no {code} errors in this period"));
        }
        let is_spent = endpoints.iter().any(|endpoint| endpoint.is_spent == Some(true));
        Ok(if is_spent || endpoints.is_empty() { Outcome::NotFound } else { Outcome::Found })
    }

    fn ask(&self, store: &Store, system: &str, code: &str, since: Millis) -> rusqlite::Result<Vec<Endpoint>> {
        store.connection.execute_batch(&sql::temporary(&Windows { since: Some(since), ..Windows::default() }))?;
        store.connection.execute("INSERT INTO temp.mcp_budgets VALUES (?1, ?2, ?3)", (system, code, self.budget))?;
        let mut all = store.connection.prepare(
            "SELECT * FROM mcp_error_budget ORDER BY error_rate IS NULL, error_rate DESC, errors DESC, endpoint",
        )?;
        let rows = all.query_map([], |row| {
            Ok(Endpoint {
                error_code: row.get("error_code")?,
                endpoint: row.get("endpoint")?,
                errors: row.get("errors")?,
                requests: row.get("requests")?,
                error_rate: row.get("error_rate")?,
                budget: row.get("budget")?,
                is_spent: row.get("is_spent")?,
            })
        })?;
        rows.collect()
    }
}

fn as_table(endpoints: &[Endpoint], width: Option<usize>) -> String {
    let percent = |share: f64| format!("{:.3} %", share * 100.0);
    let row = |endpoint: &Endpoint| {
        vec![
            endpoint.endpoint.clone(),
            endpoint.errors.to_string(),
            endpoint.requests.map_or_else(|| "?".to_owned(), |requests| requests.to_string()),
            endpoint.error_rate.map_or_else(|| "?".to_owned(), percent),
            percent(endpoint.budget),
            endpoint.is_spent.map_or("unknown", |is_spent| if is_spent { "spent" } else { "kept" }).to_owned(),
        ]
    };
    let rows: Vec<_> = endpoints.iter().map(row).collect();
    table::framed(&["Endpoint", "Errors", "Requests", "Error Rate", "Budget", "State"], &rows, width)
}
