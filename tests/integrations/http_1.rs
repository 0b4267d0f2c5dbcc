//! The status of every error, by transport.
#![cfg(feature = "http-1")]

use http::StatusCode;
use mcp_error_codes::http_1::Transport;
use mcp_error_codes::wire::RequestId;
use mcp_error_codes::{Code, McpError, ProtocolVersion, Surface, decode, filesystem, hyper_bun, mcp};

const TRANSPORTS: [Transport; 3] = [Transport::Rest, Transport::StreamableHttp, Transport::Legacy];

/// Returns the statuses as numbers: in a plain API, in MCP since 2026-07-28, and in earlier MCP.
fn statuses(error: &McpError) -> [u16; 3] {
    TRANSPORTS.map(|transport| error.status_code(transport).as_u16())
}

#[test]
fn every_record_has_its_status_by_transport() {
    let mut others = 0;
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let error = McpError::new(code);
        let expected = match (code.record().system.name, code.record().code) {
            ("mcp", "-32601") => [404, 404, 200],
            ("mcp", "-32020" | "-32022") => [400, 400, 400],
            ("mcp", "-32021") => [400, 400, 200],
            _ => {
                others += 1;
                [code.record().http_status, 200, 200]
            }
        };
        assert_eq!(statuses(&error), expected, "{}", code.record());
    }
    assert_eq!(others, Code::all().filter(|code| code.record().is_sent()).count() - 4);
}

#[test]
fn as_a_tool_result_every_error_travels_in_a_200() {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let error = McpError::new(code).with_surface(Surface::Tool);
        assert_eq!(statuses(&error), [code.record().http_status, 200, 200], "{}", code.record());
    }
    assert_eq!(statuses(&mcp::malformed_meta("no version").with_surface(Surface::Tool)), [400, 200, 200]);
}

#[test]
fn as_a_json_rpc_error_a_tools_error_still_travels_in_a_200() {
    let error = filesystem::file_not_found("a.txt").with_surface(Surface::Protocol);
    assert_eq!(statuses(&error), [404, 200, 200]);
    assert_eq!(statuses(&McpError::new(hyper_bun::TOOL_NOT_FOUND)), [404, 200, 200]);
}

#[test]
fn of_invalid_params_only_a_malformed_meta_is_a_400_over_mcp() {
    let malformed = mcp::malformed_meta("`io.modelcontextprotocol/protocolVersion` is missing");
    assert_eq!(malformed.to_string(), "-32602: Malformed _meta: `io.modelcontextprotocol/protocolVersion` is missing");
    assert_eq!(statuses(&malformed), [400, 400, 200]);
    assert_eq!(statuses(&malformed.clone().with_message("In other words")), [400, 400, 200]);
    assert_eq!(statuses(&McpError::new(mcp::INVALID_PARAMS)), [400, 200, 200]);

    let scenarios = mcp::INVALID_PARAMS.record().scenarios.iter().filter(|case| case.message.is_some());
    assert_eq!(scenarios.map(|case| case.name).collect::<Vec<_>>(), ["MALFORMED_META"]);
}

#[test]
fn an_error_of_a_peer_has_the_status_of_its_number() {
    let status = |number: i64| {
        let sent = format!(r#"{{"jsonrpc":"2.0","id":1,"error":{{"code":{number},"message":"no"}}}}"#);
        statuses(&decode(sent).expect("it is read"))
    };
    assert_eq!(status(-32_601), [404, 404, 200]);
    assert_eq!(status(-32_022), [400, 400, 400]);
    assert_eq!(status(-32_021), [400, 400, 200]);
    assert_eq!(status(-32_603), [500, 200, 200]);
    assert_eq!(status(-32_050), [500, 200, 200]);
    assert_eq!(status(-32_001), [500, 200, 200]);
    assert_eq!(status(i64::MAX), [500, 200, 200]);
}

#[test]
fn the_protocol_version_tells_the_transport() {
    let transports = ProtocolVersion::ALL.iter().map(|version| Transport::from(*version));
    let (old, new) = (Transport::Legacy, Transport::StreamableHttp);
    assert_eq!(transports.collect::<Vec<_>>(), [old, old, old, old, new]);
}

#[test]
fn a_response_has_the_status_of_the_version_it_was_made_for() {
    for error in Code::all().map(McpError::new) {
        let error = error.with_surface(Surface::Protocol);
        let newest = error.status_code(Transport::StreamableHttp);
        assert_eq!(error.json_rpc_response(1).status_code(), newest, "{error}");
        for version in ProtocolVersion::ALL {
            let response = error.json_rpc_response("one").in_version(*version);
            assert_eq!(response.status_code(), error.status_code(Transport::from(*version)), "{error} {version}");
        }
    }
}

#[test]
fn a_response_is_a_json_rpc_error_whatever_the_surface_of_the_error() {
    let error = McpError::new(mcp::METHOD_NOT_FOUND).with_surface(Surface::Tool);
    assert_eq!(error.status_code(Transport::StreamableHttp), StatusCode::OK);
    assert_eq!(error.json_rpc_response(1).status_code(), StatusCode::NOT_FOUND);
}

#[test]
fn a_response_without_an_id_is_a_refusal_and_never_ends_a_session() {
    for code in Code::all().filter(|code| code.record().is_sent()) {
        let error = McpError::new(code);
        let response = error.json_rpc_response(RequestId::Unknown);
        let own = code.record().http_status;
        assert_eq!(response.status_code().as_u16(), own, "{error}");

        let legacy = response.in_version(ProtocolVersion::V2025_06_18).status_code().as_u16();
        assert_eq!(legacy, if own == 404 { 400 } else { own }, "{error}");
    }
    let forbidden = McpError::new(filesystem::PERMISSION_DENIED);
    assert_eq!(forbidden.json_rpc_response(RequestId::Unknown).status_code(), StatusCode::FORBIDDEN);
}
