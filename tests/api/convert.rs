//! What converts into an error: results, options, I/O errors and a user's error types.
#![cfg(feature = "std")]

use std::error::Error;
use std::io::{self, ErrorKind};

use mcp_error_codes::{Code, IntoMcpError, McpError, ResultExt, Surface, common, filesystem, hyper_bun, scrum};

#[test]
fn an_io_error_gets_the_code_of_its_kind() {
    const FILE: &str = "a value is not valid: the path is a directory, but a file is required";
    const DIRECTORY: &str = "a value is not valid: the path is a file, but a directory is required";
    let table = [
        (ErrorKind::NotFound, filesystem::FILE_NOT_FOUND, "File Not Found"),
        (ErrorKind::PermissionDenied, filesystem::PERMISSION_DENIED, "Permission Denied"),
        (ErrorKind::ReadOnlyFilesystem, filesystem::READ_ONLY_MODE, "Filesystem is in read-only mode"),
        (ErrorKind::AlreadyExists, filesystem::FILE_ALREADY_EXISTS, "File Already Exists"),
        (ErrorKind::DirectoryNotEmpty, filesystem::DIRECTORY_NOT_EMPTY, "Directory Not Empty"),
        (ErrorKind::StorageFull, filesystem::DISK_FULL, "Disk full: insufficient space for operation"),
        (ErrorKind::QuotaExceeded, filesystem::DISK_FULL, "Disk full: insufficient space for operation"),
        (ErrorKind::OutOfMemory, common::EXHAUSTED, "out of memory"),
        (ErrorKind::TooManyLinks, common::EXHAUSTED, "too many links"),
        (
            ErrorKind::StaleNetworkFileHandle,
            filesystem::FILE_MODIFIED_DURING_OPERATION,
            "File was modified during operation",
        ),
        (ErrorKind::ResourceBusy, common::CONFLICT, "resource busy"),
        (ErrorKind::ExecutableFileBusy, common::CONFLICT, "executable file busy"),
        (ErrorKind::Deadlock, common::CONFLICT, "deadlock"),
        (ErrorKind::FileTooLarge, filesystem::FILE_SIZE_EXCEEDED, "File Size Exceeded"),
        (ErrorKind::ArgumentListTooLong, common::TOO_LARGE, "argument list too long"),
        (ErrorKind::InvalidInput, filesystem::INVALID_PARAMETER_VALUE, "a value is not valid: invalid input parameter"),
        (ErrorKind::NotADirectory, filesystem::INVALID_PARAMETER_VALUE, DIRECTORY),
        (ErrorKind::IsADirectory, filesystem::INVALID_PARAMETER_VALUE, FILE),
        (ErrorKind::InvalidFilename, filesystem::INVALID_PATH_FORMAT, "Invalid path format: invalid filename"),
        (ErrorKind::InvalidData, common::CORRUPT, "invalid data"),
        (ErrorKind::UnexpectedEof, common::CORRUPT, "unexpected end of file"),
        (ErrorKind::TimedOut, hyper_bun::TOOL_EXECUTION_TIMEOUT, "MCP Tool Execution Timeout"),
        (
            ErrorKind::ConnectionRefused,
            hyper_bun::SERVER_NOT_AVAILABLE,
            "the service behind this tool cannot be reached: connection refused",
        ),
        (
            ErrorKind::ConnectionReset,
            hyper_bun::SERVER_NOT_AVAILABLE,
            "the connection to the service behind this tool broke: connection reset",
        ),
        (
            ErrorKind::ConnectionAborted,
            hyper_bun::SERVER_NOT_AVAILABLE,
            "the connection to the service behind this tool broke: connection aborted",
        ),
        (
            ErrorKind::NotConnected,
            hyper_bun::SERVER_NOT_AVAILABLE,
            "the connection to the service behind this tool broke: not connected",
        ),
        (
            ErrorKind::BrokenPipe,
            hyper_bun::SERVER_NOT_AVAILABLE,
            "the connection to the service behind this tool broke: broken pipe",
        ),
        (
            ErrorKind::HostUnreachable,
            hyper_bun::SERVER_NOT_AVAILABLE,
            "the service behind this tool cannot be reached: host unreachable",
        ),
        (
            ErrorKind::NetworkUnreachable,
            hyper_bun::SERVER_NOT_AVAILABLE,
            "the service behind this tool cannot be reached: network unreachable",
        ),
        (
            ErrorKind::NetworkDown,
            hyper_bun::SERVER_NOT_AVAILABLE,
            "the service behind this tool cannot be reached: network down",
        ),
        (ErrorKind::WouldBlock, common::UNAVAILABLE, "operation would block"),
        (ErrorKind::Interrupted, common::UNAVAILABLE, "operation interrupted"),
        (ErrorKind::AddrInUse, common::MISCONFIGURED, "address in use"),
        (ErrorKind::AddrNotAvailable, common::MISCONFIGURED, "address not available"),
        (ErrorKind::Unsupported, common::UNSUPPORTED, "unsupported"),
        (ErrorKind::NotSeekable, common::UNSUPPORTED, "seek on unseekable file"),
        (ErrorKind::CrossesDevices, common::UNSUPPORTED, "cross-device link or rename"),
        (ErrorKind::WriteZero, filesystem::WRITE_ERROR, "Error writing file: write zero"),
        (ErrorKind::Other, hyper_bun::TOOL_EXECUTION_FAILED, "MCP Tool Execution Failed"),
    ];
    for (kind, code, message) in table {
        let error = McpError::from(io::Error::new(kind, "/srv/private/notes.txt is not for everyone"));
        assert_eq!((error.code(), &*error.message()), (Some(code), message), "{kind:?}");
        assert_eq!(error.surface(), Surface::Tool, "{kind:?}");
        let source = error.source().expect("the I/O error is kept");
        assert_eq!(source.downcast_ref::<io::Error>().map(io::Error::kind), Some(kind));
        let wire = format!("{error} {} {}", error.json_rpc_response(1), error.tool_result());
        assert!(!wire.contains("private") && !wire.contains("not for everyone"), "{wire}");
        assert!(format!("{error:?}").contains("/srv/private/notes.txt is not for everyone"));
    }
}

