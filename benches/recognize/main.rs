//! How fast are the errors in a log found, and how long does it take to decode one?
//!
//! ```text
//! cargo bench --package benches --bench recognize               all three questions
//! cargo bench --package benches --bench recognize -- failing    one of them: harmless, failing or decode
//! valgrind --tool=callgrind BINARY failing 3000                  the instructions that 3,000 lines take
//! ```
//!
//! Times are medians of several rounds on one core. Where the system reports it, they are processor time, which excludes other
//! programs. The throughput of a `memchr` without a match shows how fast the machine reads memory.

mod text;

use std::hint::black_box;
use std::time::Instant;

use mcp_error_codes::{Recognizer, decode, filesystem};

use report::Target::Within;
use report::{busy, median};

const ROUNDS: usize = 7;
const SEARCHES: u32 = 50;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let wanted = arguments.next();
    if let Some(lines) = arguments.next().and_then(|lines| lines.parse().ok()) {
        let log = if wanted.as_deref() == Some("harmless") { text::harmless(lines) } else { text::failing(lines) };
        println!(
            "{} bytes: {:?}",
            log.len(),
            Recognizer::new().recognize_log(log.as_bytes()).map(|found| found.errors.len())
        );
        return;
    }
    let is_wanted = |question: &str| wanted.as_deref().is_none_or(|wanted| wanted == question);
    if is_wanted("harmless") {
        throughput("a log without errors", &text::harmless(600_000), 0, 2.0);
    }
    if is_wanted("failing") {
        throughput("a log with an error in each line", &text::failing(60_000), 3, 0.1);
    }
    if is_wanted("decode") {
        decoded();
    }
}

/// Returns the processor time of some work, in seconds.
fn seconds(work: impl FnOnce()) -> f64 {
    let (start, before) = (Instant::now(), busy());
    work();
    match (before, busy()) {
        (Some(before), Some(after)) => (after - before) / 1e9,
        _ => start.elapsed().as_secs_f64(),
    }
}

/// How many gigabytes of a log are read in a second?
fn throughput(question: &str, log: &str, distinct: usize, target: f64) {
    let gigabytes = u32::try_from(log.len()).map_or(f64::MAX, f64::from) / 1e9;
    let time = |run: &dyn Fn()| {
        let rounds = (0..ROUNDS).map(|_| seconds(run));
        gigabytes / median(rounds.collect())
    };
    let ours = time(&|| {
        let found = Recognizer::new().recognize_log(log.as_bytes()).expect("memory can be read");
        assert_eq!(found.errors.len(), distinct);
    });
    // One search is too short for the clock.
    let limit = f64::from(SEARCHES)
        * time(&|| {
            for _ in 0..SEARCHES {
                black_box(memchr::memchr(0, black_box(log.as_bytes())));
            }
        });
    println!("\n{question}");
    println!("  ours   {ours:>8.3} GB/s");
    println!("  memchr {limit:>8.3} GB/s");
    println!("  {} target at least {target} GB/s", if ours >= target { "met:   " } else { "MISSED:" });
}

/// What does it cost to decode our tool result, compared with parsing its JSON?
fn decoded() {
    let json = filesystem::file_not_found("notes/2026/plan.txt").tool_result().to_string();
    let time = |run: &dyn Fn()| {
        const CALLS: u32 = 20_000;
        let rounds = (0..ROUNDS).map(|_| seconds(|| (0..CALLS).for_each(|_| run())) * 1e9 / f64::from(CALLS));
        median(rounds.collect())
    };
    let ours = time(&|| {
        let _ = black_box(decode(black_box(&json)).expect("it is an error"));
    });
    let parsed = time(&|| {
        black_box(serde_json::from_slice::<serde_json::Value>(black_box(json.as_bytes())).expect("it is JSON"));
    });
    report::print(
        "decoding a tool result",
        &[("ours", ours), ("serde_json Value", parsed)],
        &[Within("serde_json Value", 2.0)],
    );
}
