use mcp_error_codes::IntoMcpError;

#[derive(Debug, thiserror::Error, IntoMcpError)]
#[error("two sources")]
#[mcp(code = "FS-001")]
struct Failure {
    #[source]
    first: std::io::Error,
    #[source]
    second: std::io::Error,
}

fn main() {}
