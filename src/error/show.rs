//! `Display` and `Debug` of an error.

use std::error::Error;
use std::fmt;

use mcp_error_codes_core::OneLine;

use crate::McpError;
use crate::error::details::Details;

impl fmt::Display for McpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", OneLine(&self.code_text()), OneLine(&self.message()))
    }
}

impl fmt::Debug for McpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("McpError");
        debug.field("code", &format_args!("{}", self.record().full_name()));
        debug.field("message", &self.message());
        let Some(more) = self.more() else { return debug.finish() };
        if let Some(kind) = &more.kind {
            debug.field("kind", kind);
        }
        if let Some(hint) = &more.hint {
            debug.field("hint", hint);
        }
        if !more.details.is_empty() {
            debug.field("details", &Pairs(&more.details));
        }
        if !more.internal.is_empty() {
            debug.field("internal", &Pairs(&more.internal));
        }
        if let Some(id) = &more.error_id {
            debug.field("error_id", id);
        }
        if let Some(wait) = &more.retry_after {
            debug.field("retry_after", wait);
        }
        if let Some(surface) = &more.surface {
            debug.field("surface", surface);
        }
        if let Some(received) = &more.received {
            debug.field("received", received);
        }
        if !more.failures.is_empty() {
            debug.field("failures", &more.failures);
        }
        if more.source.is_some() {
            debug.field("source", &self.source_texts().collect::<Vec<_>>());
        }
        debug.finish()
    }
}

/// Prints named values as a JSON object.
struct Pairs<'a>(&'a Details);

impl fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0.iter() {
            map.entry(&name, &format_args!("{value}"));
        }
        map.finish()
    }
}

impl Error for McpError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.more()?.source.as_ref()?;
        Some(source.as_ref())
    }
}
