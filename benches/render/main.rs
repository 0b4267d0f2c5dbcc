//! How long does it take to write an error as a JSON-RPC response to an existing buffer?
//!
//! All contestants write the same JSON and start with what a server has when it fails: a code, and perhaps a text. The times are
//! medians of rounds in which all contestants take turns. Only their ratios carry over to other machines, and a slow result is not
//! a failure. `tests/allocations/render.rs` counts allocations.

mod measure;
mod peers;

use std::hint::black_box;

use mcp_error_codes::{McpError, filesystem};

use measure::{Contestant, compare};
use report::Target::{Faster, Within};

const PATH: &str = "notes/2026/plan.txt";

fn main() {
    bare();
    with_one_text();
}

/// What does a bare error cost, compared with a copy of its finished bytes?
fn bare() {
    let finished = McpError::new(filesystem::FILE_NOT_FOUND).json_rpc_response(peers::ID).to_string();
    let title = || black_box(filesystem::FILE_NOT_FOUND).record().title;
    compare(
        "a bare error to its response",
        &finished,
        &[
            Contestant::new("ours", |out| {
                McpError::new(black_box(filesystem::FILE_NOT_FOUND)).json_rpc_response(peers::ID).write_to(out);
            }),
            Contestant::new("memcpy", |out| out.extend_from_slice(black_box(finished.as_bytes()))),
            Contestant::new("ours through serde", |out| {
                peers::write(&McpError::new(black_box(filesystem::FILE_NOT_FOUND)).json_rpc_response(peers::ID), out);
            }),
            Contestant::new("typed serde", |out| peers::write(&peers::typed(title(), None), out)),
            Contestant::new("jsonrpsee-types", |out| peers::write(&peers::jsonrpsee(title(), None), out)),
            Contestant::new("rmcp", |out| peers::write(&peers::rmcp(title().to_owned(), None), out)),
            Contestant::new("json!", |out| peers::write(&peers::value(title(), None), out)),
        ],
        &[Within("memcpy", 2.5), Faster("typed serde", 10.0), Faster("rmcp", 25.0)],
    );
}

/// What does an error with one text cost, including its creation?
fn with_one_text() {
    let finished = filesystem::file_not_found(PATH).json_rpc_response(peers::ID).to_string();
    let path = || black_box(PATH);
    let message = || format!("File not found: {}", path());
    compare(
        "an error with one text, from new to its response",
        &finished,
        &[
            Contestant::new("ours", |out| {
                filesystem::file_not_found(path()).json_rpc_response(peers::ID).write_to(out)
            }),
            Contestant::new("memcpy", |out| out.extend_from_slice(black_box(finished.as_bytes()))),
            Contestant::new("ours through serde", |out| {
                peers::write(&filesystem::file_not_found(path()).json_rpc_response(peers::ID), out);
            }),
            Contestant::new("typed serde", |out| peers::write(&peers::typed(&message(), Some(path())), out)),
            Contestant::new("jsonrpsee-types", |out| peers::write(&peers::jsonrpsee(&message(), Some(path())), out)),
            Contestant::new("rmcp", |out| peers::write(&peers::rmcp(message(), Some(path())), out)),
            Contestant::new("json!", |out| peers::write(&peers::value(&message(), Some(path())), out)),
        ],
        &[Faster("rmcp", 5.0)],
    );
}
