use std::time::Duration;

use mcp_error_codes::IntoMcpError;

/// Who moves the money.
pub trait Provider: Send + Sync {
    /// Gives so many cents back to the customer.
    fn refund(&self, number: &str, cents: u64) -> Result<(), PaymentError>;
}

/// Why the money was not moved. The codes are those of this crate's registry.
#[derive(Debug, thiserror::Error, IntoMcpError)]
#[mcp(registry = crate)]
pub enum PaymentError {
    /// It takes no more requests for a while.
    #[error("the provider asks to wait for {wait:?}")]
    #[mcp(code = "ACME-101")]
    Busy {
        /// For how long.
        #[mcp(retry_after)]
        wait: Duration,
    },
    /// It does not want to.
    #[error("the provider answered {answer}")]
    #[mcp(code = "ACME-102")]
    Refused {
        /// Why, in words for the customer.
        reason: String,
        /// What it said to us, which is for the log alone.
        #[mcp(internal)]
        answer: String,
    },
}

/// A provider for trying things out: it moves no money, and refuses more than 1,000.00 at once.
#[derive(Debug, Clone, Copy)]
pub struct Sandbox;

impl Provider for Sandbox {
    fn refund(&self, number: &str, cents: u64) -> Result<(), PaymentError> {
        if cents <= 100_000 {
            return Ok(());
        }
        let answer = format!("402 limit_exceeded account=sandbox reference={number}");
        Err(PaymentError::Refused { reason: "more than 1,000.00 at once".to_owned(), answer })
    }
}
