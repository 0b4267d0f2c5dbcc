//! The command of a team.

fn main() -> std::process::ExitCode {
    mcp_error_codes_cli::run("parcel-errors", [&own_core::REGISTRY])
}
