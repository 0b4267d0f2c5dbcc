-- The errors. Times are milliseconds since 1970. A store of `mcp-errors ingest` already has the table.
CREATE TABLE IF NOT EXISTS mcp_errors (
{errors}
);
CREATE INDEX IF NOT EXISTS mcp_errors_by_code ON mcp_errors (error_code, timestamp);
CREATE INDEX IF NOT EXISTS mcp_errors_by_time ON mcp_errors (timestamp);

-- How many requests an endpoint received in the period that ends at `timestamp`.
CREATE TABLE IF NOT EXISTS mcp_requests (
  endpoint TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  PRIMARY KEY (endpoint, timestamp)
);

-- The share of an endpoint's requests that may fail with a code.
CREATE TABLE IF NOT EXISTS mcp_budgets (
  system TEXT NOT NULL,
  error_code TEXT NOT NULL,
  budget REAL NOT NULL,
  PRIMARY KEY (system, error_code)
);
INSERT OR IGNORE INTO mcp_budgets VALUES ('hyper-bun', 'NX-MCP-001', 0.005);

-- Your own events that errors may have caused. `keys` is a JSON object of texts, such as {"bookmaker": "draftkings"}: an error
-- belongs to an event if its details, or columns with these names, have all of these values.
CREATE TABLE IF NOT EXISTS mcp_events (
  event_id TEXT PRIMARY KEY,
  timestamp INTEGER NOT NULL,
  value REAL,
  keys TEXT NOT NULL DEFAULT '{}'
);
