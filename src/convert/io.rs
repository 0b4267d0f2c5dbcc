use std::io::{Error, ErrorKind};

use crate::convert::text::not_valid;
use crate::convert::upstream;
use crate::{McpError, common, filesystem, hyper_bun};

/// Converts an I/O error to the code for its kind. The error becomes the source. Its text may contain paths, so the
/// peer does not receive it. The peer receives its [`ErrorKind`] if the message has a parameter for it.
///
/// | `ErrorKind` | kind | code |
/// |---|---|---|
/// | `NotFound` | `not_found` | `FS-001` |
/// | `PermissionDenied` | `permission_denied` | `FS-003` |
/// | `ReadOnlyFilesystem` | `permission_denied` | `SEC-008` |
/// | `AlreadyExists` | `already_exists` | `FS-004` |
/// | `DirectoryNotEmpty` | `failed_precondition` | `FS-005` |
/// | `StorageFull`, `QuotaExceeded` | `exhausted` | `FS-006` |
/// | `OutOfMemory`, `TooManyLinks` | `exhausted` | `COMMON-EXHAUSTED` |
/// | `StaleNetworkFileHandle` | `conflict` | `FS-011` |
/// | `ResourceBusy`, `ExecutableFileBusy`, `Deadlock` | `conflict` | `COMMON-CONFLICT` |
/// | `FileTooLarge` | `too_large` | `SEC-011` |
/// | `ArgumentListTooLong` | `too_large` | `COMMON-TOO-LARGE` |
/// | `InvalidInput`, `NotADirectory`, `IsADirectory` | `invalid_argument` | `VAL-003` |
/// | `InvalidFilename` | `invalid_argument` | `VAL-005` |
/// | `InvalidData`, `UnexpectedEof` | `corrupt` | `COMMON-CORRUPT` |
/// | `TimedOut` | `timeout` | `NX-MCP-002` |
/// | connection refused; host or network unreachable or down | `unavailable` | `NX-MCP-012`: the service cannot be reached |
/// | connection reset or aborted, not connected, broken pipe | `unavailable` | `NX-MCP-012`: the connection broke |
/// | `WouldBlock`, `Interrupted` | `unavailable` | `COMMON-UNAVAILABLE` |
/// | `AddrInUse`, `AddrNotAvailable` | `misconfigured` | `COMMON-MISCONFIGURED` |
/// | `Unsupported`, `NotSeekable`, `CrossesDevices` | `unsupported` | `COMMON-UNSUPPORTED` |
/// | `WriteZero` | `operation_failed` | `FS-008` |
/// | any other | `operation_failed` | `NX-MCP-001` |
///
/// If [`setup`](crate::setup) or a registry added there prefers a code for the kind, that code is used instead.
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
        // If the message of the code has no placeholder for the kind, the kind becomes the message.
        let said = |code| Self::new(code).with_message(kind.to_string());
        let made = match kind {
            ErrorKind::NotFound => Self::new(filesystem::FILE_NOT_FOUND),
            ErrorKind::PermissionDenied => Self::new(filesystem::PERMISSION_DENIED),
            ErrorKind::ReadOnlyFilesystem => Self::new(filesystem::READ_ONLY_MODE),
            ErrorKind::AlreadyExists => Self::new(filesystem::FILE_ALREADY_EXISTS),
            ErrorKind::DirectoryNotEmpty => Self::new(filesystem::DIRECTORY_NOT_EMPTY),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::new(filesystem::DISK_FULL),
            ErrorKind::OutOfMemory | ErrorKind::TooManyLinks => said(common::EXHAUSTED),
            ErrorKind::StaleNetworkFileHandle => Self::new(filesystem::FILE_MODIFIED_DURING_OPERATION),
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy | ErrorKind::Deadlock => said(common::CONFLICT),
            ErrorKind::FileTooLarge => Self::new(filesystem::FILE_SIZE_EXCEEDED),
            ErrorKind::ArgumentListTooLong => said(common::TOO_LARGE),
            ErrorKind::InvalidInput => not_valid(kind),
            ErrorKind::NotADirectory => not_valid("the path is a file, but a directory is required"),
            ErrorKind::IsADirectory => not_valid("the path is a directory, but a file is required"),
            ErrorKind::InvalidFilename => {
                let hint = "Use another name: a shorter one, or one without special characters.";
                upstream::advised(filesystem::invalid_path_format(kind), filesystem::INVALID_PATH_FORMAT, Some(hint))
            }
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof => said(common::CORRUPT),
            ErrorKind::TimedOut => Self::new(hyper_bun::TOOL_EXECUTION_TIMEOUT),
            ErrorKind::ConnectionRefused
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown => return upstream::unreachable(kind).with_source(error),
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::NotConnected
            | ErrorKind::BrokenPipe => return upstream::broken(kind).with_source(error),
            ErrorKind::WouldBlock | ErrorKind::Interrupted => {
                let hint = "Call again after a moment, and tell the user if it fails several times.";
                upstream::advised(said(common::UNAVAILABLE), common::UNAVAILABLE, Some(hint))
            }
            ErrorKind::AddrInUse | ErrorKind::AddrNotAvailable => said(common::MISCONFIGURED),
            ErrorKind::CrossesDevices => {
                let hint = "Copy it to the new place and delete the original instead of moving it.";
                upstream::advised(said(common::UNSUPPORTED), common::UNSUPPORTED, Some(hint))
            }
            ErrorKind::Unsupported | ErrorKind::NotSeekable => {
                let hint = "Use another operation for the same purpose; tell the user if there is none.";
                upstream::advised(said(common::UNSUPPORTED), common::UNSUPPORTED, Some(hint))
            }
            ErrorKind::WriteZero => filesystem::write_error(kind),
            _ => Self::new(hyper_bun::TOOL_EXECUTION_FAILED).with_detail("errorType", kind.to_string()),
        };
        made.in_own_code().on_tool_surface().with_source(error)
    }
}
