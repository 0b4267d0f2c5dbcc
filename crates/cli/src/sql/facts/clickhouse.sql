-- The errors. `details` is a JSON object.
CREATE TABLE IF NOT EXISTS mcp_errors (
  error_code LowCardinality(String),
  system LowCardinality(Nullable(String)),
  status_code Nullable(Int64),
  category LowCardinality(Nullable(String)),
  recoverable Nullable(Bool),
  severity LowCardinality(Nullable(String)),
  timestamp Nullable(DateTime64(3, 'UTC')),
  module LowCardinality(Nullable(String)),
  tool_name LowCardinality(Nullable(String)),
  error_type LowCardinality(Nullable(String)),
  endpoint LowCardinality(Nullable(String)) DEFAULT tool_name,
  message Nullable(String),
  details String DEFAULT '{}',
  rca_completed_at Nullable(DateTime64(3, 'UTC'))
) ENGINE = MergeTree ORDER BY (error_code, timestamp) SETTINGS allow_nullable_key = 1;

-- How many requests an endpoint received in the period that ends at `timestamp`.
CREATE TABLE IF NOT EXISTS mcp_requests (
  endpoint String,
  timestamp DateTime64(3, 'UTC'),
  requests Int64
) ENGINE = ReplacingMergeTree ORDER BY (endpoint, timestamp);

-- The share of an endpoint's requests that may fail with a code.
CREATE TABLE IF NOT EXISTS mcp_budgets (
  system String,
  error_code String,
  budget Float64
) ENGINE = MergeTree ORDER BY (system, error_code);
INSERT INTO mcp_budgets SELECT 'hyper-bun', 'NX-MCP-001', 0.005
  WHERE (SELECT count() FROM mcp_budgets WHERE system = 'hyper-bun' AND error_code = 'NX-MCP-001') = 0;

-- Your own events that errors may have caused. `keys` is a JSON object of texts, such as {"bookmaker": "draftkings"}: an error
-- belongs to an event if its details, or columns with these names, have all of these values.
CREATE TABLE IF NOT EXISTS mcp_events (
  event_id String,
  timestamp DateTime64(3, 'UTC'),
  value Nullable(Float64),
  keys String DEFAULT '{}'
) ENGINE = ReplacingMergeTree ORDER BY event_id;
