//! A team adds its runbook, its hint and its aliases to the library's codes, without codes of its own. The settings apply to the
//! whole process, so every test sets them first.
#![cfg(feature = "std")]

use std::sync::LazyLock;

use mcp_error_codes::record::Target;
use mcp_error_codes::wire::{Decoder, StandardResponse};
use mcp_error_codes::{
    Code, Export, McpError, Record, by_number, decode, find, find_all, hyper_bun, in_system, mcp, records, registries,
    scrum, setup,
};
use serde_json::Value;

/// The output that a build script would write to `OUT_DIR`. `tests/data/generated.rs` checks that it is up to date.
mod generated {
    include!("registry.rs");
}

const CODE: Code = hyper_bun::TOOL_EXECUTION_FAILED;
const HINT: &str = "Say \"the tool crashed\" to the operator on duty, and stop.";

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Sets the registry, and returns an error that was created before.
fn installed() -> &'static McpError {
    static BEFORE: LazyLock<McpError> = LazyLock::new(|| {
        let before = McpError::new(CODE);
        assert_eq!(setup().registries([&generated::REGISTRY]).apply(), Ok(()));
        before
    });
    &BEFORE
}

/// Returns the extended record.
fn extended() -> &'static Record {
    installed();
    McpError::new(CODE).record()
}

fn is_same(a: &Record, b: &Record) -> bool {
    std::ptr::eq(a, b)
}

#[test]
fn every_form_says_the_hint_of_the_team() {
    installed();
    let error = McpError::new(CODE);
    assert_eq!(error.tool_text(), format!("NX-MCP-001: MCP Tool Execution Failed\nHint: {HINT}"));
    assert_eq!(
        error.json_rpc_response(7).to_string(),
        r#"{"jsonrpc":"2.0","id":7,"error":{"code":41001,"message":"MCP Tool Execution Failed","data":{"system":"hyper-bun","code":"NX-MCP-001","name":"TOOL_EXECUTION_FAILED","kind":"operation_failed","message":"MCP Tool Execution Failed","hint":"Say \"the tool crashed\" to the operator on duty, and stop.","category":"GENERAL","severity":"ERROR","recoverable":true,"retry":{"class":"retry-after-change"}}}}"#
    );
    let hint_of = |json: String| -> Value { serde_json::from_str(&json).unwrap_or_default() };
    assert_eq!(hint_of(error.problem().to_string())["hint"], HINT);
    let result = hint_of(error.tool_result().to_string());
    assert_eq!(result["content"][0]["text"], error.tool_text());
    assert_eq!(result["_meta"][mcp_error_codes::wire::META_KEY]["hint"], HINT);
}

#[test]
fn what_is_copied_is_what_serde_writes() -> Outcome {
    installed();
    let errors = [
        McpError::new(CODE),
        McpError::new(CODE).with_message("it \"crashed\"").with_detail("tool", "x").with_error_id("id-1"),
        scrum::wip_limit_exceeded("review", 4, 3),
    ];
    for error in errors {
        assert_eq!(error.json_rpc_response(7).to_string(), serde_json::to_string(&error.json_rpc_response(7))?);
        assert_eq!(error.json_rpc_error().to_string(), serde_json::to_string(&error.json_rpc_error())?);
        assert_eq!(error.tool_result().to_string(), serde_json::to_string(&error.tool_result())?);
    }
    Ok(())
}

#[test]
fn the_code_stays_the_same() -> Outcome {
    let before = installed();
    let error = McpError::new(CODE);
    for error in [before, &error] {
        assert!(error.is(CODE));
        assert_eq!(error.code(), Some(CODE));
        assert_eq!(error.code_in::<generated::Code>(), None);
    }
    assert_eq!(<Code as mcp_error_codes::RegistryCode>::from_record(error.record()), Some(CODE));
    assert_eq!(error.record().extends(), Some(CODE.record()));
    // Constants and earlier errors keep the library's record.
    assert!(is_same(before.record(), CODE.record()));
    assert_eq!(CODE.record().extends(), None);
    assert_ne!(CODE.record().hint, HINT);
    assert_eq!(Code::lookup("NX-MCP-001"), Some(CODE));
    Ok(())
}

