-- The logs that were read. A log is identified by its first bytes and those before `read_to`, not by its name. The next read starts
-- at `read_to`, where the last entry begins, because the entry may have grown. `size` is the length of the log when it was read.
CREATE TABLE mcp_sources (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  device INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  head_length INTEGER NOT NULL,
  head_hash INTEGER NOT NULL,
  tail_length INTEGER NOT NULL,
  tail_hash INTEGER NOT NULL,
  read_to INTEGER NOT NULL,
  size INTEGER NOT NULL
) STRICT;
CREATE INDEX mcp_sources_by_head ON mcp_sources (head_length, head_hash);
CREATE INDEX mcp_sources_by_inode ON mcp_sources (inode, device);
CREATE INDEX mcp_sources_by_path ON mcp_sources (path);

-- One row for each error. `timestamp` and `rca_completed_at` are milliseconds since 1970. `log_offset` is where the entry begins,
-- and `position` numbers the errors of one entry.
CREATE TABLE mcp_errors (
{errors},
  source INTEGER REFERENCES mcp_sources (id),
  log_offset INTEGER,
  position INTEGER,
  UNIQUE (source, log_offset, position)
) STRICT;
CREATE INDEX mcp_errors_by_code ON mcp_errors (error_code, timestamp);
CREATE INDEX mcp_errors_by_time ON mcp_errors (timestamp);
