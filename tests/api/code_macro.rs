//! `code!` names a code by its text.

use mcp_error_codes::{Code, code, filesystem, super_mcp};

#[test]
fn a_text_becomes_the_constant_in_expressions_and_patterns() {
    const MISSING: Code = code!("FS-001");
    assert_eq!(MISSING, filesystem::FILE_NOT_FOUND);
    assert_eq!(code!("super-mcp:-32602"), super_mcp::INVALID_PARAMS);
    assert!(matches!(filesystem::FILE_NOT_FOUND, code!("FS-001")));
    assert!(!matches!(filesystem::FILE_NOT_FOUND, code!("FS-002")));
}
