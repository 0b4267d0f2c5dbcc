//! The settings of a program: they are set once, compared as a whole, and can be replaced for one closure in a test.
#![cfg(feature = "testing")]

use mcp_error_codes::__private::{Extension, NumberIndex, Record, RecordBuilder, TextIndex};
use mcp_error_codes::record::Family;
use mcp_error_codes::wire::StandardResponse;
use mcp_error_codes::{Clash, McpError, REGISTRY, Registry, System, filesystem, find, hyper_bun, registries, setup};
use serde_json::Value;

const CODE: &Record = hyper_bun::TOOL_EXECUTION_FAILED.record();
const OTHER: &Record = hyper_bun::SERVER_UNAVAILABLE.record();
const EXTENSIONS: [Extension; 2] = [
    Extension::__new(CODE, &[], Some("Call the operator."), &[], &[]),
    Extension::__new(OTHER, &[], Some("Say \"down\"."), &[], &[]),
];

/// Creates a registry with these records and extensions.
const fn registry(name: &'static str, records: &'static [Record], extensions: &'static [Extension]) -> Registry {
    Registry::__new(name, &[], records, &TextIndex::EMPTY, &NumberIndex::EMPTY, &[], &[], &[], extensions)
}

static FAMILY: Family = Family::__new("OWN", "Own", "", &[], &[], &[], &[]);
static SYSTEM: System = System::__new("own", "own", "Own", "", "1.0.0", "none", &[], &[], None);
/// Records with a text and a number that this crate already has.
static RECORDS: [Record; 1] =
    [RecordBuilder::new(0, "FS-001", &SYSTEM, &FAMILY, "MINE", "Mine").json_rpc(NUMBERS).build()];
const NUMBERS: &[mcp_error_codes::record::JsonRpcNumber] =
    &[mcp_error_codes::record::JsonRpcNumber::__new(41_001, None, None)];

static FIRST: Registry = registry("first", &[], &EXTENSIONS);
static SECOND: Registry = registry("second", &RECORDS, &EXTENSIONS);
static THIRD: Registry = registry("third", &[], &[]);

#[test]
fn every_clash_is_listed_at_once_and_the_order_of_the_registries_does_not_matter() {
    let refused = setup().registries([&FIRST, &SECOND]).run(|| ()).expect_err("they clash");
    let kinds: Vec<&str> = refused
        .clashes()
        .iter()
        .map(|clash| match clash {
            Clash::Code { .. } => "code",
            Clash::Number { .. } => "number",
            Clash::Extension { .. } => "extension",
            _ => "setting",
        })
        .collect();
    assert_eq!(kinds, ["code", "number", "extension", "extension"]);
    assert_eq!(
        refused.to_string(),
        "code \"FS-001\" belongs to filesystem:FS-001 (mcp-error-codes) and to own:FS-001 (second); number 41001 belongs to \
         hyper-bun:NX-MCP-001 (mcp-error-codes) and to own:FS-001 (second); code \"hyper-bun:NX-MCP-001\" is extended by \
         \"first\" and by \"second\"; code \"hyper-bun:NX-MCP-030\" is extended by \"first\" and by \"second\""
    );
    assert_eq!(setup().registries([&SECOND, &FIRST]).run(|| ()), Err(refused));
}

