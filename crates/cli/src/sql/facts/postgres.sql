-- The errors.
CREATE TABLE IF NOT EXISTS mcp_errors (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  error_code TEXT NOT NULL,
  system TEXT,
  status_code INTEGER,
  category TEXT,
  recoverable BOOLEAN,
  severity TEXT,
  timestamp TIMESTAMPTZ,
  module TEXT,
  tool_name TEXT,
  error_type TEXT,
  endpoint TEXT,
  message TEXT,
  details JSONB NOT NULL DEFAULT '{}',
  rca_completed_at TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS mcp_errors_by_code ON mcp_errors (error_code, timestamp);
CREATE INDEX IF NOT EXISTS mcp_errors_by_time ON mcp_errors (timestamp);

-- Each line of JSON that is copied to this view becomes an error.
CREATE OR REPLACE VIEW mcp_error_lines AS SELECT CAST(NULL AS TEXT) AS line WHERE FALSE;
CREATE OR REPLACE FUNCTION mcp_take_error_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO mcp_errors (error_code, system, status_code, category, recoverable, severity, timestamp, module, tool_name,
    error_type, endpoint, message, details, rca_completed_at)
  SELECT error_code, system, status_code, category, recoverable, severity, timestamp, module, tool_name,
    error_type, coalesce(endpoint, tool_name), message, coalesce(details, '{}'), rca_completed_at
  FROM jsonb_to_record(CAST(NEW.line AS JSONB)) AS line(error_code TEXT, system TEXT, status_code INTEGER, category TEXT,
    recoverable BOOLEAN, severity TEXT, timestamp TIMESTAMPTZ, module TEXT, tool_name TEXT, error_type TEXT, endpoint TEXT,
    message TEXT, details JSONB, rca_completed_at TIMESTAMPTZ);
  RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER mcp_take_error_line INSTEAD OF INSERT ON mcp_error_lines
  FOR EACH ROW EXECUTE FUNCTION mcp_take_error_line();

-- How many requests an endpoint received in the period that ends at `timestamp`.
CREATE TABLE IF NOT EXISTS mcp_requests (
  endpoint TEXT NOT NULL,
  timestamp TIMESTAMPTZ NOT NULL,
  requests BIGINT NOT NULL,
  PRIMARY KEY (endpoint, timestamp)
);

-- The share of an endpoint's requests that may fail with a code.
CREATE TABLE IF NOT EXISTS mcp_budgets (
  system TEXT NOT NULL,
  error_code TEXT NOT NULL,
  budget DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (system, error_code)
);
INSERT INTO mcp_budgets VALUES ('hyper-bun', 'NX-MCP-001', 0.005) ON CONFLICT DO NOTHING;

-- Your own events that errors may have caused. `keys` is a JSON object of texts, such as {"bookmaker": "draftkings"}: an error
-- belongs to an event if its details, or columns with these names, have all of these values.
CREATE TABLE IF NOT EXISTS mcp_events (
  event_id TEXT PRIMARY KEY,
  timestamp TIMESTAMPTZ NOT NULL,
  value DOUBLE PRECISION,
  keys JSONB NOT NULL DEFAULT '{}'
);