#[test]
fn the_kind_of_an_io_error_reaches_the_peer_where_there_is_room() {
    let refused = McpError::from(io::Error::from(ErrorKind::ConnectionRefused));
    assert_eq!(refused.detail("reason"), Some(&"connection refused".into()));
    let other = McpError::from(io::Error::from(ErrorKind::Other));
    assert_eq!(other.detail("errorType"), Some(&"other error".into()));
}

#[test]
fn a_question_mark_turns_an_io_error_into_a_code() {
    fn read() -> Result<Vec<u8>, McpError> {
        Ok(std::fs::read("no/such/file/at/all")?)
    }
    assert_eq!(read().expect_err("there is no such file").code(), Some(filesystem::FILE_NOT_FOUND));
}

#[test]
fn a_result_gets_a_code_and_keeps_its_error_as_the_source() {
    let parsed = "many".parse::<u32>().or_code(scrum::INVALID_WIP_VALUE).expect_err("it is no number");
    assert_eq!(parsed.to_string(), "INVALID_WIP_VALUE: WIP limit must be between 1 and 100");
    assert_eq!(parsed.source().map(ToString::to_string).as_deref(), Some("invalid digit found in string"));
    assert_eq!("12".parse::<u32>().or_code(scrum::INVALID_WIP_VALUE).ok(), Some(12));
    let made = "x".parse::<f32>().or_error(|| filesystem::invalid_parameter_value("no number"));
    assert_eq!(made.expect_err("it is no number").to_string(), "VAL-003: Invalid parameter value: no number");
    let mut made = 0;
    let good: Result<u8, std::fmt::Error> = Ok(1);
    assert_eq!(
        good.or_error(|| {
            made += 1;
            McpError::new(scrum::NOT_FOUND)
        })
        .ok(),
        Some(1)
    );
    assert_eq!(made, 0, "no error is made for a success");
}

