//! Changes to a valid text.

use arbitrary::{Result, Unstructured};

use crate::draw;

/// The maximum number of bytes that a text grows to.
const MAX_LENGTH: usize = 1 << 16;

/// Changes a text in a few places.
pub fn some(u: &mut Unstructured<'_>, mut text: Vec<u8>) -> Result<Vec<u8>> {
    for _ in 0..u.int_in_range(0..=4)? {
        one(u, &mut text)?;
    }
    Ok(text)
}

fn one(u: &mut Unstructured<'_>, text: &mut Vec<u8>) -> Result<()> {
    let at = u.int_in_range(0..=text.len())?;
    let end = at + u.int_in_range(0..=(text.len() - at).min(32))?;
    match u.int_in_range(0..=6)? {
        0 => drop(text.drain(at..end)),
        1 => text.truncate(at),
        2 => drop(text.splice(at..end, draw::piece(u)?)),
        3 => {
            // The same again and again shows work that grows with the square of the length.
            let again = text[at..end].repeat(u.int_in_range(1..=256)?);
            if text.len() + again.len() < MAX_LENGTH {
                text.splice(end..end, again);
            }
        }
        4 => {
            let byte: u8 = u.arbitrary()?;
            text.insert(at, byte);
        }
        5 => text[at..end].reverse(),
        _ => {
            if let Some(byte) = text.get_mut(at) {
                *byte ^= 0x20;
            }
        }
    }
    Ok(())
}

/// Wraps a text as SDKs, logs and shells wrap it, some of them several times.
pub fn wrapped(u: &mut Unstructured<'_>, mut text: Vec<u8>) -> Result<Vec<u8>> {
    for _ in 0..u.int_in_range(0..=3)? {
        let inner = String::from_utf8_lossy(&text).into_owned();
        let wrapped = match u.int_in_range(0..=9)? {
            0 => serde_json::Value::from(inner).to_string(),
            1 => serde_json::json!({ "error": inner }).to_string(),
            2 => format!("data: {inner}\n\n"),
            3 => format!("2025-01-15 14:23:45.123 [error] [server files] {inner}"),
            4 => format!("\u{1b}[31m{inner}\u{1b}[0m"),
            5 => format!("McpError: MCP error {}: {inner}", u.arbitrary::<i32>()?),
            6 => format!("Error executing tool {}: {inner}", draw::word(u)?),
            7 => format!("McpError({inner:?})"),
            8 => format!("time=2025-01-15T14:23:45Z level=error msg={inner:?}"),
            _ => serde_json::json!({ "content": [{ "type": "text", "text": inner }], "isError": true }).to_string(),
        };
        text = wrapped.into_bytes();
        if text.len() > MAX_LENGTH {
            break;
        }
    }
    Ok(text)
}
