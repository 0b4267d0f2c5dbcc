//! Conversions of reqwest's errors with `?`, from real responses of a service in this process.
#![cfg(feature = "reqwest-0_13")]

use std::error::Error;
use std::time::Duration;

use mcp_error_codes::{Kind, McpError};
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

type Checked = Result<(), Box<dyn Error>>;

/// A key that every address contains.
const KEY: &str = "hunter2";

/// Starts a service that answers every request with the same bytes, and returns its address. Without an answer, it keeps the
/// connection open.
async fn service(answer: Option<&'static str>) -> Result<String, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            match answer {
                Some(answer) => {
                    let _ = stream.write_all(answer.as_bytes()).await;
                }
                None => kept.push(stream),
            }
        }
    });
    Ok(format!("http://user:{KEY}@{address}/{KEY}?key={KEY}"))
}

fn client() -> ClientBuilder {
    Client::builder().no_proxy()
}

async fn ask(client: ClientBuilder, address: &str) -> Result<serde_json::Value, McpError> {
    Ok(client.build()?.get(address).send().await?.error_for_status()?.json().await?)
}

/// Sends a request, and checks the kind and the text of the error, and that the key appears nowhere.
async fn fails(client: ClientBuilder, address: &str, kind: Kind, text: &str) -> Result<McpError, Box<dyn Error>> {
    let error = ask(client, address).await.err().ok_or("no failure")?;
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, text));
    assert!(error.source().is_some_and(|source| source.is::<reqwest::Error>()));
    for shown in [format!("{error:?}"), error.tool_result().to_string(), error.json_rpc_response(1).to_string()] {
        assert!(!shown.contains(KEY), "{shown}");
    }
    assert!(error.tool_result().to_string().contains("\"isError\":true"));
    Ok(error)
}

#[tokio::test]
async fn the_status_chooses_the_code_and_the_host_is_internal() -> Checked {
    let missing = service(Some("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")).await?;
    let error = fails(
        client(),
        &missing,
        Kind::NotFound,
        "NOT_FOUND: the service behind this tool does not have what was requested (status 404)",
    )
    .await?;
    assert_eq!(error.detail("upstreamStatus"), Some(&404.into()));
    assert!(error.internal().eq([("host", &"127.0.0.1".into())]));

    let limited = service(Some("HTTP/1.1 429 Too Many\r\ncontent-length: 0\r\n\r\n")).await?;
    let _ = fails(
        client(),
        &limited,
        Kind::RateLimited,
        "SEC-010: the service behind this tool received too many requests (status 429)",
    )
    .await?;
    let broken = service(Some("HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n")).await?;
    let text = "COMMON-UPSTREAM-FAILED: the service behind this tool failed (status 500)";
    let _ = fails(client(), &broken, Kind::UpstreamFailed, text).await?;
    Ok(())
}

#[tokio::test]
async fn a_timeout_is_apart_from_a_failure_to_connect() -> Checked {
    let silent = service(None).await?;
    let text = "NX-MCP-002: the service behind this tool did not answer in time";
    let _ = fails(client().timeout(Duration::from_millis(100)), &silent, Kind::Timeout, text).await?;

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let closed = format!("http://{}/?key={KEY}", listener.local_addr()?);
    drop(listener);
    let text = "NX-MCP-012: the service behind this tool cannot be reached";
    let _ = fails(client(), &closed, Kind::Unavailable, text).await?;
    Ok(())
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_is_a_failure_of_the_upstream() -> Checked {
    let text = "COMMON-UPSTREAM-FAILED: the response of the service behind this tool cannot be read";
    let page = service(Some("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>")).await?;
    let _ = fails(client(), &page, Kind::UpstreamFailed, text).await?;

    let text = "COMMON-UPSTREAM-FAILED: the service behind this tool redirects in a way that cannot be followed";
    let circle = service(Some("HTTP/1.1 302 Found\r\nlocation: /hunter2\r\ncontent-length: 0\r\n\r\n")).await?;
    let _ = fails(client().redirect(Policy::limited(2)), &circle, Kind::UpstreamFailed, text).await?;
    Ok(())
}

#[tokio::test]
async fn a_connection_that_breaks_is_unavailable() -> Checked {
    let text = "NX-MCP-030: the connection to the service behind this tool broke";
    let closed = service(Some("")).await?;
    let _ = fails(client(), &closed, Kind::Unavailable, text).await?;

    // In the middle of the body, whose failure has another source if the client has a timeout.
    let cut = service(Some("HTTP/1.1 200 OK\r\ncontent-length: 60\r\n\r\n{")).await?;
    let _ = fails(client(), &cut, Kind::Unavailable, text).await?;
    let _ = fails(client().timeout(Duration::from_secs(60)), &cut, Kind::Unavailable, text).await?;
    let read = async { Ok::<_, McpError>(client().build()?.get(cut).send().await?.bytes().await?) };
    let error = read.await.err().ok_or("no failure")?;
    assert_eq!(error.to_string(), text);
    Ok(())
}

#[tokio::test]
async fn a_request_that_cannot_be_built_is_internal() -> Checked {
    let text = "-32603: the request to the service behind this tool is not valid";
    let _ = fails(client(), "no address", Kind::Internal, text).await?;
    Ok(())
}
