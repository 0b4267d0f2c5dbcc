//! Escapes JSON strings exactly as `serde_json` does. The generator and the library use only this.

use alloc::vec::Vec;

/// Appends a text as a JSON string, with its quotes.
#[inline]
pub fn quoted(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    escaped(text, out);
    out.push(b'"');
}

/// Appends a text as the content of a JSON string, without quotes.
#[inline]
pub fn escaped(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend_from_slice(text.as_bytes());
    escape_end(out, start);
}

/// Escapes the bytes from `start` to the end of the buffer in place.
#[inline]
pub fn escape_end(out: &mut Vec<u8>, start: usize) {
    if !needs_escape(&out[start..]) {
        return;
    }
    let more: usize = out[start..].iter().map(|byte| escape_of(*byte).len().saturating_sub(1)).sum();
    // Works backwards, so nothing is overwritten before it is read.
    let mut read = out.len();
    let mut write = read + more;
    out.resize(write, 0);
    while read < write {
        read -= 1;
        let byte = out[read];
        let escape = escape_of(byte).as_bytes();
        if escape.is_empty() {
            write -= 1;
            out[write] = byte;
        } else {
            write -= escape.len();
            out[write..write + escape.len()].copy_from_slice(escape);
        }
    }
}

/// Returns whether any byte needs an escape. It reads sixteen bytes at a time and does not branch on their values.
fn needs_escape(bytes: &[u8]) -> bool {
    match bytes.last_chunk() {
        // The last chunk may overlap the one before it, which is harmless.
        Some(last) => {
            bytes.as_chunks().0.iter().fold(chunk_needs_escape(last), |any, chunk| any | chunk_needs_escape(chunk))
        }
        None => bytes.iter().any(|byte| !escape_of(*byte).is_empty()),
    }
}

fn chunk_needs_escape(chunk: &[u8; 16]) -> bool {
    chunk.iter().fold(false, |any, byte| any | (*byte < b' ') | (*byte == b'"') | (*byte == b'\\'))
}

/// Returns the escape of a byte, or an empty text if the byte needs none.
fn escape_of(byte: u8) -> &'static str {
    match byte {
        b'"' => "\\\"",
        b'\\' => "\\\\",
        _ => CONTROLS.get(usize::from(byte)).copied().unwrap_or(""),
    }
}

#[rustfmt::skip]
const CONTROLS: [&str; 32] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007",
    "\\b", "\\t", "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f",
    "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017",
    "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f",
];
