//! `mcp-errors`: look up MCP error codes in a terminal.

fn main() -> std::process::ExitCode {
    mcp_error_codes_cli::main()
}
