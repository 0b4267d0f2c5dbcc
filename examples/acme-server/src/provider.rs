use std::time::Duration;

use mcp_error_codes::IntoMcpError;

/// The payment provider.
pub trait Provider: Send + Sync {
    /// Refunds this many cents to the customer.
    fn refund(&self, number: &str, cents: u64) -> Result<(), PaymentError>;
}

/// Why a refund failed. The codes are those of this crate's registry.
#[derive(Debug, thiserror::Error, IntoMcpError)]
#[mcp(registry = crate)]
pub enum PaymentError {
    /// It is temporarily rejecting requests.
    #[error("the provider asks to wait for {wait:?}")]
    #[mcp(code = "ACME-101")]
    Busy {
        /// How long to wait.
        #[mcp(retry_after)]
        wait: Duration,
    },
    /// It refused the refund.
    #[error("the provider answered {answer}")]
    #[mcp(code = "ACME-102")]
    Refused {
        /// The reason, worded for the customer.
        reason: String,
        /// The answer of the provider, for the log only.
        #[mcp(internal)]
        answer: String,
    },
}

/// A provider for development: it moves no money, and refuses more than 1,000.00 at once.
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
