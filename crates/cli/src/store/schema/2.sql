-- How many requests an endpoint received in the period that ends at `timestamp`.
CREATE TABLE mcp_requests (
  endpoint TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  PRIMARY KEY (endpoint, timestamp)
) STRICT, WITHOUT ROWID;

-- The keys and values of `details` and of the columns: one word for each pair, and one word for the code. With it, `inspect
-- --where` finds a rare value among millions of errors. It contains no copy of the text.
CREATE VIRTUAL TABLE mcp_error_pairs USING fts5 (
  words, content = '', contentless_delete = 1, detail = none
);