#[test]
fn a_test_has_settings_of_its_own_and_nothing_remains_of_them() -> Result<(), Box<dyn std::error::Error>> {
    let before = McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).to_string();
    setup().registries([&FIRST]).run(|| {
        assert_eq!(registries().map(Registry::name).collect::<Vec<_>>(), ["mcp-error-codes", "first"]);
        let error = McpError::new(hyper_bun::SERVER_UNAVAILABLE);
        assert_eq!(error.hint(), "Say \"down\".");
        assert_eq!(
            error.json_rpc_error().to_string(),
            serde_json::to_string(&error.json_rpc_error()).unwrap_or_default()
        );
        // Inside, the same settings or a part of them are accepted, and different ones are not.
        assert_eq!(setup().registries([&FIRST, &FIRST]).apply(), Ok(()));
        assert_eq!(setup().apply(), Ok(()));
        let refused = setup().registries([&THIRD]).apply().expect_err("they differ");
        assert_eq!(
            refused.to_string(),
            r#"registries is already set to ["first"] and cannot be changed to ["first", "third"]"#
        );
        // Different settings apply inside until the closure ends.
        assert_eq!(setup().run(|| registries().count()), Ok(1));
        assert_eq!(registries().count(), 2);
        let other_thread = std::thread::spawn(|| registries().count()).join().expect("it counts");
        assert_eq!(other_thread, 1);
    })?;
    assert_eq!(registries().count(), 1);
    assert!(std::ptr::eq(find("NX-MCP-001")?, CODE));
    assert_eq!(McpError::new(hyper_bun::TOOL_EXECUTION_FAILED).to_string(), before);
    Ok(())
}

#[test]
fn a_panic_ends_the_settings_too() {
    let outcome = std::panic::catch_unwind(|| setup().registries([&THIRD]).run(|| panic!("within")));
    assert!(outcome.is_err());
    assert_eq!(registries().count(), 1);
}

#[test]
fn this_crate_s_registry_clashes_with_itself() {
    let refused = setup().registries([&REGISTRY]).run(|| ()).expect_err("every system is there twice");
    // If a system is defined twice, its codes are not listed one by one.
    assert_eq!(refused.clashes().len(), REGISTRY.systems().len());
    assert!(refused.to_string().starts_with(
        "system \"common\" is defined by \"mcp-error-codes\" and by \"mcp-error-codes\"; system \"filesystem\" is defined by"
    ));
}

#[test]
fn the_docs_base_of_the_program_wins_over_that_of_a_system() {
    static DOCUMENTED: System =
        System::__new("own", "own", "Own", "", "1.0.0", "none", &[], &[], Some("https://own.example/errors"));
    static RECORD: Record = RecordBuilder::new(0, "OWN-001", &DOCUMENTED, &FAMILY, "MINE", "Mine").build();
    let refs = || {
        [McpError::from_record(&RECORD), McpError::new(filesystem::DISK_FULL)].map(|error| {
            let written = error.json_rpc_error().to_string();
            assert_eq!(written, serde_json::to_string(&error.json_rpc_error()).expect("it serialises"));
            let result = error.tool_result().to_string();
            assert_eq!(result, serde_json::to_string(&error.tool_result()).expect("it serialises"));
            let object: Value = serde_json::from_str(&written).expect("it is JSON");
            let problem: Value = serde_json::to_value(error.problem()).expect("it serialises");
            let reference = object["data"].get("ref").and_then(Value::as_str).map(str::to_owned);
            assert_eq!(problem["type"], reference.clone().unwrap_or_else(|| "about:blank".to_owned()));
            assert!(problem.get("ref").is_none());
            let standard = serde_json::to_value(StandardResponse::new(&error)).expect("it serialises");
            let of_the_document = format!("/docs/errors#{}", error.record().code.to_ascii_lowercase());
            assert_eq!(standard["ref"], reference.clone().unwrap_or(of_the_document));
            reference
        })
    };
    assert_eq!(refs(), [Some("https://own.example/errors#own-001".to_owned()), None]);
    let base = "https://example.com/\"errors\"";
    let of_the_program = setup().docs_base(base).run(refs).expect("it is valid");
    assert_eq!(of_the_program, [Some(format!("{base}#own-001")), Some(format!("{base}#fs-006"))]);

    let refused = setup().docs_base("a").run(|| setup().docs_base("b").apply()).expect("it is valid").expect_err("b");
    assert_eq!(refused.to_string(), r#"docs_base is already set to "a" and cannot be changed to "b""#);
}
