//! Resources that the upstream cannot read: the code is the upstream's, and the number is that of the client's version.

use std::error::Error;

use mcp_error_codes::rmcp_3::decode_error_data;
use mcp_error_codes::{hyper_bun, super_mcp};
use rmcp::model::ReadResourceRequestParams;
use rmcp::{ErrorData, ServiceError};
use serde_json::json;

use crate::link::{ALL, Checked, LONGEST, Link, Version};

async fn refusal(link: &Link, uri: &str) -> Result<ErrorData, Box<dyn Error>> {
    match link.client.read_resource(ReadResourceRequestParams::new(uri)).await {
        Err(ServiceError::McpError(data)) => Ok(data),
        other => Err(format!("{other:?}").into()),
    }
}

/// A message that does not belong to any code.
const MESSAGE: &str = "not to be read";

/// Checks what a client of each version receives for a bare number from an upstream with the given version.
async fn becomes(upstream: Version, system: Option<&str>, sent: i32, name: &str, old: i32, new: i32) -> Checked {
    becomes_with(MESSAGE, upstream, system, sent, name, old, new).await
}

/// Checks the same for a number with a message.
async fn becomes_with(
    message: &str,
    upstream: Version,
    system: Option<&str>,
    sent: i32,
    name: &str,
    old: i32,
    new: i32,
) -> Checked {
    for (client, number) in [(Version::Old, old), (Version::New, new)] {
        let link = Link::with(client, upstream, system, LONGEST).await?;
        let data = refusal(&link, &format!("test:{sent}:{message}")).await?;
        assert_eq!(data.code.0, number, "{sent} from {upstream:?} to {client:?}");
        assert_eq!(data.message, message);
        let object = data.data.as_ref().ok_or("no record object")?;
        assert_eq!((&object["name"], &object["message"]), (&json!(name), &json!(message)));
        assert_eq!(object.get("details"), None);
        link.keeps_the_internals()?;
    }
    Ok(())
}

#[tokio::test]
async fn a_resource_that_is_there_is_read() -> Checked {
    for (client, upstream) in ALL {
        let link = Link::new(client, upstream).await?;
        let wanted = || ReadResourceRequestParams::new("test:there");
        let (through, direct) =
            (link.client.read_resource(wanted()).await?, link.upstream.read_resource(wanted()).await?);
        assert_eq!(through.contents, direct.contents);
    }
    Ok(())
}

#[tokio::test]
async fn the_retired_number_of_a_missing_resource_is_sent_to_old_clients_only() -> Checked {
    becomes_with("Resource not found", Version::Old, None, -32_002, "RESOURCE_NOT_FOUND", -32_002, -32_602).await
}

#[tokio::test]
async fn a_number_of_the_specification_stays() -> Checked {
    for upstream in [Version::Old, Version::New] {
        becomes(upstream, None, -32_602, "INVALID_PARAMS", -32_602, -32_602).await?;
        becomes(upstream, None, -32_603, "INTERNAL_ERROR", -32_603, -32_603).await?;
    }
    Ok(())
}

#[tokio::test]
async fn either_number_of_super_mcp_becomes_that_of_the_client_s_version() -> Checked {
    for upstream in [Version::Old, Version::New] {
        for sent in [-32_001, -33_001] {
            becomes(upstream, Some("super-mcp"), sent, "PACKAGE_NOT_FOUND", -32_001, -33_001).await?;
        }
    }
    // The SDK mistakes Super-MCP's -32002 for the specification's.
    becomes(Version::Old, Some("super-mcp"), -32_002, "TOOL_NOT_FOUND", -32_002, -33_002).await
}

#[tokio::test]
async fn a_number_that_nobody_knows_stays_with_its_message() -> Checked {
    for upstream in [Version::Old, Version::New] {
        for sent in [1234, -33_001, -32_001] {
            becomes(upstream, None, sent, "UNKNOWN", sent, sent).await?;
        }
        // An SDK's own message, which every server on that SDK sends.
        becomes_with("Request timed out", upstream, None, -32_001, "UNKNOWN", -32_001, -32_001).await?;
        becomes(upstream, Some("super-mcp"), 1234, "UNKNOWN", 1234, 1234).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_record_object_passes_with_its_details() -> Checked {
    for (client, upstream) in ALL {
        let link = Link::new(client, upstream).await?;
        let data = refusal(&link, "test:gone").await?;
        assert_eq!(data.code.0, 41_011);
        let error = decode_error_data(&data);
        assert!(error.is(hyper_bun::RESOURCE_NOT_FOUND));
        assert_eq!(error.details().collect::<Vec<_>>(), [("resourceUri", &json!("test:gone"))]);
    }
    Ok(())
}

#[tokio::test]
async fn an_upstream_that_is_gone_is_unavailable_by_the_client_s_number() -> Checked {
    for (client, number) in [(Version::Old, -32_004), (Version::New, -33_004)] {
        let link = Link::new(client, Version::New).await?;
        link.upstream.cancellation_token().cancel();
        let data = refusal(&link, "test:there").await?;
        assert_eq!(data.code.0, number);
        assert!(decode_error_data(&data).is(super_mcp::PACKAGE_UNAVAILABLE));
        assert!(!serde_json::to_string(&data)?.contains("Transport closed"));
    }
    Ok(())
}
