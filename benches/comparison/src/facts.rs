//! What the source of each crate shows.

use std::fmt::Write;

use mcp_error_codes::REGISTRY;

use crate::source::Sources;

/// The crates in the order of the columns; ours is first.
pub const CRATES: [&str; 7] =
    ["mcp-error-codes", "rmcp", "turbomcp-core", "jsonrpsee-types", "tokio-postgres", "masterror", "waddling-errors"];

/// A cell of the table.
enum Fact {
    /// It is there, as this file shows, which contains the text.
    Shown { says: &'static str, file: &'static str, text: &'static str },
    /// Lines of a file that contain a text are counted.
    Counted { says: &'static str, file: &'static str, text: &'static str },
    /// No file of the library has one of the words.
    Absent { words: &'static [&'static str] },
    /// No member of a type has a name with one of the words.
    NoMember { file: &'static str, ty: &'static str, words: &'static [&'static str] },
    /// Words do not decide it. Somebody has read the file, which contains the text.
    Read { file: &'static str, text: &'static str },
    /// The codes of our registry are counted.
    Registered,
}

use Fact::{Absent, Counted, NoMember, Read, Registered, Shown};

/// A row: what it is about, and a cell for each crate.
type Row = (&'static str, [Fact; 7]);

/// By which names a library could find errors in a text.
const FINDS: Fact = Absent {
    words: &["fn recogni", "fn detect_err", "fn scan", "fn find_err", "fn find_code", "fn extract_err", "fn from_log"],
};

/// By which names a library could write pages of HTML.
const WRITES_PAGES: Fact = Absent { words: &["<!doctype", "to_html", "html_page", "htmlrenderer", "fn render_page"] };

const ROWS: &[Row] = &[
    (
        "codes that are defined",
        [
            Registered,
            Counted { says: "numbers", file: "src/model.rs", text: ": Self = Self(-" },
            Counted { says: "kinds", file: "src/error.rs", text: "=> \"" },
            Counted { says: "numbers", file: "src/error.rs", text: "_CODE: i32 =" },
            Counted { says: "states", file: "src/error/sqlstate.rs", text: "    pub const " },
            Counted { says: "codes", file: "src/code/app_code.rs", text: ": Self = Self::from_static(" },
            Shown { says: "none: you define them", file: "src/traits.rs", text: "trait ComponentId" },
        ],
    ),
    (
        "writes a JSON-RPC error",
        [
            Shown { says: "yes", file: "src/wire/json_rpc.rs", text: "pub struct JsonRpcError" },
            Shown { says: "yes", file: "src/model.rs", text: "pub struct ErrorData" },
            Shown { says: "yes", file: "src/jsonrpc.rs", text: "impl From<crate::error::McpError> for JsonRpcError" },
            Shown { says: "yes", file: "src/error.rs", text: "pub struct ErrorObject" },
            Absent { words: &["json-rpc", "jsonrpc"] },
            Absent { words: &["json-rpc", "jsonrpc"] },
            Absent { words: &["json-rpc", "jsonrpc"] },
        ],
    ),
    (
        "writes a tool result that a model reads",
        [
            Shown { says: "yes, with advice", file: "src/wire/tool_result.rs", text: "pub struct ToolResult" },
            Shown { says: "the text is yours", file: "src/model.rs", text: "pub fn error(content: Vec<ContentBlock>)" },
            Shown { says: "the message", file: "src/error.rs", text: "pub fn to_tool_result" },
            Absent { words: &["tool_result", "toolresult"] },
            Absent { words: &["tool_result", "toolresult"] },
            Absent { words: &["tool_result", "toolresult"] },
            Absent { words: &["tool_result", "toolresult"] },
        ],
    ),
    (
        "advice for the caller, by code",
        [
            Shown { says: "yes", file: "src/error/mcp_error.rs", text: "pub fn hint(" },
            NoMember {
                file: "src/model.rs",
                ty: "pub struct ErrorData",
                words: &["hint", "advice", "help", "suggest", "action"],
            },
            Shown { says: "a description of each number", file: "src/error.rs", text: "pub const fn description" },
            Absent { words: &["hint", "advice", "suggest", "remed"] },
            Shown { says: "what the server sent", file: "src/error/mod.rs", text: "pub fn hint(" },
            Shown { says: "a generic title", file: "src/response/problem_json.rs", text: "title" },
            Shown { says: "yes", file: "src/metadata.rs", text: "hints: &'static [&'static str]" },
        ],
    ),
    (
        "whether and when to try again",
        [
            Shown {
                says: "class, schedule and wait",
                file: "src/error/mcp_error.rs",
                text: "pub fn retry_after_tries",
            },
            NoMember {
                file: "src/model.rs",
                ty: "pub struct ErrorData",
                words: &["retry", "retriable", "transient", "backoff", "wait"],
            },
            Shown { says: "whether", file: "src/error.rs", text: "pub const fn is_retryable" },
            Absent { words: &["retry", "retriable", "transient", "backoff"] },
            Absent { words: &["retryable", "retriable", "retry_after", "transient", "backoff"] },
            Shown {
                says: "whether and a wait",
                file: "src/app_error/core/builder.rs",
                text: "pub fn with_retry_after_secs",
            },
            Absent { words: &["retry", "retriable", "transient", "backoff"] },
        ],
    ),
    (
        "keeps secrets out of what is sent",
        [
            Shown { says: "by shape and by name, always", file: "src/redact/plain.rs", text: "const REDACTED: &str" },
            Read { file: "src/model.rs", text: "pub struct ErrorData" },
            Shown { says: "by shape, where it is asked to", file: "src/error.rs", text: "pub fn sanitized" },
            Absent { words: &["redact", "sanitiz", "secret", "scrub"] },
            Read { file: "src/error/mod.rs", text: "pub struct DbError" },
            Shown { says: "by field, where it is asked to", file: "src/app_error/metadata.rs", text: "FieldRedaction" },
            Absent { words: &["redacted", "fn redact", "sanitize_message", "sanitize_text", "scrub"] },
        ],
    ),
    (
        "reads an error back",
        [
            Shown { says: "all its forms, and foreign ones", file: "src/wire/decode.rs", text: "pub fn decode(" },
            Shown { says: "its form", file: "src/model.rs", text: "pub struct ErrorData" },
            Shown { says: "its form, and the kind of a number", file: "src/error.rs", text: "pub fn from_rpc_code" },
            Shown { says: "its form", file: "src/error.rs", text: "serde::Deserialize<'a> for ErrorCode" },
            Shown { says: "a code", file: "src/error/sqlstate.rs", text: "pub fn from_code" },
            Shown { says: "a code", file: "src/code/app_code.rs", text: "impl FromStr for AppCode" },
            Absent { words: &["fromstr", "fn from_str", "tryfrom<&", "fn parse_code", "deserialize<'de> for"] },
        ],
    ),
    (
        "finds errors in any text or log",
        [
            Shown { says: "yes (`recognize`)", file: "src/recognize/recognizer.rs", text: "pub fn recognize(" },
            FINDS,
            FINDS,
            FINDS,
            FINDS,
            FINDS,
            FINDS,
        ],
    ),
    (
        "codes of your own",
        [
            Shown {
                says: "a TOML file, checked as it is compiled",
                file: "crates/build/src/generator.rs",
                text: "pub fn run(&self)",
            },
            Shown { says: "a number", file: "src/model.rs", text: "pub struct ErrorCode(pub i32)" },
            NoMember { file: "src/error.rs", ty: "pub enum ErrorKind", words: &["custom", "other", "unknown"] },
            Shown { says: "a number", file: "src/error.rs", text: "ServerError(i32)" },
            Shown { says: "any text", file: "src/error/sqlstate.rs", text: "Inner::Other" },
            Shown { says: "a text", file: "src/code/app_code.rs", text: "pub const fn new(code: &'static str)" },
            Shown {
                says: "types and macros, checked as they are compiled",
                file: "src/traits.rs",
                text: "trait PrimaryId",
            },
        ],
    ),
    (
        "documentation of codes as pages",
        [
            Shown { says: "yes, searchable", file: "crates/site/src/site.rs", text: "pub" },
            WRITES_PAGES,
            WRITES_PAGES,
            WRITES_PAGES,
            WRITES_PAGES,
            WRITES_PAGES,
            Shown { says: "yes", file: "src/doc_generator/renderer.rs", text: "HtmlRenderer" },
        ],
    ),
    (
        "`no_std`",
        [
            Shown { says: "lookup and records", file: "src/lib.rs", text: "no_std" },
            Absent { words: &["#![no_std]", "no_std)]"] },
            Shown { says: "all of it", file: "src/lib.rs", text: "no_std" },
            Absent { words: &["#![no_std]", "no_std)]"] },
            Absent { words: &["#![no_std]", "no_std)]"] },
            Shown { says: "most of it", file: "src/lib.rs", text: "no_std" },
            Shown { says: "all of it", file: "src/lib.rs", text: "#![no_std]" },
        ],
    ),
];

/// What a crate does better, and what shows it.
const BETTER: [(&str, &str, &str, &str); 14] = [
    (
        "rmcp",
        "It is the SDK: whoever serves MCP in Rust has it already, and its errors need no other crate.",
        "src/model.rs",
        "pub struct ErrorData",
    ),
    (
        "rmcp",
        "It changes the number of a missing resource for peers of a newer protocol by itself, wherever the error comes from. Ours asks for the version.",
        "src/model.rs",
        "SEP-2164",
    ),
    (
        "turbomcp-core",
        "Every error can have an id and a time of its own without a call (`rich-errors`). Ours has an id if one is set.",
        "src/error.rs",
        "uuid::Uuid::new_v4()",
    ),
    (
        "turbomcp-core",
        "It can remove file paths, addresses of hosts and of people from a message. Ours keeps them: they are often what the caller needs.",
        "src/security.rs",
        "sanitize_file_paths",
    ),
    (
        "turbomcp-core",
        "Its errors work without `std`. Ours need `std`; only records and lookup do not.",
        "src/lib.rs",
        "no_std",
    ),
    (
        "jsonrpsee-types",
        "It keeps the data of a peer as it was received, without parsing it.",
        "src/error.rs",
        "RawValue",
    ),
    ("jsonrpsee-types", "It is small, and any JSON-RPC server can use it.", "src/error.rs", "pub enum ErrorCode"),
    (
        "tokio-postgres",
        "A code that is not known is a value of the same type as one that is. Ours are two types, so that each known code has a record.",
        "src/error/sqlstate.rs",
        "Inner::Other",
    ),
    (
        "tokio-postgres",
        "Its codes are one file of plain Rust that is committed: no build script runs for a user.",
        "src/error/sqlstate.rs",
        "Autogenerated file",
    ),
    ("masterror", "It maps to gRPC too.", "src/convert/tonic.rs", "Status"),
    (
        "masterror",
        "It integrates more crates: redis, validator, config, teloxide, actix and others.",
        "src/convert/actix.rs",
        "actix",
    ),
    ("masterror", "It can capture a backtrace.", "src/app_error/core/telemetry.rs", "backtrace"),
    (
        "waddling-errors",
        "Each code has a short hash, so that a small device sends five characters, and a catalog for the receiver turns them into text in any language.",
        "src/code.rs",
        "pub fn hash",
    ),
    (
        "waddling-errors",
        "Documentation can be made for a role: the public, a team, or developers.",
        "src/traits.rs",
        "pub enum Role",
    ),
];

/// Draws the table of features.
pub fn table(sources: &Sources) -> Result<String, String> {
    let mut table = String::from("| |");
    for name in CRATES {
        let _ = write!(table, " `{name}` |");
    }
    table += "\n|---|";
    table += &"---|".repeat(CRATES.len());
    table.push('\n');
    let mut problems = Vec::new();
    for (about, facts) in ROWS {
        let _ = write!(table, "| {about} |");
        for (name, fact) in CRATES.iter().zip(facts) {
            match fact.cell(sources, name) {
                Ok(cell) => table.push_str(&format!(" {cell} |")),
                Err(problem) => problems.push(format!("{about}: {problem}")),
            }
        }
        table.push('\n');
    }
    if problems.is_empty() { Ok(table) } else { Err(problems.join("\n")) }
}

/// Lists what the others do better.
pub fn better(sources: &Sources) -> Result<String, String> {
    let mut list = String::new();
    for (name, says, file, text) in BETTER {
        if !sources.file(name, file)?.contains(text) {
            return Err(format!("{name}: {file} does not contain {text:?}"));
        }
        let _ = writeln!(list, "- `{name}`: {says} (`{file}`)");
    }
    Ok(list)
}

impl Fact {
    fn cell(&self, sources: &Sources, name: &str) -> Result<String, String> {
        match self {
            Shown { says, file, text } => match sources.file(name, file)?.contains(text) {
                true => Ok(format!("{says} (`{file}`)")),
                false => Err(format!("{name}: {file} does not contain {text:?}")),
            },
            Counted { says, file, text } => {
                let source = sources.file(name, file)?;
                // The tests of a file are its end.
                let source = source.split("#[cfg(test)]").next().unwrap_or_default();
                match source.lines().filter(|line| line.contains(text)).count() {
                    0 => Err(format!("{name}: {file} does not contain {text:?}")),
                    count => Ok(format!("{count} {says} (`{file}`)")),
                }
            }
            Registered => {
                Ok(format!("{} of {} systems (`registry/`)", REGISTRY.records().len(), REGISTRY.systems().len()))
            }
            NoMember { file, ty, words } => {
                let source = sources.file(name, file)?;
                let members = members(&source, ty).ok_or_else(|| format!("{name}: {file} does not contain {ty:?}"))?;
                match members.iter().find(|member| words.iter().any(|word| member.to_lowercase().contains(word))) {
                    None => Ok(format!("no (`{file}`)")),
                    Some(member) => Err(format!("{name}: {ty} in {file} has {member:?}")),
                }
            }
            Read { file, text } => match sources.file(name, file)?.contains(text) {
                true => Ok(format!("no, as read (`{file}`)")),
                false => Err(format!("{name}: {file} does not contain {text:?}")),
            },
            Absent { words } => match sources.files_with(name, words)? {
                files if files.is_empty() => Ok("no".to_owned()),
                files => Err(format!("{name}: {words:?} is in {}", files.join(", "))),
            },
        }
    }
}

/// Returns the lines of the fields or variants of a type, without comments and attributes, or `None` if there is no such type.
fn members<'s>(source: &'s str, ty: &str) -> Option<Vec<&'s str>> {
    let (_, rest) = source.split_once(&format!("{ty} {{\n"))?;
    let (body, _) = rest.split_once("\n}")?;
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['/', '#']));
    Some(lines.collect())
}

