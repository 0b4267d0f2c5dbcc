//! The server, and a client that calls its tools in the same process.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use acme_server::{Billing, Books, Code, PaymentError, Provider, REGISTRY, Sandbox, acme, code};
use mcp_error_codes::rmcp_3::Guarded;
use mcp_error_codes::testing::Walk;
use mcp_error_codes::{assert_mcp_error, assert_no_mcp_error, filesystem, hyper_bun, setup};
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::RunningService;
use rmcp::{RoleClient, RoleServer, ServiceError, ServiceExt};
use serde_json::{Value, json};

type Checked = Result<(), Box<dyn Error>>;
type Answer = Result<CallToolResult, ServiceError>;

const BOOKS: &str = "books.json";

struct Client {
    client: RunningService<RoleClient, ()>,
    _server: RunningService<RoleServer, Guarded<Billing>>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Client {
    async fn connect(books: &str, provider: impl Provider + 'static) -> Result<Self, Box<dyn Error>> {
        setup().registries([&REGISTRY]).apply()?;
        let log = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&log);
        let server = Guarded::new(Billing::new(Books::new(books), provider)).on_error(move |error| {
            lines.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{error:?}"));
        });
        let (server_end, client_end) = tokio::io::duplex(4096);
        let server = tokio::spawn(server.serve(server_end));
        let client = ().serve(client_end).await?;
        Ok(Self { client, _server: server.await??, log })
    }

    async fn call(&self, tool: &'static str, arguments: Value) -> Answer {
        let arguments = arguments.as_object().cloned().unwrap_or_default();
        self.client.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await
    }

    async fn refund(&self, number: &str, cents: u64) -> Answer {
        self.call("refund_invoice", json!({ "number": number, "cents": cents })).await
    }

    /// The log entry of the last error.
    fn logged(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).last().cloned().unwrap_or_default()
    }
}

/// The text that the model receives.
fn text(result: &CallToolResult) -> Result<&str, &'static str> {
    Ok(&result.content[0].as_text().ok_or("no text")?.text)
}

/// A provider that rejects requests for a minute.
struct Busy;

impl Provider for Busy {
    fn refund(&self, _number: &str, _cents: u64) -> Result<(), PaymentError> {
        Err(PaymentError::Busy { wait: Duration::from_secs(60) })
    }
}

/// A provider with a bug.
struct Buggy;

impl Provider for Buggy {
    fn refund(&self, number: &str, _cents: u64) -> Result<(), PaymentError> {
        panic!("no account for {number}")
    }
}

#[tokio::test]
async fn what_can_be_done_is_done() -> Checked {
    let client = Client::connect(BOOKS, Sandbox).await?;
    let invoice = client.call("get_invoice", json!({ "number": "INV-1" })).await?;
    assert_eq!(invoice.structured_content, Some(json!({ "paid": 5000, "refunded": 1200 })));
    assert_no_mcp_error!(client.refund("INV-1", 3800).await);
    Ok(())
}

#[tokio::test]
async fn every_code_can_be_raised() -> Checked {
    let client = Client::connect(BOOKS, Sandbox).await?;
    let mut walk = Walk::new(Code::all());

    let outcome = client.call("get_invoice", json!({ "number": "INV-9" })).await;
    assert_mcp_error!(outcome, code!("ACME-001"), message = "no invoice INV-9", number = "INV-9");
    walk.saw(&outcome);

    let outcome = client.refund("INV-2", 1).await;
    assert_mcp_error!(outcome, acme::INVOICE_NOT_REFUNDABLE, message = "invoice INV-2 was refunded already");
    let outcome = client.refund("INV-3", 1).await;
    assert_mcp_error!(outcome, acme::INVOICE_NOT_REFUNDABLE, message = "invoice INV-3 was never paid");
    walk.saw(&outcome);

    let outcome = client.refund("INV-1", 3801).await;
    let message = "cannot refund 3801 cents of invoice INV-1; 3800 cents are left";
    assert_mcp_error!(outcome, acme::REFUND_TOO_LARGE, message = message, left = 3800);
    walk.saw(&outcome);

    let outcome = client.refund("INV-4", 100_001).await;
    let message = "the payment provider refused: more than 1,000.00 at once";
    assert_mcp_error!(outcome, acme::PAYMENT_REFUSED, message = message);
    walk.saw(&outcome);

    let outcome = Client::connect(BOOKS, Busy).await?.refund("INV-1", 1).await;
    assert_mcp_error!(outcome, acme::PROVIDER_BUSY, retry_after = Duration::from_secs(60));
    walk.saw(&outcome);

    let outcome = Client::connect("no-such-file.json", Sandbox).await?.refund("INV-1", 1).await;
    assert_mcp_error!(outcome, acme::BOOKS_UNREADABLE, message = "Books unreadable");
    walk.saw(&outcome);

    walk.finish();
    Ok(())
}

#[tokio::test]
async fn the_model_reads_what_to_do_next() -> Checked {
    let client = Client::connect(BOOKS, Sandbox).await?;
    let result = client.refund("INV-1", 4000).await?;
    assert_eq!(result.is_error, Some(true));
    assert_eq!(
        text(&result)?,
        "ACME-003: cannot refund 4000 cents of invoice INV-1; 3800 cents are left\n\
         Hint: Refund at most `left` cents."
    );
    Ok(())
}

#[tokio::test]
async fn what_is_internal_is_in_the_log_alone() -> Checked {
    let client = Client::connect(BOOKS, Sandbox).await?;
    let outcome = client.refund("INV-4", 250_000).await;
    assert!(!format!("{outcome:?}").contains("account="), "{outcome:?}");
    assert!(client.logged().contains("402 limit_exceeded account=sandbox reference=INV-4"), "{}", client.logged());

    let client = Client::connect("no-such-file.json", Sandbox).await?;
    let outcome = client.refund("INV-1", 1).await;
    assert!(!format!("{outcome:?}").contains("no-such-file"), "{outcome:?}");
    assert!(client.logged().contains(r#""file": "no-such-file.json""#), "{}", client.logged());
    Ok(())
}

#[tokio::test]
async fn other_failures_have_the_codes_of_the_library() -> Checked {
    let client = Client::connect(BOOKS, Sandbox).await?;
    let outcome = client.call("refund_invoice", json!({ "number": "INV-1" })).await;
    assert_mcp_error!(outcome, filesystem::MISSING_REQUIRED_PARAMETER, parameter = "cents");
    let outcome = client.call("pay_invoice", json!({})).await;
    assert_mcp_error!(outcome, hyper_bun::TOOL_NOT_FOUND, availableTools = json!(["get_invoice", "refund_invoice"]));
    Ok(())
}

#[tokio::test]
async fn a_tool_that_panics_is_answered_as_the_operators_want_it() -> Checked {
    let client = Client::connect(BOOKS, Buggy).await?;
    let outcome = client.refund("INV-1", 1).await;
    assert_mcp_error!(outcome, hyper_bun::TOOL_EXECUTION_FAILED, toolName = "refund_invoice");
    assert!(client.logged().contains("no account for INV-1"), "{}", client.logged());
    let outcome = outcome?;
    let text = text(&outcome)?;
    assert!(text.starts_with("NX-MCP-001: MCP Tool Execution Failed\nerrorType: panic\n"), "{text}");
    assert!(text.contains("\nError id: "), "{text}");
    assert!(text.ends_with("\nHint: Do not try again; tell the user that billing has to look into it."), "{text}");
    Ok(())
}
