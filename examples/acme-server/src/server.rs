use mcp_error_codes::McpError;
use mcp_error_codes::rmcp_3::Parameters;
use rmcp::schemars::{self, JsonSchema};
use rmcp::{Json, tool, tool_router};
use serde::Deserialize;

use crate::{Books, Invoice, Provider};

/// The tools. Serve it in a `Guarded`, so that unknown tools and panics are answered with codes as well.
pub struct Billing {
    books: Books,
    provider: Box<dyn Provider>,
}

#[derive(Deserialize, JsonSchema)]
struct InvoiceArguments {
    /// The number of the invoice, such as INV-1.
    number: String,
}

#[derive(Deserialize, JsonSchema)]
struct RefundArguments {
    /// The number of the invoice, such as INV-1.
    number: String,
    /// How many cents to refund.
    cents: u64,
}

#[tool_router(server_handler)]
impl Billing {
    /// Creates the server.
    pub fn new(books: Books, provider: impl Provider + 'static) -> Self {
        Self { books, provider: Box::new(provider) }
    }

    #[tool(description = "Look up an invoice")]
    fn get_invoice(&self, Parameters(arguments): Parameters<InvoiceArguments>) -> Result<Json<Invoice>, McpError> {
        self.books.invoice(&arguments.number).map(Json)
    }

    #[tool(description = "Refund an invoice, or a part of it")]
    fn refund_invoice(&self, Parameters(arguments): Parameters<RefundArguments>) -> Result<String, McpError> {
        let RefundArguments { number, cents } = arguments;
        self.books.invoice(&number)?.check_refund(&number, cents)?;
        self.provider.refund(&number, cents)?;
        Ok(format!("refunded {cents} cents of invoice {number}"))
    }
}
