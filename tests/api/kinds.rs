//! The kind of an error, and the codes that a program prefers.
#![cfg(feature = "std")]

use std::error::Error;
#[cfg(feature = "testing")]
use std::io::{self, ErrorKind};

#[cfg(feature = "testing")]
use mcp_error_codes::filesystem;
use mcp_error_codes::wire::{Decoder, RecordObject};
use mcp_error_codes::{Code, Kind, McpError, Surface, decode, scrum, sdk};
use serde_json::{Value, json};

type Checked = Result<(), Box<dyn Error>>;

#[test]
fn every_code_sends_its_kind_and_every_kind_is_read_back() -> Checked {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let error = McpError::new(code);
        let object: Value = serde_json::to_value(RecordObject::new(&error))?;
        assert_eq!(object["kind"], error.kind().as_str(), "{code:?}");
        for sent in
            [error.tool_result().to_string(), error.json_rpc_response(1).to_string(), error.problem().to_string()]
        {
            assert_eq!(decode(&sent)?.kind(), code.record().kind, "{sent}");
        }
    }
    Ok(())
}

#[test]
fn an_unknown_code_has_the_kind_that_was_received() -> Checked {
    for kind in Kind::ALL {
        let sent = json!({"system": "acme", "code": "ACME-1", "kind": kind, "message": "no"});
        let error = Decoder::new().decode_value(sent)?;
        assert!(!error.is_known());
        assert_eq!((error.kind(), error.kind_text()), (*kind, kind.as_str()));
        // A gateway forwards it.
        assert_eq!(decode(error.tool_result().to_string())?.kind(), *kind);
    }
    Ok(())
}

#[test]
fn an_unknown_kind_is_kept_and_counts_as_a_failed_operation() -> Checked {
    for (system, code) in [("acme", "ACME-1"), ("filesystem", "FS-001")] {
        let sent = json!({"system": system, "code": code, "kind": "bewitched", "message": "no"});
        let error = Decoder::new().decode_value(sent)?;
        assert_eq!((error.kind(), error.kind_text()), (Kind::OperationFailed, "bewitched"));
        let passed_on: Value = serde_json::to_value(RecordObject::new(&error))?;
        assert_eq!(passed_on["kind"], "bewitched");
        let again: Value = serde_json::from_str(&error.json_rpc_response(1).to_string())?;
        assert_eq!(again["error"]["data"]["kind"], "bewitched");
    }
    Ok(())
}

