//! The official tools read the rules, which fire at the thresholds of the document and not below them.

use std::process::Command;

use serde_json::Value;

use crate::operations::engines::skip;
use crate::operations::fixture::Folder;
use crate::run::{Checked, expect, run};

#[test]
fn the_rules_are_those_of_the_severity_matrix() {
    expect("alerts.yml", &run(&["alerts"]).found());
    expect("alerts_alertmanager.yml", &run(&["alerts", "--alertmanager"]).found());
    expect("alerts_grafana.json", &run(&["alerts", "--grafana"]).found());
    expect("alerts_logql.txt", &run(&["alerts", "--logql", "--selector", r#"{app="notes"}"#]).found());
}

#[test]
fn the_tools_of_prometheus_accept_the_rules_and_fire_on_the_right_side_of_each_threshold() -> Checked {
    let folder = Folder::new();
    folder.write("rules.yml", run(&["alerts"]).found());
    folder.write("tests.yml", include_str!("alerts/tests.yml"));
    tool("promtool", &["check", "rules", &folder.text("rules.yml")])?;
    tool("promtool", &["test", "rules", &folder.text("tests.yml")])
}

#[test]
fn the_tool_of_alertmanager_accepts_the_routes_and_sends_each_alert_to_its_receiver() -> Checked {
    let folder = Folder::new();
    folder.write("alertmanager.yml", run(&["alerts", "--alertmanager"]).found());
    let file = folder.text("alertmanager.yml");
    tool("amtool", &["check-config", &file])?;
    for (labels, receiver) in [
        ("route=page-and-escalate", "page-and-escalate"),
        ("route=page", "page"),
        ("route=chat", "chat"),
        ("alertname=Other", "logs"),
    ] {
        let verify = format!("--verify.receivers={receiver}");
        tool("amtool", &["config", "routes", "test", "--config.file", &file, &verify, labels])?;
    }
    Ok(())
}

#[test]
fn the_dashboard_has_a_query_in_each_panel() -> Checked {
    let dashboard: Value = serde_json::from_str(&run(&["alerts", "--grafana"]).found())?;
    let panels = dashboard["panels"].as_array().ok_or("there are no panels")?;
    assert!(panels.len() >= 5);
    for panel in panels {
        assert!(
            panel["targets"][0]["expr"]
                .as_str()
                .is_some_and(|query| query.contains("mcp_errors") || query.contains("ALERTS"))
        );
    }
    Ok(())
}

/// Runs a tool, which may be missing.
fn tool(name: &str, words: &[&str]) -> Checked {
    let output = match Command::new(name).args(words).output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            skip(name);
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() { Ok(()) } else { Err(format!("{name} {words:?}: {text}").into()) }
}