#[cfg(feature = "testing")]
#[test]
fn an_assertion_knows_the_code_by_either_record() {
    let before = installed().clone();
    for error in [before, McpError::new(CODE)] {
        mcp_error_codes::testing::expect(CODE).assert(&error);
    }
}

#[test]
fn lookups_give_the_extended_record() -> Outcome {
    let extended = extended();
    for text in ["NX-MCP-001", "tool execution failed", "tool crash", "hyper-bun:TOOL-CRASH"] {
        assert!(is_same(find(text)?, extended), "{text}");
    }
    assert_eq!(find_all("TOOL_CRASH").count(), 1);
    assert_eq!(find("wrong arguments")?.code, "-32602");
    assert_eq!(Code::lookup("TOOL_CRASH"), None);

    let unknown = find("TOOL_CRAHS").expect_err("it is spelt wrong");
    assert!(is_same(unknown.suggestions()[0], extended));
    let unknown = find("NX-MCP-O01").expect_err("it has a letter");
    assert_eq!(unknown.suggestions().iter().filter(|record| is_same(record, extended)).count(), 1);

    let number = CODE.record().json_rpc_number();
    assert!(by_number(number).next().is_some_and(|record| is_same(record, extended)));
    assert!(in_system("hyper-bun").by_number(number).next().is_some_and(|record| is_same(record, extended)));
    assert!(records().any(|record| is_same(record, extended)));
    assert!(!records().any(|record| is_same(record, CODE.record())));
    Ok(())
}

#[test]
fn what_is_not_extended_stays_as_it_is() -> Outcome {
    installed();
    let mut others = 0;
    for code in Code::all() {
        let record = McpError::new(code).record();
        assert!(is_same(find(&format!("{code:?}"))?, record), "{code:?}");
        if record.extends().is_none() {
            assert!(is_same(record, code.record()), "{code:?}");
            others += 1;
        }
    }
    assert_eq!(others, Code::all().count() - 4);
    assert_eq!(McpError::new(scrum::WIP_LIMIT_EXCEEDED).record().hint, "Finish a task first.");

    // A former name is extended independently of its successor.
    #[allow(deprecated)]
    let former = McpError::new(hyper_bun::LEGACY_800).record();
    assert_eq!(former.hint, CODE.record().hint);
    assert_eq!(former.resolution[0], "Say NX-MCP-001 instead.");
    assert_eq!(former.superseded_by, Some("NX-MCP-001"));
    Ok(())
}

#[test]
fn additions_come_before_what_the_library_says() {
    let (own, extended) = (CODE.record(), extended());
    assert_eq!(extended.aliases, [own.aliases, &["TOOL_CRASH"]].concat());
    assert_eq!(extended.resolution, [&["Page the tools team."], own.resolution].concat());
    assert_eq!(extended.related[0].target, Target::Document("https://wiki.team.example/runbooks/tools"));
    assert_eq!(extended.related[2..], *own.related);

    let page = extended.explain().to_string();
    assert!(page.contains("  Resolution\n    1. Page the tools team.\n    2. "), "{page}");
    let links = "  See also\n    - `https://wiki.team.example/runbooks/tools`: the runbook\n    - filesystem:FS-001: what most often lies behind it\n";
    assert!(page.contains(links), "{page}");
    assert!(page.contains(&format!("    {HINT}\n")), "{page}");
}

