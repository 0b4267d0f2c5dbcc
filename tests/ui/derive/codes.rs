#![deny(deprecated)]

use mcp_error_codes::{IntoMcpError, hyper_bun};

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum Failure {
    #[error("unknown")]
    #[mcp(message, code = "FS-999")]
    Unknown,
    #[error("deprecated text")]
    #[mcp(code = "NX-800")]
    Text,
    #[error("deprecated constant")]
    #[mcp(code = hyper_bun::LEGACY_800)]
    Constant,
    #[error("no constant")]
    #[mcp(code = hyper_bun::NO_SUCH_CODE)]
    NoConstant,
}

fn main() {}
