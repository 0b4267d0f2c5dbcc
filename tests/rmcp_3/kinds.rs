//! The codes that a program prefers, from the handler to the client.

use mcp_error_codes::{Code, Kind, McpError, Surface, common, sdk, setup};
use rmcp::ErrorData;
use serde_json::json;

use crate::client::{Checked, connect_guarded, protocol_error, seen, tool_error};

/// Runs a conversation in one thread with its own settings.
fn converse(work: impl Future<Output = Checked>) -> Checked {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

#[test]
fn the_guard_speaks_with_the_codes_that_the_program_prefers() -> Checked {
    let codes = [
        (Kind::NotFound, common::NOT_FOUND),
        (Kind::InvalidArgument, common::INVALID_ARGUMENT),
        (Kind::Internal, common::INTERNAL),
    ];
    let preferred = codes.into_iter().fold(setup(), |setup, (kind, code)| setup.preferred(kind, code));
    preferred.run(|| {
        converse(async {
            let (client, told) = connect_guarded().await?;
            let (number, unknown) = protocol_error(&client, "no_such_tool", json!({})).await?;
            assert!(unknown.is(common::NOT_FOUND), "{unknown:?}");
            assert_eq!((number, unknown.kind()), (-32_602, Kind::NotFound));
            assert!(unknown.detail("availableTools").is_some(), "{unknown:?}");

            let panicked = tool_error(&client, "panics_later", json!({})).await?;
            assert!(panicked.is(common::INTERNAL), "{panicked:?}");
            assert!(panicked.error_id().is_some());
            assert_eq!(panicked.error_id(), seen(&told).pop().ok_or("the log was not told")?.error_id());

            let refused = tool_error(&client, "at_once", json!({})).await?;
            assert!(refused.is(common::INVALID_ARGUMENT), "{refused:?}");
            assert!(refused.message().contains("path"), "{refused}");
            Ok(())
        })
    })?
}

#[test]
fn a_failure_of_a_client_is_passed_on_with_the_preferred_code() -> Checked {
    let local = McpError::new(sdk::REQUEST_TIMEOUT);
    let sent: Code = setup().preferred(Kind::Timeout, common::TIMEOUT).run(|| {
        let data = ErrorData::from(local.clone());
        mcp_error_codes::rmcp_3::decode_error_data(&data).code().ok_or("an unknown code")
    })??;
    assert_eq!(sent, common::TIMEOUT);
    assert_eq!(local.surface(), Surface::Local);
    Ok(())
}
