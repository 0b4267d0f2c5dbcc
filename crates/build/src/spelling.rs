//! The spellings by which `find` knows a text.

use mcp_error_codes_core::__spelling;

/// The spelling of a text that stands alone. What stands before a colon and behind it is spelt apart, so that a minus sign behind
/// it stays one.
pub(crate) fn spelling(text: &str) -> String {
    match text.split_once(':') {
        Some((system, text)) => spelling_in(system, text),
        None => spelt(text),
    }
}

/// The spelling of a text behind its system.
pub(crate) fn spelling_in(system: &str, text: &str) -> String {
    spelt(system) + ":" + &spelt(text)
}

fn spelt(text: &str) -> String {
    String::from_utf8_lossy(&__spelling(text).collect::<Vec<_>>()).into_owned()
}
