//! Details whose names differ only in spelling may fill the same parameter, and one value would be lost.

use mcp_error_codes::IntoMcpError;

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum Failure {
    #[error("a field and a chosen name")]
    #[mcp(code = "SEC-011")]
    Chosen {
        size: u64,
        max_file_size: u64,
        #[mcp(name = "maxFileSize")]
        limit: u64,
    },
    #[error("a chosen name and a field")]
    #[mcp(code = "SEC-011")]
    Before {
        #[mcp(name = "max-file-size")]
        limit: u64,
        size: u64,
        max_file_size: u64,
    },
    #[error("two fields")]
    #[mcp(code = "SEC-011")]
    #[allow(non_snake_case)]
    Fields { size: u64, max_file_size: u64, maxFileSize: u64 },
    #[error("internal context fills no parameter")]
    #[mcp(code = "SEC-011")]
    Internal {
        size: u64,
        max_file_size: u64,
        #[mcp(name = "maxFileSize", internal)]
        limit: u64,
    },
}

fn main() {}
