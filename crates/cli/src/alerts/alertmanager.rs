use crate::catalogue;

/// Returns an example of the routes. The keys are read from files, so the configuration contains no secret.
pub(super) fn configuration() -> String {
    CONFIGURATION.replace("COMMAND", &catalogue::get().command)
}

const CONFIGURATION: &str = r##"# Routes for the alerts of `COMMAND alerts`. Replace the receivers with yours.
route:
  receiver: logs
  group_by: [system, code]
  group_wait: 10s
  group_interval: 5m
  repeat_interval: 4h
  routes:
    - matchers: [route="page-and-escalate"]
      receiver: page-and-escalate
      group_wait: 0s
    - matchers: [route="page"]
      receiver: page
    - matchers: [route="chat"]
      receiver: chat
receivers:
  # Receives alerts without a route. They are in the log.
  - name: logs
  - name: page
    pagerduty_configs:
      - routing_key_file: /etc/alertmanager/pagerduty-key
        severity: error
  # A separate service with an escalation policy.
  - name: page-and-escalate
    pagerduty_configs:
      - routing_key_file: /etc/alertmanager/pagerduty-escalation-key
        severity: critical
  - name: chat
    slack_configs:
      - api_url_file: /etc/alertmanager/slack-url
        channel: '#mcp-errors'
        title: '{{ .CommonAnnotations.summary }}'
        text: '{{ .CommonAnnotations.description }}'
inhibit_rules:
  # Whoever is paged for a code's worst error needs no message about its other alerts.
  - source_matchers: [route="page-and-escalate"]
    target_matchers: [route=~"page|chat"]
    equal: [system, code]
"##;