#[cfg(test)]
mod tests {
    use super::{CRATES, Fact, Sources};

    /// Each way to show a `no` is wrong where the answer is yes.
    #[test]
    fn a_no_can_be_wrong() {
        let sources = Sources::read().expect("the crates are unpacked");
        let table = super::table(&sources).expect("every cell is shown");
        let page = include_str!("../../../docs/comparison.md");
        let is_drawn = |row: &&str| !row.starts_with("| codes that are defined") && !page.contains(row);
        assert_eq!(table.lines().find(is_drawn), None, "`cargo xtask compare` draws docs/comparison.md");
        let own = CRATES[0];
        let cell = |fact: &Fact, name| fact.cell(&sources, name);
        assert!(cell(&super::FINDS, own).is_err());
        assert!(cell(&super::WRITES_PAGES, "waddling-errors").is_err());
        let words = &["hint"];
        let hint = Fact::NoMember { file: "src/error/mod.rs", ty: "pub struct DbError", words };
        assert!(cell(&hint, "tokio-postgres").is_err());
        let hint = Fact::NoMember { file: "src/model.rs", ty: "pub struct ErrorData", words };
        assert_eq!(cell(&hint, "rmcp").as_deref(), Ok("no (`src/model.rs`)"));
        let gone = Fact::NoMember { file: "src/model.rs", ty: "pub struct Gone", words };
        assert!(cell(&gone, "rmcp").is_err());
    }
}
