use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use mcp_error_codes::{McpError, ResultExt};
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use crate::acme;

/// The invoices, in a JSON file. Refunds are booked at night, from the payment provider's report.
#[derive(Debug, Clone)]
pub struct Books {
    file: PathBuf,
}

/// An invoice. Amounts are in cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Invoice {
    /// How much the customer has paid.
    pub paid: u64,
    /// How much was refunded.
    pub refunded: u64,
}

impl Books {
    /// Sets the file. It is read for each call, so it may be created or changed later.
    pub fn new(file: impl Into<PathBuf>) -> Self {
        Self { file: file.into() }
    }

    /// Returns the invoice with this number.
    pub fn invoice(&self, number: &str) -> Result<Invoice, McpError> {
        // The log contains the file and the I/O error, because they are for the operator.
        let unreadable = || acme::books_unreadable().with_internal("file", self.file.display().to_string());
        let text = fs::read_to_string(&self.file).or_error(unreadable)?;
        let invoices: BTreeMap<String, Invoice> = serde_json::from_str(&text).or_error(unreadable)?;
        invoices.get(number).copied().or_error(|| acme::invoice_not_found(number))
    }
}

impl Invoice {
    /// Checks whether this much can be refunded.
    pub fn check_refund(self, number: &str, cents: u64) -> Result<(), McpError> {
        let left = self.paid.saturating_sub(self.refunded);
        match (self.paid, left) {
            (0, _) => Err(acme::never_paid(number)),
            (_, 0) => Err(acme::already_refunded(number)),
            _ if cents > left => Err(acme::refund_too_large(cents, number, left)),
            _ => Ok(()),
        }
    }
}
