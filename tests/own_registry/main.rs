//! A registry of an author's own, beside the library's: its links lead to the library's codes, and it shares what it says it
//! shares.
#![cfg(feature = "std")]

use mcp_error_codes::{McpError, SetupError, find, setup};
use mcp_error_codes_build::Generator;

/// What a build script would write to `OUT_DIR`. `tests/data/generated.rs` checks that it is up to date.
mod generated {
    include!("registry.rs");
}

use generated::{Code, REGISTRY, acme};

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
    // The successor is a code of another type, so this type has none.
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

/// What an author's registry says under `[preferred]`, from the file to what a peer receives.
#[cfg(feature = "testing")]
mod preferred {
    use std::io::{self, ErrorKind};

    use mcp_error_codes::{Kind, decode, hyper_bun, sdk};
    use serde_json::{Value, json};

    use super::*;

    type Checked = Result<(), Box<dyn std::error::Error>>;

    /// What a handler does with `?`.
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
        // A kind that the registry does not name keeps the documented code.
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
        // A peer that does not know the registry still knows what sort of failure it is.
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
