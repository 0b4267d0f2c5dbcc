use serde_json::{Value, json};

use crate::alerts::prometheus::PER_MINUTE;

/// A panel: its title, its kind, its position and size in the grid, and its query with the legend.
struct Panel(&'static str, &'static str, [u8; 4], &'static str, &'static str);

#[rustfmt::skip]
const PANELS: [Panel; 6] = [
    Panel("Errors per minute, by code", "timeseries", [0, 0, 16, 9],
        r#"sum by (system, code) (rate(mcp_errors_total{system=~"$system"}[$__rate_interval])) * 60"#, "{{system}}:{{code}}"),
    Panel("Errors, by severity", "stat", [16, 0, 8, 9],
        r#"sum by (severity) (increase(mcp_errors_total{system=~"$system"}[$__range]))"#, "{{severity}}"),
    Panel("Most frequent codes", "bargauge", [0, 9, 12, 9],
        r#"topk(10, sum by (system, code) (increase(mcp_errors_total{system=~"$system"}[$__range])))"#, "{{system}}:{{code}}"),
    Panel("Errors per minute, by surface", "timeseries", [12, 9, 12, 9],
        r#"sum by (surface) (rate(mcp_errors_total{system=~"$system"}[$__rate_interval])) * 60"#, "{{surface}}"),
    Panel("Errors that alert, per minute", "timeseries", [0, 18, 12, 9],
        r#"code:mcp_errors:per_minute{severity=~"ERROR|FATAL|WARN", system=~"$system"}"#, "{{severity}} {{system}}:{{code}}"),
    Panel("Alerts", "table", [12, 18, 12, 9],
        r#"ALERTS{alertname=~"Mcp.*", system=~"$system"}"#, "{{alertname}} {{system}}:{{code}}"),
];

/// Returns the dashboard. Grafana asks for the data source on import.
pub(super) fn dashboard() -> Value {
    debug_assert!(PANELS.iter().any(|Panel(.., query, _)| query.starts_with(PER_MINUTE)));
    let source = json!({ "type": "prometheus", "uid": "${datasource}" });
    let panels = (1..).zip(&PANELS).map(|(id, Panel(title, kind, [x, y, width, height], query, legend))| {
        json!({
            "id": id,
            "title": title,
            "type": kind,
            "datasource": source,
            "gridPos": { "x": x, "y": y, "w": width, "h": height },
            "fieldConfig": { "defaults": { "unit": "short", "min": 0 }, "overrides": [] },
            "targets": [{
                "refId": "A",
                "datasource": source,
                "expr": query,
                "legendFormat": legend,
                "instant": *kind != "timeseries",
                "range": *kind == "timeseries",
            }],
        })
    });
    json!({
        "title": "MCP errors",
        "uid": "mcp-errors",
        "tags": ["mcp"],
        "schemaVersion": 39,
        "version": 1,
        "editable": true,
        "refresh": "30s",
        "time": { "from": "now-6h", "to": "now" },
        "templating": { "list": [
            { "name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus" },
            {
                "name": "system",
                "label": "System",
                "type": "query",
                "datasource": source,
                "query": { "query": "label_values(mcp_errors_total, system)", "refId": "system" },
                "includeAll": true,
                "allValue": ".*",
                "multi": true,
                "current": { "text": "All", "value": "$__all" },
                "refresh": 2,
            },
        ] },
        "panels": panels.collect::<Vec<_>>(),
    })
}