#[test]
fn what_was_sent_is_read_back() -> Outcome {
    installed();
    let error = McpError::new(CODE).with_message("no disk").with_detail("tool", "checksum");
    let forms = [
        error.json_rpc_response(7).to_string(),
        error.json_rpc_error().to_string(),
        error.tool_result().to_string(),
        error.problem().to_string(),
        StandardResponse::new(&error).to_string(),
    ];
    for form in forms {
        let read = decode(&form)?;
        assert!(read.is(CODE), "{form}");
        assert_eq!((read.message(), read.record().hint), (error.message(), HINT), "{form}");
    }

    // A tool result without the record object, from a peer with the extension and from one without it.
    let decode_text =
        |text: String| decode(serde_json::json!({"content": [{"text": text}], "isError": true}).to_string());
    for text in [error.tool_text(), format!("{error}\nHint: {}", CODE.record().hint)] {
        assert_eq!(decode_text(text)?.message(), "no disk");
    }

    let found = in_system("scrum-mcp").match_message("WIP limit exceeded for review: 4/3 tasks");
    assert_eq!(found[0].record.hint, "Finish a task first.");
    let read = Decoder::new()
        .in_system("scrum-mcp")
        .decode(r#"{"ok":false,"error":"WIP limit exceeded for review: 4/3 tasks"}"#)?;
    assert!(read.is(scrum::WIP_LIMIT_EXCEEDED));
    assert_eq!(read.record().hint, "Finish a task first.");
    let read = decode(r#"{"code":-32602,"message":"Invalid params"}"#)?;
    assert!(read.is(mcp::INVALID_PARAMS));
    assert_eq!(read.record().aliases.last(), Some(&"WRONG_ARGUMENTS"));
    Ok(())
}

#[test]
fn the_export_has_the_extended_record_in_its_place() -> Outcome {
    installed();
    let names: Vec<_> = registries().map(|registry| registry.name()).collect();
    assert_eq!(names, ["mcp-error-codes", "mcp-error-codes"]);
    assert_eq!(generated::REGISTRY.extensions().len(), 4);

    let export: Value = serde_json::to_value(Export)?;
    let codes = export["codes"].as_array().ok_or("no codes")?;
    assert_eq!(export["systems"].as_array().map(Vec::len), Some(mcp_error_codes::REGISTRY.systems().len()));
    assert_eq!(codes.len(), Code::all().count());
    let of_code = |code: &Value| code["code"] == "NX-MCP-001";
    let at = Code::all().position(|code| code == CODE);
    assert_eq!(codes.iter().position(of_code), at);
    let mut own = serde_json::to_value(CODE.record())?;
    let mut found = codes[at.ok_or("no code")?].clone();
    assert_eq!(found["hint"], HINT);
    assert_eq!(found["related"][0]["document"], "https://wiki.team.example/runbooks/tools");
    for field in ["hint", "aliases", "resolution", "related"] {
        for record in [&mut own, &mut found] {
            record[field].take();
        }
    }
    assert_eq!(own, found);
    Ok(())
}

#[test]
fn a_registry_without_codes_has_none() {
    assert_eq!(generated::Code::all().count(), 0);
    assert_eq!(generated::Code::lookup("NX-MCP-001"), None);
    assert_eq!(generated::Code::by_number(41_001), None);
}

#[test]
fn an_added_alias_is_read_too() -> Outcome {
    installed();
    let forms = [
        r#"{"error":{"code":"TOOL_CRASH","message":"boo"}}"#,
        r#"{"content":[{"type":"text","text":"TOOL_CRASH: boo"}],"isError":true}"#,
        r#"{"code":-32000,"message":"TOOL_CRASH: boo"}"#,
        r#"{"code":-32000,"message":"boo","data":{"code":"TOOL_CRASH"}}"#,
        r#"{"code":-32000,"message":"boo","data":{"code":"hyper-bun:TOOL_CRASH"}}"#,
        r#"{"code":-32000,"message":"boo","data":{"system":"hyper-bun","code":"TOOL_CRASH"}}"#,
    ];
    for form in forms {
        let received = decode(form)?;
        assert!(received.is(CODE), "{form}: {received:?}");
        assert_eq!(received.record().hint, HINT);
    }
    // An alias that the library itself gives proves no more than before.
    assert!(!decode(r#"{"code":-32000,"message":"boo","data":{"code":"NOT_FOUND"}}"#)?.is_known());
    Ok(())
}
