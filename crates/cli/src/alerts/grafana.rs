use serde_json::{Value, json};

use crate::alerts::prometheus::PER_MINUTE;

/// A panel: its title, its kind, its position and size in the grid, and its query with the legend.
struct Panel {
    title: &'static str,
    kind: &'static str,
    place: [u8; 4],
    query: &'static str,
    legend: &'static str,
}

const PANELS: [Panel; 6] = [
    Panel {
        title: "Errors per minute, by code",
        kind: "timeseries",
        place: [0, 0, 16, 9],
        query: r#"sum by (system, code) (rate(mcp_errors_total{system=~"$system"}[$__rate_interval])) * 60"#,
        legend: "{{system}}:{{code}}",
    },
    Panel {
        title: "Errors, by severity",
        kind: "stat",
        place: [16, 0, 8, 9],
        query: r#"sum by (severity) (increase(mcp_errors_total{system=~"$system"}[$__range]))"#,
        legend: "{{severity}}",
    },
    Panel {
        title: "Most frequent codes",
        kind: "bargauge",
        place: [0, 9, 12, 9],
        query: r#"topk(10, sum by (system, code) (increase(mcp_errors_total{system=~"$system"}[$__range])))"#,
        legend: "{{system}}:{{code}}",
    },
    Panel {
        title: "Errors per minute, by surface",
        kind: "timeseries",
        place: [12, 9, 12, 9],
        query: r#"sum by (surface) (rate(mcp_errors_total{system=~"$system"}[$__rate_interval])) * 60"#,
        legend: "{{surface}}",
    },
    Panel {
        title: "Errors that alert, per minute",
        kind: "timeseries",
        place: [0, 18, 12, 9],
        query: r#"code:mcp_errors:per_minute{severity=~"ERROR|FATAL|WARN", system=~"$system"}"#,
        legend: "{{severity}} {{system}}:{{code}}",
    },
    Panel {
        title: "Alerts",
        kind: "table",
        place: [12, 18, 12, 9],
        query: r#"ALERTS{alertname=~"Mcp.*", system=~"$system"}"#,
        legend: "{{alertname}} {{system}}:{{code}}",
    },
];

/// Returns the dashboard. Grafana asks for the data source on import.
pub(super) fn dashboard() -> Value {
    debug_assert!(PANELS.iter().any(|panel| panel.query.starts_with(PER_MINUTE)));
    let source = json!({ "type": "prometheus", "uid": "${datasource}" });
    let panels = (1..).zip(&PANELS).map(|(id, panel)| {
        let [x, y, width, height] = panel.place;
        json!({
            "id": id,
            "title": panel.title,
            "type": panel.kind,
            "datasource": source,
            "gridPos": { "x": x, "y": y, "w": width, "h": height },
            "fieldConfig": { "defaults": { "unit": "short", "min": 0 }, "overrides": [] },
            "targets": [{
                "refId": "A",
                "datasource": source,
                "expr": panel.query,
                "legendFormat": panel.legend,
                "instant": panel.kind != "timeseries",
                "range": panel.kind == "timeseries",
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
