//! An author's registry next to the library's: it links to the library's codes, and shares only what it declares.
#![cfg(feature = "std")]

use mcp_error_codes::wire::Decoder;
use mcp_error_codes::{McpError, SetupError, find, setup};
use mcp_error_codes_build::Generator;

/// The output that a build script would write to `OUT_DIR`. `tests/data/generated.rs` checks that it is up to date.
mod generated {
    include!("registry.rs");
}

mod recognized;

use generated::{Code, REGISTRY, acme, depot};

#[test]
fn a_link_to_a_code_of_the_library_is_shown_and_found() -> Result<(), mcp_error_codes::UnknownCode> {
    let page = acme::LABEL_NOT_FOUND.record().explain().to_string();
    assert!(page.contains("\n    - filesystem:FS-001: what the filesystem server says of any file\n"), "{page}");
    assert_eq!(find("filesystem:FS-001")?.name, "FILE_NOT_FOUND");
    let page = acme::ADDRESS_INVALID.record().explain().to_string();
    assert!(page.contains("\n    - Shared with: mcp:-32602\n"), "{page}");
    Ok(())
}

#[test]
fn a_code_of_the_library_may_take_the_place_of_one() {
    #[allow(deprecated)]
    let old = acme::FOLDER_NOT_FOUND;
    assert!(old.record().explain().to_string().contains("Use filesystem:FS-002 instead."));
    // The successor has another type, so it is not part of this one.
    assert_eq!(old.current(), old);
}

#[test]
fn a_text_that_the_library_has_means_the_library_s_code() {
    assert_eq!(Code::lookup("-32603"), None);
    assert_eq!(Code::lookup("acme:-32603"), Some(acme::BROKEN));
    assert_eq!(acme::BROKEN.to_string(), "acme:-32603");
    assert_eq!(generated::code!("acme:-32603"), acme::BROKEN);
    assert_eq!(McpError::new(acme::BROKEN).to_string(), "acme:-32603: Broken");
    assert_eq!(acme::label_not_found("/labels/7").to_string(), "ACME-001: no label at /labels/7");
}

#[test]
fn what_is_shared_is_no_clash() -> Result<(), SetupError> {
    setup().registries([&REGISTRY]).apply()?;
    let numbered = |number| mcp_error_codes::by_number(number).map(|record| record.code).collect::<Vec<_>>();
    assert_eq!(numbered(-32602).first(), Some(&"-32602"));
    assert!(numbered(-32602).contains(&"ACME-002"));
    assert_eq!(
        mcp_error_codes::in_system("acme").by_number(-32602).next().map(|record| record.name),
        Some("ADDRESS_INVALID")
    );
    Ok(())
}

#[test]
fn a_registry_that_takes_the_library_s_number_is_refused() -> Result<(), Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string("tests/own_registry/registry/acme.toml")?;
    let text = text.replace("shares_with = [\"mcp:-32602\"]\n", "");
    let problems = Generator::generate_from(&[("registry/acme.toml", &text)]).expect_err("it shares no more");
    assert_eq!(
        problems.to_string(),
        "registry/acme.toml:54: number -32602 is taken by mcp:-32602 of mcp-error-codes; expected another number, \
         or shares_with = [\"mcp:-32602\"] [taken-number]"
    );
    Ok(())
}

#[test]
fn the_exact_text_of_a_code_comes_first_across_registries() -> Result<(), Box<dyn std::error::Error>> {
    setup().registries([&REGISTRY]).apply()?;
    // The number of a code of the library, and the name of one.
    for (text, own, other) in
        [("41010", depot::SHELF_FULL, "NX-MCP-010"), ("FILE-NOT-FOUND", depot::DRAWER_EMPTY, "FS-001")]
    {
        assert_eq!(find(text)?.full_name(), own.record().full_name());
        let codes: Vec<_> = mcp_error_codes::find_all(text).map(|record| record.code).collect();
        assert_eq!(codes[..2], [text, other]);
        #[cfg(feature = "recognize")]
        {
            let recognition = mcp_error_codes::recognize(text);
            let answer = recognition.errors[0].answer().and_then(|answer| answer.record());
            assert_eq!(answer.map(|record| record.full_name()), Some(own.record().full_name()));
        }
    }
    // Another spelling is not the exact text.
    assert_eq!(find("file not found")?.code, "FS-001");
    assert_eq!(find("hyper-bun:41010")?.code, "NX-MCP-010");
    Ok(())
}

/// Registers the registry, and reads an error.
fn read(bytes: &str) -> McpError {
    assert_eq!(setup().registries([&REGISTRY]).apply(), Ok(()));
    mcp_error_codes::decode(bytes).unwrap_or_else(|error| panic!("{bytes}: {error}"))
}

