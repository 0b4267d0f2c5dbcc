//! Prometheus reads the counters of the server, and every query of the dashboard that `mcp-errors alerts --grafana`
//! writes returns a result.
//!
//! Without Prometheus, the test prints that it is skipped, unless `ENGINES=required` is set.

use std::error::Error;
use std::fs;
use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::answer::Answer;
use crate::server::{Checked, Server};

/// The output of the command, which its own tests check.
const WRITTEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../crates/cli/tests/expected");

/// The time within which every query must return a result.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn every_query_of_the_dashboard_has_a_result() -> Checked {
    let Some(server) = Server::start(&[])? else { return Ok(()) };
    let counted = server.ask_freely("/metrics", &[])?;
    assert_eq!((counted.status, counted.header("content-type")), (200, Some("text/plain; version=0.0.4")));
    let Some(prometheus) = Prometheus::start(&server)? else { return Ok(()) };

    let dashboard: Value = serde_json::from_slice(&fs::read(Path::new(WRITTEN).join("alerts_grafana.json"))?)?;
    let panels = dashboard["panels"].as_array().ok_or("there are no panels")?;
    let queries: Vec<&str> = panels.iter().filter_map(|panel| panel["targets"][0]["expr"].as_str()).collect();
    assert_eq!(queries.len(), panels.len());
    let begin = Instant::now();
    let mut missing = queries;
    while !missing.is_empty() {
        assert!(begin.elapsed() < PATIENCE, "without a result: {missing:?}");
        // Enough for the alert of a WARN to be pending.
        for _ in 0..5 {
            assert_eq!(server.ask("/notes/gone", &[])?.status, 404);
        }
        sleep(Duration::from_millis(500));
        let mut rest = Vec::new();
        for query in missing {
            if prometheus.query(query)?.as_array().is_none_or(Vec::is_empty) {
                rest.push(query);
            }
        }
        missing = rest;
    }
    let systems = prometheus.get("label/system/values", &["match[]=mcp_errors_total"])?;
    assert_eq!(systems, serde_json::json!(["filesystem"]));
    let count = prometheus.query(r#"sum(mcp_errors_total{system="filesystem", code="FS-001", severity="WARN"})"#)?;
    assert!(
        count[0]["value"][1].as_str().is_some_and(|count| count.parse::<f64>().is_ok_and(|count| count > 20.0)),
        "{count}"
    );
    Ok(())
}

struct Prometheus {
    url: String,
    process: Child,
    _folder: TempDir,
}

impl Prometheus {
    /// Starts Prometheus, which scrapes the server every second. Returns `None` if Prometheus is not installed.
    fn start(server: &Server) -> Result<Option<Self>, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let target = server.url.trim_start_matches("http://");
        let rules = Path::new(WRITTEN).join("alerts.yml");
        let configuration = format!(
            "global: {{scrape_interval: 1s, evaluation_interval: 1s}}\nrule_files: [{:?}]\nscrape_configs:\n  - job_name: notes\n    \
             static_configs: [{{targets: [{target:?}]}}]\n",
            rules.display().to_string()
        );
        fs::write(folder.path().join("prometheus.yml"), configuration)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let process = Command::new("prometheus")
            .arg(format!("--config.file={}", path("prometheus.yml")))
            .arg(format!("--storage.tsdb.path={}", path("data")))
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match process {
            Ok(process) => Ok(Some(Self { url: format!("http://127.0.0.1:{port}"), process, _folder: folder })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let reason = "prometheus is not installed; run .ci/install-clients";
                if std::env::var_os("ENGINES").is_some_and(|value| value == "required") {
                    return Err(reason.into());
                }
                println!("skipped: {reason}");
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Runs a query of the dashboard, with values for its variables. There is no result while Prometheus starts.
    fn query(&self, query: &str) -> Result<Value, Box<dyn Error>> {
        let query = query.replace("$__rate_interval", "30s").replace("$__range", "1m").replace("$system", ".*");
        assert!(!query.contains("[$") && !query.contains("\"$"), "a variable without a value: {query}");
        Ok(self.get("query", &[&format!("query={query}")])?["result"].take())
    }

    fn get(&self, path: &str, parameters: &[&str]) -> Result<Value, Box<dyn Error>> {
        let url = format!("{}/api/v1/{path}", self.url);
        let parameters: Vec<&str> = parameters.iter().flat_map(|pair| ["--data-urlencode", pair]).collect();
        let Ok(answer) = Answer::to(&[&["-G", url.as_str()], &parameters[..]].concat()) else { return Ok(Value::Null) };
        if answer.status == 503 {
            return Ok(Value::Null);
        }
        let mut answer = answer.json()?;
        assert_eq!(answer["status"], "success", "{answer}");
        Ok(answer["data"].take())
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
