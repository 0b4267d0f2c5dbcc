//! The wire forms of a code, written by the library.

use maud::{Markup, html};
use mcp_error_codes::{McpError, Record, Surface};

use crate::prose::block;

/// Renders an error without details in each form, the default one first. A code that is never sent is written as another one, which a
/// sentence says.
pub(crate) fn wire_forms(record: &'static Record) -> Markup {
    let error = McpError::from_record(record);
    let mut forms = [
        ("Tool result", Some(Surface::Tool), serde_json::to_string_pretty(&error.tool_result())),
        ("JSON-RPC error response", Some(Surface::Protocol), serde_json::to_string_pretty(&error.json_rpc_response(1))),
        ("Problem details over HTTP", None, serde_json::to_string_pretty(&error.problem())),
    ];
    forms.sort_by_key(|(_, surface, _)| *surface != Some(record.surface));
    html! {
        section {
            h2 #wire { "On the wire" }
            @if record.is_sent() {
                p.remark { "An error with this code and without details, as the library writes it." }
            } @else {
                p.remark {
                    "No server sends this code. The library writes an error that has it, without details, with "
                    code { (error.as_sent().code_text()) } "."
                }
            }
            @for (title, surface, json) in &forms {
                @if let Ok(json) = json {
                    details.form open[*surface == Some(record.surface)] {
                        summary { h3 { (title) } @if *surface == Some(record.surface) { " " span.note { "the default" } } }
                        (block(title, json))
                    }
                }
            }
        }
    }
}
