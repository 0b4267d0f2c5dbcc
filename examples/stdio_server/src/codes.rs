//! The codes that a client must handle.

use mcp_error_codes::{Code, common, filesystem, hyper_bun};

/// Every code that the server returns. A test checks that each can be returned, and no others. A network disk may add
/// the codes of timeouts and connections.
pub(crate) const CODES: &[Code] = &[
    filesystem::WORKSPACE_ESCAPE,
    filesystem::PATH_TRAVERSAL,
    filesystem::SYSTEM_PATH_ACCESS,
    filesystem::SENSITIVE_FILE_ACCESS,
    filesystem::SUBDIRECTORY_RESTRICTION,
    filesystem::BLOCKED_PATH,
    filesystem::BLOCKED_PATTERN,
    filesystem::READ_ONLY_MODE,
    filesystem::SYMLINK_ESCAPE,
    filesystem::RATE_LIMIT_EXCEEDED,
    filesystem::FILE_SIZE_EXCEEDED,
    filesystem::BATCH_SIZE_EXCEEDED,
    filesystem::MISSING_REQUIRED_PARAMETER,
    filesystem::INVALID_PARAMETER_TYPE,
    filesystem::INVALID_PARAMETER_VALUE,
    filesystem::EMPTY_ARRAY,
    filesystem::INVALID_PATH_FORMAT,
    filesystem::FILE_NOT_FOUND,
    filesystem::DIRECTORY_NOT_FOUND,
    filesystem::PERMISSION_DENIED,
    filesystem::FILE_ALREADY_EXISTS,
    filesystem::DIRECTORY_NOT_EMPTY,
    filesystem::DISK_FULL,
    common::CORRUPT,
    filesystem::WRITE_ERROR,
    filesystem::CHECKSUM_MISMATCH,
    filesystem::BATCH_OPERATION_FAILED,
    filesystem::ROLLBACK_FAILED,
    filesystem::SEARCH_TIMEOUT,
    filesystem::COPY_FAILED,
    filesystem::MOVE_FAILED,
    filesystem::DELETE_FAILED,
    hyper_bun::TOOL_EXECUTION_FAILED,
    hyper_bun::TOOL_NOT_FOUND,
    hyper_bun::RESOURCE_NOT_FOUND,
];
