//! Does a read cost more once a registry that extends a code is set up?
//!
//! ```text
//! cargo bench --package benches --bench installed                    the times; only their ratios carry over
//! cargo bench --package benches --bench installed -- instructions    the instructions of one read; needs valgrind
//! ```
//!
//! A registry stays registered, so this program measures in child processes; every second one registers the registry first. It
//! compares the medians of all of them. A slow result is not a failure.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::{Command, Output};
use std::time::Instant;

use mcp_error_codes::{Code, McpError, by_number, filesystem, find, hyper_bun, setup};

/// A registry that extends `FS-001`.
mod generated {
    mcp_error_codes::include_registry!();
}

/// How many processes measure each of the two cases.
const PROCESSES: usize = 15;

/// How often a process measures a read, and how many reads there are per measurement.
const ROUNDS: usize = 31;
const READS: u32 = 20_000;

/// The arguments for a child process that measures, and for one whose instructions are counted.
const MEASURE: &str = "measure";
const COUNT: &str = "count";

/// The reads. The codes are those of the library, and one of them is extended.
const READS_OF: [(&str, Read); 6] = [
    ("Code::lookup", |_| {
        black_box(Code::lookup(black_box("NX-MCP-030")));
    }),
    ("find", |_| {
        black_box(find(black_box("nx mcp 030")).is_ok());
    }),
    ("by_number", |_| {
        black_box(by_number(black_box(41_030)).next());
    }),
    ("McpError::new", |_| drop(black_box(McpError::new(black_box(hyper_bun::SERVER_UNAVAILABLE))))),
    ("new and write, not extended", |out| write(hyper_bun::SERVER_UNAVAILABLE, out)),
    ("new and write, extended", |out| write(filesystem::FILE_NOT_FOUND, out)),
];

/// A read. It may write to the buffer.
type Read = fn(&mut Vec<u8>);

/// Appends an error to a buffer, and removes it again.
fn write(code: Code, out: &mut Vec<u8>) {
    let start = out.len();
    McpError::new(black_box(code)).json_rpc_response(7).write_to(out);
    black_box(&out);
    out.truncate(start);
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--bench"] => times(),
        ["instructions", "--bench"] => instructions(),
        [MEASURE, what] => {
            prepare(what);
            READS_OF.iter().for_each(|(name, read)| println!("{name}={}", time(*read)));
        }
        [COUNT, what, name, reads] => {
            prepare(what);
            let mut out = Vec::with_capacity(PAGE);
            let read = READS_OF.iter().find(|(other, _)| *other == name);
            let reads = reads.parse().unwrap_or(0);
            read.into_iter().for_each(|(_, read)| (0..reads).for_each(|_| read(&mut out)));
        }
        // `cargo test --benches` measures nothing.
        _ => println!("usage: cargo bench --package benches --bench installed [-- instructions]"),
    }
}

/// The two cases to compare.
const WITHOUT: &str = "nothing installed";
const WITH: &str = "installed";

fn prepare(what: &str) {
    if what == WITH {
        setup().registries([&generated::REGISTRY]).apply().expect("it is the first");
    }
}

/// Prints the medians of all processes, and their ratios.
fn times() {
    let mut times: BTreeMap<(String, &str), Vec<f64>> = BTreeMap::new();
    for _ in 0..PROCESSES {
        for what in [WITHOUT, WITH] {
            let Ok(output) = run(Command::new(program()).args([MEASURE, what])) else { return };
            for (name, time) in String::from_utf8_lossy(&output.stdout).lines().filter_map(|line| line.split_once('='))
            {
                times.entry((name.to_owned(), what)).or_default().extend(time.parse::<f64>());
            }
        }
    }
    println!("\n{:<30} {WITHOUT:>18} {WITH:>12} {:>8}", "", "ratio");
    for (name, _) in READS_OF {
        let of = |what| times.remove(&(name.to_owned(), what)).map_or(f64::NAN, median);
        let [without, with] = [WITHOUT, WITH].map(of);
        println!("{name:<30} {without:>15.2} ns {with:>9.2} ns {:>8.2}", with / without);
    }
}

/// Prints the instructions of one read: the difference of two runs of different lengths.
fn instructions() {
    println!("\n{:<30} {WITHOUT:>18} {WITH:>12}", "instructions");
    for (name, _) in READS_OF {
        let [without, with] = [WITHOUT, WITH].map(|what| {
            let [few, many] = ["1000", "2000"].map(|reads| count(&[COUNT, what, name, reads]));
            (many - few) / 1000.0
        });
        println!("{name:<30} {without:>18.1} {with:>12.1}");
    }
}

/// Counts the instructions of a run. Returns NaN if valgrind prints no number.
fn count(arguments: &[&str]) -> f64 {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program()).args(arguments);
    let report =
        run(&mut command).map(|output| String::from_utf8_lossy(&output.stderr).into_owned()).unwrap_or_default();
    let number = report.lines().find_map(|line| line.split_once("Collected :"));
    number.and_then(|(_, number)| number.trim().parse().ok()).unwrap_or(f64::NAN)
}

fn program() -> std::path::PathBuf {
    std::env::current_exe().unwrap_or_default()
}

fn run(command: &mut Command) -> std::io::Result<Output> {
    command.output().inspect_err(|problem| eprintln!("{command:?} cannot be started: {problem}"))
}

/// Returns the nanoseconds of one read. The offsets of source and target in their pages can make a copy three times slower, so each
/// round writes to another offset.
fn time(read: Read) -> f64 {
    let mut out = Vec::with_capacity(2 * PAGE);
    let round = |round| {
        out.resize(round * PAGE / ROUNDS, b' ');
        let start = Instant::now();
        (0..READS).for_each(|_| read(&mut out));
        start.elapsed().as_nanos() as f64 / f64::from(READS)
    };
    median((0..ROUNDS).map(round).collect())
}

const PAGE: usize = 4_096;

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
