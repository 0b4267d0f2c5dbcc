//! `Display` and `Debug` of an error.

use std::error::Error;
use std::fmt::{self, Write};

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
        let is_alternate = f.alternate();
        let mut out = Escaping(f);
        match is_alternate {
            true => write!(out, "{:#?}", Fields(self)),
            false => write!(out, "{:?}", Fields(self)),
        }
    }
}

/// Escapes invisible characters. Line ends that remain come from `{:#?}`, because those in strings are already escaped.
struct Escaping<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for part in text.split_inclusive('\n') {
            let line = part.strip_suffix('\n');
            write!(self.0, "{}", OneLine(line.unwrap_or(part)))?;
            if line.is_some() {
                self.0.write_char('\n')?;
            }
        }
        Ok(())
    }
}

/// The fields of an error.
struct Fields<'a>(&'a McpError);

impl fmt::Debug for Fields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.0;
        let mut debug = f.debug_struct("McpError");
        debug.field("code", &format_args!("{}", error.brief().full_name()));
        debug.field("message", &error.message());
        let Some(more) = error.more() else { return debug.finish() };
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
            debug.field("source", &error.source_texts().collect::<Vec<_>>());
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
            map.entry(&name, &format_args!("{}", OneLine(&value.to_string())));
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
