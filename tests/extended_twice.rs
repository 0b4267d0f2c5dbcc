//! Two registries that extend the same code cannot be registered together.
#![cfg(feature = "std")]

use mcp_error_codes::__private::{Extension, NumberIndex, Record, TextIndex};
use mcp_error_codes::{Clash, McpError, Registry, find, hyper_bun, registries, setup};

const RECORD: &Record = hyper_bun::TOOL_EXECUTION_FAILED.record();
const EXTENSION: Extension = Extension::__new(RECORD, &[], Some("Call the operator."), &[], &[]);

/// A registry that contains only the extension.
const fn registry(name: &'static str) -> Registry {
    Registry::__new(name, &[], &[], &TextIndex::EMPTY, &NumberIndex::EMPTY, &[], &[], &[], &[EXTENSION])
}

static FIRST: Registry = registry("first");
static SECOND: Registry = registry("second");

#[test]
fn two_that_extend_a_code_are_refused_and_one_is_not() -> Result<(), Box<dyn std::error::Error>> {
    let refused = setup().registries([&FIRST, &SECOND]).apply().expect_err("both extend it");
    assert_eq!(refused.to_string(), r#"code "hyper-bun:NX-MCP-001" is extended by "first" and by "second""#);
    let code = "hyper-bun:NX-MCP-001".to_owned();
    assert_eq!(refused.clashes(), [Clash::Extension { code, first: "first", second: "second" }]);
    assert_eq!(setup().registries([&SECOND, &FIRST]).apply(), Err(refused));

    assert_eq!(registries().count(), 1);
    assert!(std::ptr::eq(find("NX-MCP-001")?, RECORD));
    assert!(std::ptr::eq(McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).record(), RECORD));

    setup().registries([&SECOND]).apply()?;
    assert_eq!(find("NX-MCP-001")?.hint, "Call the operator.");
    assert_eq!(find("no such code").map(|record| record.code).ok(), None);
    Ok(())
}
