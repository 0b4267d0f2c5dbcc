//! The logs of the benchmark: equal parts access log, application log with ISO times, and JSON lines.

use std::fmt::Write;

/// Returns log lines without errors.
pub(crate) fn harmless(lines: usize) -> String {
    let mut log = String::new();
    for at in 0..lines {
        let (minute, second, milli) = (at / 60 % 60, at % 60, at % 1000);
        let _ = match at % 3 {
            0 => writeln!(
                log,
                "203.0.113.{} - - [27/Nov/2026:17:{minute:02}:{second:02} +0000] \"GET /assets/app-{:08x}.js HTTP/1.1\" 200 {} \
                 \"https://example.com/notes/{at}\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\"",
                at % 250,
                at.wrapping_mul(2_654_435_761) & 0xFFFF_FFFF,
                at * 7 % 90_000,
            ),
            1 => writeln!(
                log,
                "2026-11-27T17:{minute:02}:{second:02}.{milli:03}Z INFO  [worker-{}] com.example.notes.NoteService : stored note \
                 {at} in {} ms, revision {}",
                at % 8,
                at % 40,
                at % 9,
            ),
            _ => writeln!(
                log,
                "{{\"timestamp\":\"2026-11-27T17:{minute:02}:{second:02}.{milli:03}Z\",\"level\":\"info\",\"service\":\"notes\",\
                 \"trace_id\":\"{:016x}\",\"msg\":\"request completed\",\"status\":200,\"duration_ms\":{}}}",
                at.wrapping_mul(0x9E37_79B9_7F4A_7C15),
                at % 300,
            ),
        };
    }
    log
}

/// Returns log lines that each contain an error.
pub(crate) fn failing(lines: usize) -> String {
    let mut log = String::new();
    for at in 0..lines {
        let (minute, second, milli) = (at / 60 % 60, at % 60, at % 1000);
        let _ = match at % 3 {
            0 => writeln!(
                log,
                "203.0.113.{} - - [27/Nov/2026:17:{minute:02}:{second:02} +0000] \"POST /mcp HTTP/1.1\" 400 {} \"-\" \"node\" \
                 \"Bad Request: No valid session ID provided\"",
                at % 250,
                at * 7 % 900,
            ),
            1 => writeln!(
                log,
                "2026-11-27T17:{minute:02}:{second:02}.{milli:03}Z ERROR [worker-{}] com.example.notes.NoteService : FS-001: File \
                 not found: notes/{at}.md",
                at % 8,
            ),
            _ => writeln!(
                log,
                "{{\"timestamp\":\"2026-11-27T17:{minute:02}:{second:02}.{milli:03}Z\",\"level\":\"error\",\"service\":\"notes\",\
                 \"msg\":\"MCP error -32001: Request timed out\",\"duration_ms\":{}}}",
                at % 300,
            ),
        };
    }
    log
}
