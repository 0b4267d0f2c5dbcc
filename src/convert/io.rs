use std::io::{Error, ErrorKind};

use crate::{McpError, Surface, filesystem, hyper_bun};

/// Converts an I/O error to the code for its kind. The error becomes the source. Its text may contain paths, so it does not reach a
/// peer; the kind does if the message has a parameter for it.
///
/// | kind | code |
/// |---|---|
/// | `NotFound` | `FS-001` |
/// | `NotADirectory` | `FS-002` |
/// | `PermissionDenied` | `FS-003` |
/// | `AlreadyExists` | `FS-004` |
/// | `DirectoryNotEmpty` | `FS-005` |
/// | `StorageFull`, `QuotaExceeded` | `FS-006` |
/// | `InvalidData`, `UnexpectedEof` | `FS-007` |
/// | `WriteZero` | `FS-008` |
/// | `ReadOnlyFilesystem` | `SEC-008` |
/// | `FileTooLarge` | `SEC-011` |
/// | `InvalidInput` | `VAL-003` |
/// | `IsADirectory`, `InvalidFilename` | `VAL-005` |
/// | `TimedOut` | `NX-MCP-002` |
/// | connection refused, reset, aborted, not connected, broken pipe; host or network unreachable or down | `NX-MCP-012` |
/// | any other | `NX-MCP-001` |
///
/// The surface is always the tool result, because the failed operation is part of a tool's work, and MCP requires that the model sees
/// such errors.
///
/// ```
/// use mcp_error_codes::{McpError, filesystem};
///
/// fn read() -> Result<String, McpError> {
///     Ok(std::fs::read_to_string("no such file")?)
/// }
///
/// assert!(read().is_err_and(|error| error.is(filesystem::FILE_NOT_FOUND)));
/// ```
impl From<Error> for McpError {
    fn from(error: Error) -> Self {
        let kind = error.kind();
        let made = match kind {
            ErrorKind::NotFound => Self::new(filesystem::FILE_NOT_FOUND),
            ErrorKind::NotADirectory => Self::new(filesystem::DIRECTORY_NOT_FOUND),
            ErrorKind::PermissionDenied => Self::new(filesystem::PERMISSION_DENIED),
            ErrorKind::AlreadyExists => Self::new(filesystem::FILE_ALREADY_EXISTS),
            ErrorKind::DirectoryNotEmpty => Self::new(filesystem::DIRECTORY_NOT_EMPTY),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::new(filesystem::DISK_FULL),
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof => filesystem::read_error(kind),
            ErrorKind::WriteZero => filesystem::write_error(kind),
            ErrorKind::ReadOnlyFilesystem => Self::new(filesystem::READ_ONLY_MODE),
            ErrorKind::FileTooLarge => Self::new(filesystem::FILE_SIZE_EXCEEDED),
            ErrorKind::InvalidInput => filesystem::invalid_parameter_value(kind),
            ErrorKind::IsADirectory | ErrorKind::InvalidFilename => filesystem::invalid_path_format(kind),
            ErrorKind::TimedOut => Self::new(hyper_bun::TOOL_EXECUTION_TIMEOUT),
            ErrorKind::ConnectionRefused
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::NotConnected
            | ErrorKind::BrokenPipe
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown => Self::new(hyper_bun::SERVER_NOT_AVAILABLE)
                .with_detail("reason", kind.to_string())
                .with_surface(Surface::Tool),
            _ => Self::new(hyper_bun::TOOL_EXECUTION_FAILED).with_detail("errorType", kind.to_string()),
        };
        made.with_source(error)
    }
}
