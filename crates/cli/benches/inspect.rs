//! How long does `mcp-errors inspect` take on a store of 10 million errors? At most 500 ms.
//!
//! ```text
//! cargo bench --package mcp-error-codes-cli --bench inspect [-- ERRORS]
//! ```
//!
//! The benchmark first writes and ingests the log, which takes some minutes and about 8 GB of the temporary directory. The times
//! are those of whole processes, the median of five runs, with as much of the store in the page cache as fits.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_millis(500);
const PROGRAM: &str = env!("CARGO_BIN_EXE_mcp-errors");

/// The codes of the log: half of all errors have the first one.
const CODES: [&str; 8] =
    ["NX-MCP-001", "NX-MCP-001", "NX-MCP-001", "NX-MCP-001", "NX-MCP-002", "NX-MCP-011", "NX-MCP-020", "NX-800"];
const TOOLS: [&str; 5] = ["probe", "search", "research-build-multi-layer-graph", "refund", "export"];

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let errors = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(10_000_000);
    let folder = tempfile::tempdir()?;
    let (log, store) = (folder.path().join("app.log"), folder.path().join("store.db"));
    write(&log, errors)?;
    let start = Instant::now();
    run(&store, &["ingest", &log.display().to_string()])?;
    let seconds = start.elapsed().as_secs_f64();
    let gigabytes = |file: &Path| fs::metadata(file).map(|metadata| metadata.len() as f64 / 1e9);
    println!("{errors} errors, a log of {:.1} GB, a store of {:.1} GB", gigabytes(&log)?, gigabytes(&store)?);
    println!("{:<66} {seconds:.0} s, {:.0} errors/s", "ingest", errors as f64 / seconds);
    fs::remove_file(&log)?;

    let last = &time(errors);
    let questions: [&[&str]; 8] = [
        &["NX-MCP-001"],
        &["NX-MCP-001", "--since", "15m", "--now", last],
        &["NX-MCP-001", "--since", "1h", "--now", last, "--where", "bookmaker=bookmaker-7"],
        // A value that one error in a hundred has, one that only the first error has, and one that no error has.
        &["NX-MCP-001", "--where", "bookmaker=bookmaker-7"],
        &["NX-MCP-001", "--where", "requestId=req-0"],
        &["NX-MCP-001", "--where", "requestId=none"],
        &["NX-MCP-011", "--where", "toolName=refund", "--where", "bookmaker=bookmaker-7"],
        &["NX-MCP-030"],
    ];
    let mut is_slow = false;
    for question in questions {
        let words = [&["inspect"], question].concat();
        let mut times = Vec::new();
        for _ in 0..5 {
            let start = Instant::now();
            run(&store, &words)?;
            times.push(start.elapsed());
        }
        times.sort_unstable();
        is_slow |= times[2] > LIMIT;
        println!("{:<66} {} ms", words.join(" "), times[2].as_millis());
    }
    Ok(if is_slow { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Runs the command. Finding nothing is not a failure.
fn run(store: &Path, words: &[&str]) -> Result<(), Box<dyn Error>> {
    let status = Command::new(PROGRAM)
        .args(words)
        .arg("--store")
        .arg(store)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if matches!(status.code(), Some(0 | 1)) { Ok(()) } else { Err(format!("{words:?} fails: {status}").into()) }
}

/// Returns the time of an error; there are 5 per second.
fn time(number: u64) -> String {
    let millis = 1_735_689_600_000 + i64::try_from(number).unwrap_or(i64::MAX / 400) * 200;
    let time = jiff::Timestamp::from_millisecond(millis).unwrap_or_default();
    time.strftime("%Y-%m-%d %H:%M:%S%.3f").to_string()
}

fn write(log: &Path, errors: u64) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(log)?);
    for number in 0..errors {
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        let (code, tool) = (CODES[(mixed % 8) as usize], TOOLS[(mixed / 8 % 5) as usize]);
        // One error in a hundred has the seventh bookmaker.
        let bookmaker = if mixed / 40 % 100 == 0 { 7 } else { mixed / 40 % 6 };
        writeln!(
            out,
            "{} | ERROR | {code} | MCPServer | Tool execution failed: {tool}\n  toolName: {tool}\n  errorType: \
             DatabaseConnectionError\n  requestId: req-{number}\n  bookmaker: bookmaker-{bookmaker}",
            time(number)
        )?;
    }
    out.flush()?;
    Ok(())
}