#[test]
fn a_word_belongs_to_nobody() -> Result<(), Box<dyn std::error::Error>> {
    // Inside the registry, the word is the registry's own.
    assert_eq!(Code::lookup("NOT_FOUND"), Some(depot::NOT_FOUND));
    assert_eq!(generated::code!("NOT_FOUND"), depot::NOT_FOUND);
    assert_eq!("NOT_FOUND".parse::<Code>().ok(), Some(depot::NOT_FOUND));
    assert_eq!(mcp_error_codes::code!("NOT_FOUND"), mcp_error_codes::scrum::NOT_FOUND);
    // Outside, the word is written with its system, because the library has it too. A word that only this registry has stands
    // alone.
    assert_eq!(depot::not_found().tool_text().lines().next(), Some("depot:NOT_FOUND: Not found"));
    assert_eq!(depot::aborted().tool_text().lines().next(), Some("ABORTED: Aborted"));

    // `find` means the program's own code in any spelling of the word.
    for text in ["NOT_FOUND", "not found", "Not-Found", " notfound "] {
        let all: Vec<_> = mcp_error_codes::find_all(text).map(|record| record.full_name().to_string()).collect();
        assert_eq!(find(text)?.full_name(), "depot:NOT_FOUND", "{text}");
        assert_eq!(all[0], "depot:NOT_FOUND", "{text}");
        assert_eq!(all.iter().filter(|name| *name == "scrum-mcp:NOT_FOUND").count(), 1, "{all:?}");
    }
    // The record object names the system of the word.
    let own = read(&depot::not_found().tool_result().to_string());
    let other = read(&McpError::new(mcp_error_codes::scrum::NOT_FOUND).tool_result().to_string());
    assert!(own.is(depot::NOT_FOUND) && other.is(mcp_error_codes::scrum::NOT_FOUND));
    // Without a record object, the word belongs to the only registry of the program that has it.
    for word in ["NOT_FOUND", "ABORTED"] {
        let tool = format!(r#"{{"content":[{{"type":"text","text":"{word}: parcel 7"}}],"isError":true}}"#);
        let member = format!(r#"{{"error":{{"code":"{word}","message":"parcel 7"}}}}"#);
        let log = depot::aborted().with_message("parcel 7").log_entry("depot", std::time::UNIX_EPOCH).to_string();
        let log = log.replace("ABORTED", word);
        for text in [tool, member, log] {
            assert_eq!(read(&text).record().full_name(), format!("depot:{word}").as_str(), "{text}");
        }
        assert_eq!(find(word)?.system.name, "depot");
    }
    // Both codes have this message.
    for text in [
        r#"{"error":{"code":"NOT_FOUND","message":"Not found"}}"#,
        r#"{"content":[{"type":"text","text":"NOT_FOUND: Not found"}],"isError":true}"#,
    ] {
        assert!(read(text).is(depot::NOT_FOUND), "{text}");
    }
    // A message that only the code has is better evidence.
    let scrum = r#"{"error":{"code":"NOT_FOUND","message":"Task not found: 7"}}"#;
    assert!(read(scrum).is(mcp_error_codes::scrum::NOT_FOUND));
    Ok(())
}

#[test]
fn a_code_is_read_as_the_world_writes_it() {
    let codes =
        [depot::INVALID_TOKEN, depot::DATABASE_ACCESS_DENIED, depot::NO_SUCH_BUCKET, depot::BAD_NONCE, depot::TOO_MANY];
    for code in codes {
        let error = McpError::new(code).with_message("it broke");
        let forms = [
            error.tool_result().to_string(),
            error.json_rpc_response(7).to_string(),
            error.problem().to_string(),
            error.log_entry("depot", std::time::UNIX_EPOCH).to_string(),
            format!(r#"{{"error":{{"code":"{code}","message":"it broke"}}}}"#),
            format!(r#"{{"error":true,"code":"depot:{code}","message":"it broke"}}"#),
            format!(r#"{{"content":[{{"type":"text","text":"{code}: it broke"}}],"isError":true}}"#),
            format!(r#"{{"content":[{{"type":"text","text":"depot:{code}: it broke"}}],"isError":true}}"#),
        ];
        for form in forms {
            let received = read(&form);
            assert!(received.is(code) && received.message() == "it broke", "{form}: {received:?}");
        }
        assert_eq!(Code::lookup(code.as_str()), Some(code));
        assert_eq!(Code::lookup(&format!("depot:{}", code.as_str())), Some(code));
        for spelling in
            [code.as_str().to_lowercase(), format!("DEPOT:{}", code.as_str()), code.record().name.to_owned()]
        {
            assert_eq!(find(&spelling).map(|record| record.code).ok(), Some(code.as_str()), "{spelling}");
        }
    }
}

#[test]
fn an_alias_is_read_too() {
    let forms = [
        r#"{"error":{"code":"Too Many Requests","message":"slow down"}}"#,
        r#"{"content":[{"type":"text","text":"Too Many Requests: slow down"}],"isError":true}"#,
    ];
    for form in forms {
        let received = read(form);
        assert!(received.is(depot::TOO_MANY) && received.message() == "slow down", "{form}: {received:?}");
    }
}

#[test]
fn braces_truths_and_numbers_are_in_messages() {
    let error = depot::no_such_bucket("parcels", true, 0.25);
    assert_eq!(error.message(), "bucket {parcels} is missing, public: true, 0.25 of it was read");
    assert_eq!(error.detail("public"), Some(&true.into()));
    assert_eq!(depot::no_such_bucket("b", false, 3).detail("share"), Some(&3.into()));
    assert_eq!(depot::no_such_bucket("b", false, f64::NAN).detail("share"), Some(&"NaN".into()));

    let message = error.message();
    let found = mcp_error_codes::in_system("depot").match_message(&message);
    assert_eq!(found.len(), 1, "{message}");
    assert_eq!(found[0].params, [("bucket", "parcels"), ("public", "true"), ("share", "0.25")]);
    let body = format!(r#"{{"ok":false,"error":{message:?}}}"#);
    let received = Decoder::new().in_system("depot").decode(body);
    let received = received.unwrap_or_else(|error| panic!("{error}"));
    assert!(received.is(depot::NO_SUCH_BUCKET), "{received:?}");
    assert_eq!(received.detail("bucket"), Some(&"parcels".into()));
    assert_eq!((received.detail("public"), received.detail("share")), (Some(&true.into()), Some(&0.25.into())));

    // For a template without placeholders, a bare error has the unescaped template as its message.
    let bare = depot::bad_nonce();
    assert_eq!(bare.message(), "use {fresh} nonces");
    assert!(bare.tool_result().to_string().contains("use {fresh} nonces"), "{}", bare.tool_result());
    assert!(bare.json_rpc_error().to_string().contains(r#""message":"use {fresh} nonces""#));
}

#[test]
fn a_code_of_five_lines_has_its_facts_from_its_system_and_its_kind() {
    use mcp_error_codes::{Kind, RetryClass, Severity, Surface};

    let record = depot::ABORTED.record();
    assert_eq!((record.kind, record.http_status), (Kind::OperationFailed, Kind::OperationFailed.http_status()));
    assert_eq!((record.surface, record.severity), (Surface::Protocol, Severity::Fatal));
    assert_eq!((record.family.name, record.since, record.reference), ("depot", "", ""));
    let record = depot::INVALID_TOKEN.record();
    assert_eq!((record.http_status, record.retry.class), (401, RetryClass::ReAuthThenRetry));
    assert_eq!((record.surface, record.severity), (Surface::Protocol, Severity::Warn));
    let page = record.explain().to_string();
    assert!(!page.contains("Since") && !page.contains("Reference"), "{page}");
}

#[test]
fn a_wide_number_is_sent_where_it_fits() {
    let error = McpError::new(depot::TOO_MANY);
    assert_eq!(error.json_rpc_number(), 3_000_000_000);
    let response = error.json_rpc_response(1).to_string();
    assert!(response.contains(r#""code":3000000000,"#), "{response}");
    assert!(read(&response).is(depot::TOO_MANY));
    assert_eq!(Code::by_number(3_000_000_000), Some(depot::TOO_MANY));
    assert_eq!(find("3000000000").map(|record| record.code).ok(), Some("TOO_MANY"));
}

#[test]
fn a_number_of_the_past_is_documented_and_never_certain() {
    use mcp_error_codes::ProtocolVersion;

    let record = depot::OLD_STYLE.record();
    assert_eq!(record.json_rpc_number_in(ProtocolVersion::V2025_11_25), Some(-32_001));
    assert_eq!(record.json_rpc_number_in(ProtocolVersion::V2026_07_28), Some(100_001));
    // Others used the number too, so it means nothing on its own.
    assert!(!read(r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"no"}}"#).is_known());
}

#[cfg(feature = "testing")]
#[test]
fn a_test_fails_if_setup_was_forgotten() -> Result<(), SetupError> {
    use mcp_error_codes::testing::expect_set_up;

    setup().registries([&REGISTRY]).run(|| expect_set_up(&REGISTRY))?;
    let panic = setup().run(|| std::panic::catch_unwind(|| expect_set_up(&REGISTRY)))?.err();
    let text = panic.and_then(|payload| payload.downcast::<String>().ok());
    assert_eq!(
        text.as_deref().map(String::as_str),
        Some(
            "the registry \"mcp-error-codes\" extends filesystem:FS-001, and is not known here; \
             call `mcp_error_codes::setup().registries([&REGISTRY]).apply()` when the program starts"
        )
    );
    Ok(())
}

/// Runs itself in a process of its own, where nothing calls `setup`.
#[test]
fn a_debug_build_says_once_that_setup_was_forgotten() -> std::io::Result<()> {
    const WITHOUT_SETUP: &str = "OWN_REGISTRY_WITHOUT_SETUP";
    if std::env::var_os(WITHOUT_SETUP).is_some() {
        for path in ["a", "b"] {
            assert!(acme::label_not_found(path).is(acme::LABEL_NOT_FOUND));
        }
        return Ok(());
    }
    let name = "a_debug_build_says_once_that_setup_was_forgotten";
    let mut process = std::process::Command::new(std::env::current_exe()?);
    let output = process.args(["--exact", name, "--nocapture"]).env(WITHOUT_SETUP, "1").output()?;
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && printed.contains("1 passed"), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).matches("extends filesystem:FS-001, and is not known").count();
    assert_eq!(said, usize::from(cfg!(debug_assertions)));
    Ok(())
}

/// The preferred codes in an author's registry (`[preferred]`), from the file to the peer.
#[cfg(feature = "testing")]
mod preferred {
    use std::io::{self, ErrorKind};

    use mcp_error_codes::{Kind, decode, hyper_bun, sdk};
    use serde_json::{Value, json};

    use super::*;

    type Checked = Result<(), Box<dyn std::error::Error>>;

    /// Returns what `?` produces in a handler.
    fn fails(error: impl Into<McpError>) -> Result<Value, McpError> {
        Err(error.into())
    }

    fn in_own_codes<T>(work: impl FnOnce() -> T) -> Result<T, SetupError> {
        setup().registries([&REGISTRY]).run(work)
    }

    #[test]
    fn conversions_speak_with_the_codes_of_the_registry() -> Checked {
        let (missing, late, json, upstream) = in_own_codes(|| {
            let json = serde_json::from_str::<Value>("{").expect_err("it is cut off");
            (
                fails(io::Error::new(ErrorKind::NotFound, "/srv/private")),
                fails(io::Error::from(ErrorKind::TimedOut)),
                fails(json),
                McpError::from_upstream_status(404),
            )
        })?;
        let missing = missing.expect_err("a failure");
        assert!(missing.code_in() == Some(acme::LABEL_NOT_FOUND), "{missing:?}");
        assert!(!missing.tool_result().to_string().contains("private"));
        assert!(late.expect_err("a failure").code_in() == Some(acme::CARRIER_TOO_SLOW));
        assert!(json.expect_err("a failure").code_in() == Some(acme::ADDRESS_INVALID));
        assert!(upstream.ok_or("no failure")?.code_in() == Some(acme::LABEL_NOT_FOUND));
        // A kind that the registry does not list keeps the documented code.
        let limited = in_own_codes(|| McpError::from_upstream_status(503))?.ok_or("no failure")?;
        assert!(limited.is(hyper_bun::SERVER_UNAVAILABLE), "{limited:?}");
        Ok(())
    }

    #[test]
    fn arguments_panics_and_local_errors_too() -> Checked {
        #[derive(Debug, serde::Deserialize)]
        struct Parcel {
            #[serde(rename = "weight")]
            _weight: u8,
        }
        let arguments = json!({"weight": "heavy"});
        let parse = || mcp_error_codes::arguments::parse::<Parcel>(arguments.as_object().cloned());
        let refused = in_own_codes(parse)?.expect_err("a text");
        assert!(refused.code_in() == Some(acme::ADDRESS_INVALID), "{refused:?}");
        assert_eq!(refused.detail("parameter"), Some(&json!("weight")));
        let panicked = in_own_codes(|| McpError::from_panic(Box::new("no ink")))?;
        assert!(panicked.code_in() == Some(acme::BROKEN) && panicked.error_id().is_some(), "{panicked:?}");
        let sent = in_own_codes(|| McpError::new(sdk::REQUEST_TIMEOUT).json_rpc_error().to_string())?;
        assert!(
            sent.contains("\"code\":50005") && sent.contains("ACME-005") && !sent.contains("REQUEST_TIMEOUT"),
            "{sent}"
        );
        // A peer that does not know the registry still recognizes the kind of failure.
        assert_eq!(decode(&sent)?.kind(), Kind::Timeout);
        Ok(())
    }

    #[test]
    fn a_program_comes_before_its_registry() -> Checked {
        let preferred = setup().registries([&REGISTRY]).preferred(Kind::NotFound, mcp_error_codes::common::NOT_FOUND);
        let error = preferred.run(|| McpError::of_kind(Kind::NotFound))?;
        assert!(error.is(mcp_error_codes::common::NOT_FOUND), "{error:?}");
        Ok(())
    }
}
