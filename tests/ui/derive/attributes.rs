use mcp_error_codes::{IntoMcpError, McpError};

#[derive(Debug, thiserror::Error, IntoMcpError)]
#[mcp(code = "FS-001", registry = crate)]
enum Words {
    #[error("unknown words")]
    #[mcp(code = "FS-001", skip, detial(a, b) = 3, internal)]
    Unknown {
        #[mcp(nam = "a", internal)]
        path: String,
        #[mcp(source)]
        cause: String,
    },
    #[error("twice")]
    #[mcp(code = "FS-001", internal)]
    #[mcp(code = "FS-002", internal)]
    Twice {
        #[mcp(name = "a", display, name = "b", display)]
        path: String,
    },
    #[error("values")]
    #[mcp(code = "FS-001", message = "text")]
    Flag(#[mcp(skip = true)] String),
    #[error("number")]
    #[mcp(code = -32602)]
    Number,
    #[error("number")]
    #[mcp(code = 32602)]
    Positive,
    #[error("no value")]
    #[mcp(code)]
    NoValue,
    #[error("path")]
    #[mcp(code = "FS-001", a::b)]
    Path,
    #[error("no list")]
    #[mcp]
    NoList,
    #[error("name")]
    #[mcp(code = "FS-001")]
    Name {
        #[mcp(name = path)]
        path: String,
    },
}

#[derive(Debug, thiserror::Error, IntoMcpError)]
#[error("of a struct")]
#[mcp(code = "FS-001", name = "a")]
struct Struct;

// Only the mistakes above are reported, not the uses of the types.
fn main() {
    let _ = McpError::from(Words::Path);
    let _ = McpError::from(Struct);
}
