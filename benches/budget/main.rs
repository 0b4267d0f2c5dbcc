//! What do the operations cost that must not become more expensive, in figures that do not depend on the machine?
//!
//! ```text
//! cargo bench --package benches --bench budget
//! ```
//!
//! What reads many bytes at a time is not counted: Valgrind runs it with other instructions than a processor does.
//!
//! It prints one figure a line: the instructions of an operation, as Valgrind counts them, its allocations, and the bytes of a type.
//! `cargo xtask budgets` compares the figures with `benches/budget.txt`.

use std::hint::black_box;
use std::process::Command;

use mcp_error_codes::redact::Redactor;
use mcp_error_codes::wire::ToolResult;
use mcp_error_codes::{Code, McpError, Record, Registry, by_number, decode, filesystem, find, recognize};

/// An operation, and how often one pass runs it.
struct Operation {
    name: &'static str,
    /// How many of what the figure is for are in one pass: lookups, errors, kilobytes.
    count: fn() -> usize,
    pass: fn(),
}

const OPERATIONS: &[Operation] = &[
    Operation {
        name: "lookup, hit",
        count: || Code::all().len(),
        pass: || each_code(|code| _ = black_box(Code::lookup(black_box(code.as_str())))),
    },
    Operation {
        name: "lookup, miss",
        count: || 100,
        pass: || hundred(|| _ = black_box(Code::lookup(black_box("FS-999")))),
    },
    Operation {
        name: "number to code",
        count: || Code::all().len(),
        pass: || each_code(|code| _ = black_box(Code::by_number(black_box(code.record().json_rpc_number())))),
    },
    Operation {
        name: "records of a number",
        count: || 100,
        pass: || hundred(|| _ = black_box(by_number(black_box(-32_602)).count())),
    },
    Operation {
        name: "find, another spelling",
        count: || 100,
        pass: || hundred(|| _ = black_box(find(black_box("fs 001")).is_ok())),
    },
    Operation {
        name: "find, miss",
        count: || 100,
        pass: || hundred(|| _ = black_box(find(black_box("no such code")).is_ok())),
    },
    Operation {
        name: "bare error to bytes",
        count: || 100,
        pass: || written(|out| McpError::new(black_box(filesystem::FILE_NOT_FOUND)).json_rpc_response(7).write_to(out)),
    },
    Operation {
        name: "error with a detail to bytes",
        count: || 100,
        pass: || {
            written(|out| {
                filesystem::file_not_found(black_box("notes/2026/plan.txt")).json_rpc_response(7).write_to(out)
            })
        },
    },
    Operation {
        name: "tool result with a detail to bytes",
        count: || 100,
        pass: || {
            written(|out| filesystem::file_not_found(black_box("notes/2026/plan.txt")).tool_result().write_to(out))
        },
    },
    Operation {
        name: "decode of a tool result",
        count: || 100,
        pass: || {
            let sent = filesystem::file_not_found("notes/2026/plan.txt").tool_result().to_string();
            hundred(|| _ = black_box(decode(black_box(&sent)).is_ok()));
        },
    },
    Operation {
        name: "redaction, 1 kB of plain text",
        count: || 64,
        pass: || _ = black_box(redactor().text(black_box(&plain(64)))),
    },
    Operation {
        name: "redaction, 1 kB with a secret each",
        count: || 16,
        pass: || _ = black_box(redactor().text(black_box(&secret(16)))),
    },
    Operation {
        name: "recognition of a line",
        count: || 10,
        pass: || {
            (0..10)
                .for_each(|_| _ = black_box(recognize(black_box("MCP error -32001: Request timed out")).errors.len()))
        },
    },
];

fn each_code(run: fn(Code)) {
    Code::all().for_each(run);
}

fn hundred(run: impl Fn()) {
    (0..100).for_each(|_| run());
}

fn written(write: fn(&mut Vec<u8>)) {
    let mut out = Vec::with_capacity(4_096);
    for _ in 0..100 {
        out.clear();
        write(black_box(&mut out));
    }
}

fn redactor() -> Redactor {
    Redactor::new().with_limit(1 << 20)
}

/// Returns so many kilobytes of a log in which nothing happens.
fn plain(kilobytes: usize) -> String {
    const LINE: &str = "2025-01-15 14:23:45.123 INFO notes: read notes/2026/plan.txt in 17 ms, 4 of 9 done\n";
    LINE.repeat(kilobytes * 1_024 / LINE.len())
}

/// Returns so many kilobytes of text, with a secret in each.
fn secret(kilobytes: usize) -> String {
    let mut one = plain(1);
    one.truncate(960);
    one.push_str("\nAuthorization: Bearer 8f14e45fceea167a5a36dedd4bea2543\n");
    one.repeat(kilobytes)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--bench"] => print(),
        ["run", name, passes] => {
            let operation = OPERATIONS.iter().find(|operation| operation.name == name);
            let passes = passes.parse().unwrap_or(0);
            if let Some(operation) = operation {
                (0..passes).for_each(|_| (operation.pass)());
            }
        }
        // `cargo test --benches` measures nothing.
        _ => println!("usage: cargo bench --package benches --bench budget"),
    }
}

fn print() {
    println!("bytes\tCode\t{}", size_of::<Code>());
    println!("bytes\tMcpError\t{}", size_of::<McpError>());
    println!("bytes\tRecord\t{}", size_of::<Record>());
    println!("bytes\tRegistry\t{}", size_of::<Registry>());
    println!("bytes\tToolResult\t{}", size_of::<ToolResult<'_>>());
    for operation in OPERATIONS {
        // What is created once, such as the tables of recognition, is not counted.
        (operation.pass)();
        let allocations = allocation_counter::measure(operation.pass).count_total;
        println!("allocations\t{}\t{:.1}", operation.name, allocations as f64 / (operation.count)() as f64);
    }
    for operation in OPERATIONS {
        // The first pass creates what is created once.
        match (instructions(operation.name, "2"), instructions(operation.name, "4")) {
            (Ok(two), Ok(four)) => {
                println!("instructions\t{}\t{:.1}", operation.name, (four - two) / 2.0 / (operation.count)() as f64);
            }
            (Err(problem), _) | (_, Err(problem)) => {
                return println!("skipped\tinstructions\t{problem}");
            }
        }
    }
}

/// Counts the instructions of a run with so many passes.
fn instructions(name: &str, passes: &str) -> Result<f64, String> {
    let program = std::env::current_exe().map_err(|problem| problem.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["run", name, passes])
        .output()
        .map_err(|problem| format!("valgrind cannot be started: {problem}"))?;
    let report = String::from_utf8_lossy(&output.stderr);
    (report.lines().find_map(|line| line.split_once("Collected :")))
        .and_then(|(_, number)| number.trim().parse().ok())
        .ok_or_else(|| "valgrind gives no count".to_owned())
}
