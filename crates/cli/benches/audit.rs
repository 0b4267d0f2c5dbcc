//! How fast does `mcp-errors audit` count the codes of a log, compared with the usual pipeline `rg -o PATTERN | sort | uniq -c`?
//! The target is 5 times as fast, at 3 GB/s on two processors, with memory that does not grow with the log.
//!
//! ```text
//! cargo bench --package mcp-error-codes-cli --bench audit [-- MEGABYTES]
//! ```
//!
//! The benchmark first writes the log: 1 % of its lines have a code, in the forms that servers, clients and gateways log. Both
//! commands then read it from the page cache, and must find the same counts. The times are those of whole processes, the best of
//! three runs. Without `rg`, the pipeline begins with `grep -oE`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_mcp-errors");
const PATTERN: &str = r"\b(NX-MCP|FS|SEC|VAL|OP)-[0-9]{3}\b";
const RATIO: f64 = 5.0;
const SPEED: f64 = 3.0;

type Counts = BTreeMap<String, u64>;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let megabytes: u64 = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(2_000);
    let folder = tempfile::tempdir()?;
    let (log, part) = (folder.path().join("app.log"), folder.path().join("part.log"));
    let lines = write(&log, megabytes * 1_000_000)?;
    write(&part, megabytes * 1_000_000 / 20)?;
    let bytes = fs::metadata(&log)?.len();
    println!("a log of {:.2} GB, {lines} lines, 1 % with a code", bytes as f64 / 1e9);

    let search = if Command::new("rg").arg("--version").output().is_ok() { "rg -o --no-filename" } else { "grep -oE" };
    let pipeline = format!("{search} '{PATTERN}' '{}' | LC_ALL=C sort | uniq -c", log.display());
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    let (mut counted, mut expected) = (Counts::new(), Counts::new());
    for _ in 0..3 {
        let start = Instant::now();
        let output = Command::new("sh").args(["-c", &pipeline]).output()?;
        theirs = theirs.min(start.elapsed());
        expected = of_pipeline(&String::from_utf8(output.stdout)?);
        let start = Instant::now();
        let output = Command::new(PROGRAM).args(["audit", "--format", "json"]).arg(&log).output()?;
        ours = ours.min(start.elapsed());
        counted = of_audit(&serde_json::from_slice(&output.stdout)?);
    }
    if counted != expected {
        return Err(format!("the counts differ: {counted:?}, {expected:?}").into());
    }
    let speed = |time: Duration| bytes as f64 / 1e9 / time.as_secs_f64();
    let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
    println!("{:<44} {:>6.2} s {:>6.2} GB/s", "mcp-errors audit", ours.as_secs_f64(), speed(ours));
    println!(
        "{:<44} {:>6.2} s {:>6.2} GB/s",
        format!("{search} PATTERN | sort | uniq -c"),
        theirs.as_secs_f64(),
        speed(theirs)
    );
    println!("{:<44} {ratio:>6.1} times as fast, the counts are the same", "");
    let (small, large) = (memory(&part)?, memory(&log)?);
    println!("{:<44} {:.1} MB for a twentieth of the log, {:.1} MB for all of it", "peak memory", small, large);
    let is_met = ratio >= RATIO && speed(ours) >= SPEED && large < small * 1.5 + 16.0;
    Ok(if is_met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn of_pipeline(output: &str) -> Counts {
    let line = |line: &str| {
        let (count, code) = line.trim().split_once(' ')?;
        Some((code.to_owned(), count.parse().ok()?))
    };
    output.lines().filter_map(line).collect()
}

fn of_audit(report: &serde_json::Value) -> Counts {
    let code = |row: &serde_json::Value| Some((row["code"].as_str()?.to_owned(), row["count"].as_u64()?));
    report["codes"].as_array().into_iter().flatten().filter_map(code).filter(|(_, count)| *count > 0).collect()
}

/// Returns the peak memory of the command in MB, or zero if the operating system does not report it.
fn memory(log: &Path) -> Result<f64, Box<dyn Error>> {
    let mut child = Command::new(PROGRAM).arg("audit").arg(log).stdout(Stdio::null()).spawn()?;
    let mut most = 0.0_f64;
    let status = format!("/proc/{}/status", child.id());
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let peak =
            text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
        most = most.max(peak.unwrap_or_default() / 1e3);
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(most)
}

/// Writes a log of at least this many bytes, and returns the number of its lines.
fn write(log: &Path, bytes: u64) -> Result<u64, Box<dyn Error>> {
    const CODES: [&str; 8] =
        ["NX-MCP-001", "NX-MCP-002", "NX-MCP-011", "NX-MCP-999", "FS-001", "FS-003", "SEC-003", "VAL-002"];
    let mut out = BufWriter::with_capacity(1 << 20, File::create(log)?);
    let (mut written, mut number) = (0, 0_u64);
    while written < bytes {
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        let time = jiff::Timestamp::from_millisecond(1_735_689_600_000 + i64::try_from(number)? * 3)?;
        let (date, iso) = (time.strftime("%Y-%m-%d %H:%M:%S%.3f"), time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ"));
        let code = CODES[(mixed / 700 % 8) as usize];
        let line = match (number % 100, mixed % 7) {
            (50, 0..=2) => format!("{date} | ERROR | {code} | MCPServer | Tool execution failed: search\n"),
            (50, 3) => format!(
                "{{\"timestamp\":\"{iso}\",\"level\":\"error\",\"error_code\":\"{code}\",\"message\":\"it failed\",\"tool_name\":\"read\"}}\n"
            ),
            (50, 4) => format!("time={iso} level=error code={code} tool=write msg=\"it failed\"\n"),
            (50, _) => format!("{iso} ERROR files: {code}: the call failed after {} ms\n", mixed % 1_000),
            (_, 0) => format!(
                "203.0.113.{} - - [27/Nov/2026:17:05:16 +0000] \"GET /static/css/main.{mixed:x}.css HTTP/1.1\" 200 {} \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"\n",
                mixed % 256,
                mixed % 9_000
            ),
            (_, 1) => format!(
                "{{\"timestamp\":\"{iso}\",\"level\":\"info\",\"service\":\"checkout\",\"trace_id\":\"{mixed:032x}\",\"msg\":\"request completed\",\"status\":200,\"path\":\"/health\",\"duration_ms\":{}}}\n",
                mixed % 90
            ),
            (_, 2) => format!(
                "{iso} [files] [info] Message from client: {{\"jsonrpc\":\"2.0\",\"id\":{number},\"method\":\"tools/call\",\"params\":{{\"name\":\"read_text\",\"arguments\":{{\"path\":\"/home/ann/notes-{mixed}.md\"}}}}}}\n"
            ),
            (_, 3) => format!(
                "{iso} [files] [info] Message from server: {{\"jsonrpc\":\"2.0\",\"id\":{number},\"result\":{{\"content\":[{{\"type\":\"text\",\"text\":\"the first line of the file\"}}],\"isError\":false}}}}\n"
            ),
            (_, 4) => format!(
                "time={iso} level=info msg=\"cache refreshed\" entries={} took=1.8s component=server\n",
                mixed % 10_000
            ),
            (_, 5) => format!("{date} | INFO | startup | MCPServer | listening on port {}\n", mixed % 60_000),
            (_, _) => format!(
                "{iso} DEBUG hyper::proto::h1::conn: flushed {} bytes for request {mixed:x}, the connection is kept\n",
                mixed % 4_096
            ),
        };
        out.write_all(line.as_bytes())?;
        written += line.len() as u64;
        number += 1;
    }
    out.flush()?;
    Ok(number)
}
