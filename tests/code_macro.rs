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

/// `TRYBUILD=overwrite cargo test --test code_macro` rewrites the messages.
#[test]
fn unknown_and_deprecated_codes_are_told_when_the_crate_is_checked() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
}
