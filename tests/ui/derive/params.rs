//! The fields of an error fill the message of its code, and a scenario belongs to the code.

use mcp_error_codes::{IntoMcpError, scrum};

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum Failure {
    #[error("one parameter of three")]
    #[mcp(code = "WIP_LIMIT_EXCEEDED")]
    Partly { status: String },
    #[error("a letter is wrong")]
    #[mcp(code = "FS-001")]
    Mistyped { pathh: String },
    #[error("letters are swapped")]
    #[mcp(code = scrum::WIP_LIMIT_EXCEEDED)]
    Swapped { statsu: String, limits: u32 },
    #[error("no such scenario")]
    #[mcp(code = "NOT_FOUND", scenario = "UNKNOWN_GATE")]
    Scenario { gate_id: String },
    #[error("a code without scenarios")]
    #[mcp(code = "FS-001", scenario = "GONE")]
    None { path: String },
    #[error("the parameter of the scenario")]
    #[mcp(code = "NOT_FOUND", scenario = "UNKNOWN_GATE_ID")]
    Other { gate: String, gate_idd: String },
}

fn main() {}