#[test]
fn an_error_without_a_kind_has_that_of_its_code() -> Checked {
    let known = decode(r#"{"system":"filesystem","code":"FS-001","message":"no"}"#)?;
    assert_eq!(known.kind(), Kind::NotFound);
    let unknown = decode(r#"{"code":1234,"message":"out of paper"}"#)?;
    assert_eq!((unknown.kind(), unknown.kind_text()), (Kind::OperationFailed, "operation_failed"));
    Ok(())
}

#[test]
fn a_scenario_of_another_kind_decides_and_is_read_back() -> Checked {
    let mut seen = 0;
    for code in Code::all() {
        for (at, case) in code.record().scenarios.iter().enumerate() {
            let Some(kind) = case.kind else { continue };
            seen += 1;
            let error = McpError::new(code).__scenario(u16::try_from(at)?);
            assert_eq!(error.kind(), kind, "{code:?} {}", case.name);
            let sent = error.json_rpc_response(1).to_string();
            assert!(sent.contains(&format!("\"kind\":\"{kind}\"")), "{sent}");
            assert_eq!(decode(&sent)?.kind(), kind, "{sent}");
        }
    }
    assert!(seen > 3);
    assert_eq!(McpError::new(scrum::CONFLICT).kind(), Kind::Conflict);
    Ok(())
}

#[test]
fn the_codes_of_the_kinds_are_all_codes_each_once() {
    let count: usize = Kind::ALL.iter().map(|kind| Code::all_of_kind(*kind).count()).sum();
    assert_eq!(count, Code::all().len());
    for kind in Kind::ALL {
        let preferred = Code::of_kind(*kind).expect("each kind has a preferred code");
        assert!(preferred.record().kind == *kind && preferred.record().preferred, "{kind}");
        assert!(McpError::of_kind(*kind).is(preferred), "{kind}");
    }
}

#[test]
fn an_error_of_an_sdk_is_sent_as_the_preferred_code_of_its_kind() -> Checked {
    for code in Code::in_system("sdk") {
        let error = McpError::new(code).with_detail("url", "here");
        let preferred = McpError::of_kind(error.kind());
        for sent in [
            error.tool_result().to_string(),
            error.json_rpc_response(1).to_string(),
            error.problem().to_string(),
            RecordObject::new(&error).to_string(),
        ] {
            let read = decode(&sent)?;
            assert!(read.is_of(preferred.record()), "{sent}");
            assert_eq!(read.kind(), code.record().kind, "{sent}");
            assert_eq!(read.message(), code.record().title, "{sent}");
            assert_eq!(read.detail("url"), Some(&json!("here")), "{sent}");
            assert_ne!(read.surface(), Surface::Local, "{sent}");
        }
        assert_eq!(error.json_rpc_number(), preferred.json_rpc_number(), "{code:?}");
        assert!(error.is(code), "the error itself stays what it is");
    }
    let timeout = McpError::new(sdk::REQUEST_TIMEOUT);
    assert_eq!(timeout.tool_text().split(':').next(), Some("NX-MCP-002"));
    Ok(())
}

#[cfg(feature = "testing")]
mod own {
    use super::*;
    use mcp_error_codes::{arguments, common, hyper_bun, mcp, setup};

    fn read() -> McpError {
        McpError::from(io::Error::new(ErrorKind::NotFound, "/srv/private"))
    }

    #[test]
    fn a_program_speaks_with_the_code_that_it_prefers() -> Checked {
        assert!(read().is(filesystem::FILE_NOT_FOUND));
        let speaks = |kind: Kind, code: Code, make: fn() -> McpError| setup().preferred(kind, code).run(make);
        let not_found = speaks(Kind::NotFound, common::NOT_FOUND, read)?;
        assert!(not_found.is(common::NOT_FOUND) && not_found.surface() == Surface::Tool);
        assert!(not_found.source().is_some() && !not_found.tool_result().to_string().contains("private"));
        // A different kind changes nothing.
        assert!(speaks(Kind::Timeout, common::TIMEOUT, read)?.is(filesystem::FILE_NOT_FOUND));
        let upstream = || McpError::from_upstream_status(429).expect("a failure");
        let limited = speaks(Kind::RateLimited, common::RATE_LIMITED, upstream)?;
        assert_eq!(
            limited.to_string(),
            "COMMON-RATE-LIMITED: the service behind this tool received too many requests (status 429)"
        );
        assert_eq!(limited.detail("upstreamStatus"), Some(&json!(429)));
        let json = || McpError::from(serde_json::from_str::<Value>("{").expect_err("it is cut off"));
        let invalid = speaks(Kind::InvalidArgument, common::INVALID_ARGUMENT, json)?;
        assert!(invalid.is(common::INVALID_ARGUMENT) && invalid.message().contains("EOF"), "{invalid}");
        Ok(())
    }

    #[test]
    fn refused_arguments_keep_their_message_and_their_place() -> Checked {
        #[derive(Debug, serde::Deserialize)]
        struct Watch {
            #[serde(rename = "depth")]
            _depth: u8,
        }
        let refuse = || arguments::parse::<Watch>(json!({"depth": "deep"}).as_object().cloned()).expect_err("a text");
        let documented = refuse();
        let own = setup().preferred(Kind::InvalidArgument, common::INVALID_ARGUMENT).run(refuse)?;
        assert!(documented.is(filesystem::INVALID_PARAMETER_TYPE) && own.is(common::INVALID_ARGUMENT));
        assert_eq!(documented.message(), own.message());
        assert_eq!(own.detail("parameter"), Some(&json!("depth")));
        assert_eq!(own.hint(), Kind::InvalidArgument.hint());
        Ok(())
    }

    #[test]
    fn a_panic_is_internal_before_it_is_a_failed_operation() -> Checked {
        let panic = || McpError::from_panic(Box::new("no such table"));
        assert!(panic().is(hyper_bun::TOOL_EXECUTION_FAILED));
        let failed = setup().preferred(Kind::OperationFailed, common::OPERATION_FAILED);
        assert!(failed.clone().run(panic)?.is(common::OPERATION_FAILED));
        let internal = failed.preferred(Kind::Internal, common::INTERNAL).run(panic)?;
        assert!(internal.is(common::INTERNAL) && internal.error_id().is_some());
        assert_eq!(internal.detail("errorType"), Some(&json!("panic")));
        Ok(())
    }

    #[test]
    fn a_code_of_another_kind_carries_the_kind_of_the_failure() -> Checked {
        let error = setup().preferred(Kind::NotFound, common::OPERATION_FAILED).run(read)?;
        assert!(error.is(common::OPERATION_FAILED));
        assert_eq!(error.kind(), Kind::NotFound);
        assert_eq!(decode(error.tool_result().to_string())?.kind(), Kind::NotFound);
        Ok(())
    }

    #[test]
    fn an_error_of_a_kind_is_a_tool_result_also_with_a_code_of_the_specification() -> Checked {
        let error = setup()
            .preferred(Kind::InvalidArgument, mcp::INVALID_PARAMS)
            .run(|| McpError::of_kind(Kind::InvalidArgument))?;
        assert!(error.is(mcp::INVALID_PARAMS));
        assert_eq!(error.surface(), Surface::Tool);
        Ok(())
    }

    #[test]
    fn a_code_that_is_never_sent_cannot_be_preferred() {
        let refused = setup().preferred(Kind::Timeout, sdk::REQUEST_TIMEOUT).run(|| ()).expect_err("it is of `sdk`");
        assert_eq!(
            refused.to_string(),
            r#"code "sdk:REQUEST_TIMEOUT" is preferred for timeout, but servers never send it"#
        );
    }

    #[test]
    fn a_local_error_is_passed_on_with_the_code_that_the_program_prefers() -> Checked {
        let text = setup()
            .preferred(Kind::Timeout, common::TIMEOUT)
            .run(|| McpError::new(sdk::REQUEST_TIMEOUT).tool_text())?;
        assert!(text.starts_with("COMMON-TIMEOUT: "), "{text}");
        Ok(())
    }
}
