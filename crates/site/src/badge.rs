//! Badges for the facts that readers look for first.

use maud::{Markup, html};
use mcp_error_codes::{Record, Severity};

use crate::words;

/// Renders the severity as a word, a shape and a color.
pub(crate) fn severity(severity: Severity) -> Markup {
    let class = format!("badge severity {}", severity.as_str().to_ascii_lowercase());
    html! { span class=(class) { span.mark aria-hidden="true" {} (words::severity(severity)) } }
}

/// Renders that a code is deprecated. Renders nothing for other codes.
pub(crate) fn deprecated(record: &Record) -> Markup {
    html! { @if record.is_deprecated() { span.badge.deprecated { "Deprecated" } } }
}

/// Renders all badges of a code.
pub(crate) fn all(record: &Record) -> Markup {
    html! {
        ul.badges {
            @if record.is_deprecated() { li { (deprecated(record)) } }
            li { (severity(record.severity)) }
            li { span.badge { "HTTP " (record.http_status) " " (words::status(record.http_status)) } }
            li { span.badge { (words::surface(record.surface)) } }
            li { span.badge { (words::retry(record.retry.class)) } }
            @if !record.recoverable { li { span.badge { "Not recoverable" } } }
        }
    }
}
