//! The forms in which a code goes over the wire, written by the library.

use maud::{Markup, html};
use mcp_error_codes::{McpError, Record, Surface};

use super::prose::block;

/// Shows the error of a code that nothing more is known of, in each form; the default one first.
pub(super) fn wire_forms(record: &'static Record) -> Markup {
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
            p.remark { "As the library writes an error of this code that carries no details." }
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
