use mcp_error_codes::IntoMcpError;

#[derive(Debug, thiserror::Error, IntoMcpError)]
enum Failure {
    #[error("no code")]
    NoCode,
    #[error("no code either")]
    #[mcp(internal)]
    StillNoCode { path: String },
    #[error("fields")]
    #[mcp(code = "FS-001")]
    Fields {
        #[mcp(skip, name = "a", internal)]
        skipped: String,
        #[mcp(retry_after, display)]
        wait: std::time::Duration,
        #[source]
        #[mcp(name = "cause")]
        cause: std::io::Error,
    },
    #[error("unnamed {0}")]
    #[mcp(code = "FS-001")]
    Unnamed(String, #[mcp(internal)] u8, #[mcp(name = "third")] u8),
    #[error("transparent")]
    #[mcp(transparent, code = "FS-001", message, internal)]
    Transparent {
        #[mcp(name = "a", skip)]
        inner: std::io::Error,
    },
    #[error("two")]
    #[mcp(transparent)]
    Two(std::io::Error, u8),
    #[error("none")]
    #[mcp(transparent)]
    None,
    #[error("same names")]
    #[mcp(code = "FS-001")]
    SameNames {
        path: String,
        #[mcp(name = "path")]
        file: String,
        #[mcp(internal)]
        error: String,
        #[mcp(internal, name = "path")]
        no_clash: String,
    },
    #[error("two waits")]
    #[mcp(code = "FS-001")]
    TwoWaits(#[mcp(retry_after)] std::time::Duration, #[mcp(retry_after)] std::time::Duration),
}

#[derive(IntoMcpError)]
#[mcp(code = "FS-001")]
union Union {
    path: u8,
}

#[derive(Debug, IntoMcpError)]
#[mcp(transparent, no_error_data = true)]
enum Inherited {
    None,
    Two(u8, u8),
    #[mcp(message)]
    Message(std::io::Error),
    #[mcp(code = "FS-001", no_error_data)]
    Code,
}

fn main() {}
