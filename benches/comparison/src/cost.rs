//! What the same work costs with each crate.

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use jsonrpsee_types::ErrorObject;
use masterror::{AppCode, AppError, ProblemJson};
use mcp_error_codes::{Code, McpError, filesystem};
use rmcp::model::{ErrorCode, ErrorData};
use serde_json::json;
use tokio_postgres::error::SqlState;
use turbomcp_core::error::{ErrorKind, McpError as TurboError};
use turbomcp_core::jsonrpc::JsonRpcError;

const PATH: &str = "notes/2026/plan.txt";
const ROUNDS: usize = 200;
const RUNS: u32 = 100;

/// Work of one crate, in the order of its name.
type Work = (&'static str, fn(&mut Vec<u8>));

const WRITING: &[Work] = &[
    ("mcp-error-codes", |out| filesystem::file_not_found(black_box(PATH)).json_rpc_error().write_to(out)),
    ("rmcp", |out| {
        let error = ErrorData::new(
            ErrorCode(-32_602),
            format!("File not found: {}", black_box(PATH)),
            Some(json!({ "path": black_box(PATH) })),
        );
        let _ = serde_json::to_writer(out, &error);
    }),
    ("turbomcp-core", |out| {
        let error = TurboError::new(ErrorKind::ResourceNotFound, format!("File not found: {}", black_box(PATH)));
        let error = JsonRpcError::from(error.with_data(json!({ "path": black_box(PATH) })));
        let _ = serde_json::to_writer(out, &error);
    }),
    ("jsonrpsee-types", |out| {
        let error = ErrorObject::owned(
            -32_602,
            format!("File not found: {}", black_box(PATH)),
            Some(json!({ "path": black_box(PATH) })),
        );
        let _ = serde_json::to_writer(out, &error);
    }),
    ("masterror", |out| {
        let error = AppError::not_found(format!("File not found: {}", black_box(PATH)));
        let _ = serde_json::to_writer(out, &ProblemJson::from_app_error(error));
    }),
];

const READING: &[Work] = &[
    ("mcp-error-codes", |_| _ = black_box(Code::lookup(black_box("FS-001")))),
    ("turbomcp-core", |_| _ = black_box(ErrorKind::from_i32(black_box(-32_602)))),
    ("tokio-postgres", |_| _ = black_box(SqlState::from_code(black_box("42P01")))),
    ("masterror", |_| _ = black_box(black_box("NOT_FOUND").parse::<AppCode>().is_ok())),
];

/// Draws the table of costs.
pub fn table() -> String {
    let mut table = "| |".to_owned();
    for name in crate::facts::CRATES {
        let _ = write!(table, " `{name}` |");
    }
    table += "\n|---|";
    table += &"---:|".repeat(crate::facts::CRATES.len());
    table.push('\n');
    row(&mut table, "an error with one value, made and written as JSON, ns", &times(WRITING));
    let length = |(name, work): &Work| {
        let mut out = Vec::new();
        work(&mut out);
        (*name, out.len() as f64)
    };
    row(&mut table, "bytes of that JSON", &WRITING.iter().map(length).collect::<Vec<_>>());
    row(&mut table, "from a text or a number to its code, ns", &times(READING));
    let sizes = [
        ("mcp-error-codes", size_of::<McpError>()),
        ("rmcp", size_of::<ErrorData>()),
        ("turbomcp-core", size_of::<TurboError>()),
        ("jsonrpsee-types", size_of::<ErrorObject<'static>>()),
        ("tokio-postgres", size_of::<tokio_postgres::Error>()),
        ("masterror", size_of::<AppError>()),
    ];
    row(&mut table, "bytes of an error in a `Result`", &sizes.map(|(name, size)| (name, size as f64)));
    table
}

fn row(table: &mut String, about: &str, figures: &[(&str, f64)]) {
    let _ = write!(table, "| {about} |");
    for name in crate::facts::CRATES {
        match figures.iter().find(|(own, _)| *own == name) {
            Some((_, figure)) if *figure < 10.0 => table.push_str(&format!(" {figure:.1} |")),
            Some((_, figure)) => table.push_str(&format!(" {figure:.0} |")),
            None => table.push_str(" |"),
        }
    }
    table.push('\n');
}

/// Returns the least time of each, in nanoseconds.
fn times(work: &[Work]) -> Vec<(&'static str, f64)> {
    let mut least = vec![Duration::MAX; work.len()];
    let mut out = Vec::with_capacity(1 << 16);
    for _ in 0..ROUNDS {
        for ((_, run), least) in work.iter().zip(&mut least) {
            let start = Instant::now();
            for _ in 0..RUNS {
                out.clear();
                run(black_box(&mut out));
            }
            *least = start.elapsed().min(*least);
        }
    }
    work.iter().zip(least).map(|((name, _), time)| (*name, time.as_nanos() as f64 / f64::from(RUNS))).collect()
}