#[test]
fn every_error_that_converts_into_a_box_gets_a_code_and_is_the_source() {
    type Boxed = Box<dyn Error + Send + Sync>;
    let disk = || io::Error::other("no disk");
    let code = common::CORRUPT;
    let results: [Result<(), McpError>; 11] = [
        Err(disk()).or_code(code),
        Err(anyhow::anyhow!("no disk")).or_code(code),
        Err(anyhow::Error::new(disk())).or_error(|| McpError::new(code)),
        Err(eyre::eyre!("no disk")).or_code(code),
        Err(eyre::Report::new(disk())).or_error(|| McpError::new(code)),
        Err(Boxed::from(disk())).or_code(code),
        Err(Boxed::from("no disk")).or_error(|| McpError::new(code)),
        Err("no disk".to_owned()).or_code(code),
        Err("no disk".to_owned()).or_error(|| McpError::new(code)),
        Err("no disk").or_code(code),
        Err(std::borrow::Cow::from("no disk")).or_code(code),
    ];
    for result in results {
        let error = result.expect_err("there is no disk");
        assert!(error.is(code), "{error:?}");
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("no disk"));
        assert!(format!("{error:?}").contains("no disk"));
        let sent =
            [error.tool_result().to_string(), error.json_rpc_response(1).to_string(), error.problem().to_string()];
        assert!(sent.iter().all(|text| !text.contains("disk")), "{sent:?}");
    }
    // Every context of a chain is in the log.
    let chain = [
        Err::<(), _>(anyhow::Error::new(disk()).context("read the store")).or_code(code),
        Err(eyre::Report::new(disk()).wrap_err("read the store")).or_code(code),
    ];
    for result in chain {
        let error = result.expect_err("there is no disk");
        assert_eq!(error.source_texts().collect::<Vec<_>>(), ["read the store", "no disk"]);
    }
}

#[test]
fn the_source_of_a_wrapped_error_is_the_error_itself() {
    let inner: Result<(), McpError> = Err(filesystem::file_not_found("a"));
    let outer = inner.or_code(hyper_bun::TOOL_EXECUTION_FAILED).expect_err("it failed");
    let source = outer.source().and_then(|source| source.downcast_ref::<McpError>()).expect("the first error is kept");
    assert!(source.is(filesystem::FILE_NOT_FOUND));
}

#[test]
fn nothing_gets_a_code_and_has_no_source() {
    let error = None::<u8>.or_code(filesystem::INDEX_NOT_BUILT).expect_err("there is nothing");
    assert!(error.is(filesystem::INDEX_NOT_BUILT) && error.source().is_none());
    assert_eq!(Some(1).or_code(filesystem::INDEX_NOT_BUILT).ok(), Some(1));
}

#[test]
fn errors_of_one_s_own_convert_by_a_question_mark() {
    enum StoreError {
        Missing(&'static str),
        Full,
    }
    impl IntoMcpError for StoreError {
        fn into_mcp_error(self) -> McpError {
            match self {
                Self::Missing(path) => filesystem::file_not_found(path),
                Self::Full => filesystem::disk_full(),
            }
        }
    }
    fn open(full: bool) -> Result<(), McpError> {
        Err(if full { StoreError::Full } else { StoreError::Missing("a") })?
    }
    assert_eq!(open(false).map_err(|error| error.to_string()), Err("FS-001: File not found: a".to_owned()));
    assert_eq!(open(true).map_err(|error| error.code()), Err(Some(filesystem::DISK_FULL)));
}

#[test]
fn every_code_is_an_error_of_itself() {
    for code in Code::all() {
        assert_eq!(McpError::from(code).code(), Some(code));
        assert_eq!(code.into_mcp_error().to_string(), McpError::new(code).to_string());
    }
}
