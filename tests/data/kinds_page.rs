//! `docs/kinds.md` is drawn from the vocabulary, from the registry and from the conversions.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::future::pending;
use std::io::{self, ErrorKind};
use std::num::NonZeroU8;
use std::time::Duration;
use std::{env, fs};

use mcp_error_codes::{Code, Kind, McpError};
use rusqlite::ffi;

use crate::prose::faults_of_hint;

type Checked = Result<(), Box<dyn std::error::Error>>;

const PAGE: &str = "docs/kinds.md";

const INTRODUCTION: &str = "\
# Kinds

A kind says what sort of failure a code is. All systems share one vocabulary of kinds, so a client can tell from the kind what to do, even if it
does not know the code. `McpError::kind` returns the kind, and the record object and problem details contain it as `kind`. The vocabulary may
grow: an unknown word is kept, and counts as `operation_failed`.

`cargo xtask bless` generates this page from the vocabulary, the registry and the conversions.

";

const CHOICE: &str = "
## Which code do I use?

1. If your server has its own codes, choose one for each kind that it returns, in the `[preferred]` table of your registry or with
   `setup().preferred(kind, code)`. Conversions, rejected arguments and the guard then use it.
2. If a documented code is more specific than its kind, use it: `FS-001` for a missing file, `NX-MCP-010` for an unknown tool. The
   conversions do the same.
3. Otherwise use `McpError::of_kind(kind)`, which uses the preferred code of the kind, or a code of `common`, which means just the kind.

The codes of `sdk` are only for recognition. They are never sent: the preferred code of their kind takes their place.

| kind | preferred code | other codes |
|---|---|---|
";

const IO: &str = "
## Errors of `std::io`

`?` chooses the code by the `ErrorKind`. The text of the error stays in the log; the caller receives the message and the hint.

| `ErrorKind` | kind | code | message | hint |
|---|---|---|---|---|
";

const HTTP: &str = "
## HTTP statuses of another service

`McpError::from_upstream_status` chooses the code by the status. Use `McpError::upstream_unreachable` for a service that cannot be reached.
`with_operation` adds what the tool was doing to the message, and `with_retry_after_header` adds a wait. The text of the other service reaches
the model only if you add it.

| status | kind | code | message | hint |
|---|---|---|---|---|
";

const OTHER: &str = "
## Other errors

`?` also converts these. A value that is not a number, not JSON or not UTF-8 may come from the caller, or from a file or setting of the program,
so the text fits both. If your program knows the origin, use `or_misconfigured` or `or_code` to say so.

| error | kind | code | message | hint |
|---|---|---|---|---|
";

const NUMBERS: &str = "
## JSON-RPC numbers of the MCP specification

| kind | numbers |
|---|---|
";

const SQLITE: &str = "
## SQLite result codes

With the features `rusqlite` and `sqlx`, `?` chooses the code by the result code. An extended result code that is not listed means the same as
its primary code.

| result code | kind | code | message | hint |
|---|---|---|---|---|
";

/// The kinds of I/O errors that are stable.
const IO_KINDS: &[ErrorKind] = &[
    ErrorKind::NotFound,
    ErrorKind::PermissionDenied,
    ErrorKind::ConnectionRefused,
    ErrorKind::ConnectionReset,
    ErrorKind::HostUnreachable,
    ErrorKind::NetworkUnreachable,
    ErrorKind::ConnectionAborted,
    ErrorKind::NotConnected,
    ErrorKind::AddrInUse,
    ErrorKind::AddrNotAvailable,
    ErrorKind::NetworkDown,
    ErrorKind::BrokenPipe,
    ErrorKind::AlreadyExists,
    ErrorKind::WouldBlock,
    ErrorKind::NotADirectory,
    ErrorKind::IsADirectory,
    ErrorKind::DirectoryNotEmpty,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::StaleNetworkFileHandle,
    ErrorKind::InvalidInput,
    ErrorKind::InvalidData,
    ErrorKind::TimedOut,
    ErrorKind::WriteZero,
    ErrorKind::StorageFull,
    ErrorKind::NotSeekable,
    ErrorKind::QuotaExceeded,
    ErrorKind::FileTooLarge,
    ErrorKind::ResourceBusy,
    ErrorKind::ExecutableFileBusy,
    ErrorKind::Deadlock,
    ErrorKind::CrossesDevices,
    ErrorKind::TooManyLinks,
    ErrorKind::InvalidFilename,
    ErrorKind::ArgumentListTooLong,
    ErrorKind::Interrupted,
    ErrorKind::Unsupported,
    ErrorKind::UnexpectedEof,
    ErrorKind::OutOfMemory,
    ErrorKind::Other,
];

/// The result codes of SQLite, and the extended ones with a different meaning from their primary code.
const SQLITE_CODES: &[(&str, i32)] = &[
    ("ERROR", ffi::SQLITE_ERROR),
    ("INTERNAL", ffi::SQLITE_INTERNAL),
    ("PERM", ffi::SQLITE_PERM),
    ("ABORT", ffi::SQLITE_ABORT),
    ("BUSY", ffi::SQLITE_BUSY),
    ("LOCKED", ffi::SQLITE_LOCKED),
    ("NOMEM", ffi::SQLITE_NOMEM),
    ("READONLY", ffi::SQLITE_READONLY),
    ("INTERRUPT", ffi::SQLITE_INTERRUPT),
    ("IOERR", ffi::SQLITE_IOERR),
    ("CORRUPT", ffi::SQLITE_CORRUPT),
    ("NOTFOUND", ffi::SQLITE_NOTFOUND),
    ("FULL", ffi::SQLITE_FULL),
    ("CANTOPEN", ffi::SQLITE_CANTOPEN),
    ("PROTOCOL", ffi::SQLITE_PROTOCOL),
    ("SCHEMA", ffi::SQLITE_SCHEMA),
    ("TOOBIG", ffi::SQLITE_TOOBIG),
    ("CONSTRAINT", ffi::SQLITE_CONSTRAINT),
    ("CONSTRAINT_CHECK", ffi::SQLITE_CONSTRAINT_CHECK),
    ("CONSTRAINT_FOREIGNKEY", ffi::SQLITE_CONSTRAINT_FOREIGNKEY),
    ("CONSTRAINT_NOTNULL", ffi::SQLITE_CONSTRAINT_NOTNULL),
    ("CONSTRAINT_PRIMARYKEY", ffi::SQLITE_CONSTRAINT_PRIMARYKEY),
    ("CONSTRAINT_TRIGGER", ffi::SQLITE_CONSTRAINT_TRIGGER),
    ("CONSTRAINT_UNIQUE", ffi::SQLITE_CONSTRAINT_UNIQUE),
    ("CONSTRAINT_ROWID", ffi::SQLITE_CONSTRAINT_ROWID),
    ("CONSTRAINT_DATATYPE", ffi::SQLITE_CONSTRAINT_DATATYPE),
    ("MISMATCH", ffi::SQLITE_MISMATCH),
    ("MISUSE", ffi::SQLITE_MISUSE),
    ("NOLFS", ffi::SQLITE_NOLFS),
    ("AUTH", ffi::SQLITE_AUTH),
    ("RANGE", ffi::SQLITE_RANGE),
    ("NOTADB", ffi::SQLITE_NOTADB),
];

fn codes<T: ToString>(codes: impl IntoIterator<Item = T>) -> String {
    codes.into_iter().map(|code| format!("`{}`", code.to_string())).collect::<Vec<_>>().join(", ")
}

/// Writes the rows of a map: the codes that errors become, and the text for the caller. Adjacent rows with the same result are
/// merged.
fn rows(page: &mut String, chosen: &[(String, McpError)]) {
    let cell = |text: &str| text.replace('|', "\\|");
    let said = |(name, error): &(String, McpError)| {
        let message = error.message().replace(&format!("(status {name})"), "(status ...)");
        let mut parts = vec![format!("`{}` | `{}` | {}", error.kind(), error.record().code, cell(&message))];
        parts.extend(error.error_id().map(|_| "an error id".to_owned()));
        format!("{} | {}", parts.join(", with "), cell(error.hint()))
    };
    let mut written: Vec<(Vec<&str>, String)> = Vec::new();
    for own in chosen {
        let text = said(own);
        match written.iter_mut().find(|(_, other)| *other == text) {
            Some((names, _)) => names.push(&own.0),
            None => written.push((vec![&own.0], text)),
        }
    }
    for (names, text) in written {
        let _ = writeln!(page, "| {} | {text} |", codes(names));
    }
}

/// Returns an error of each other type that `?` converts, with the name of the type.
fn others() -> Vec<(String, McpError)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let elapsed = runtime
        .block_on(async { tokio::time::timeout(Duration::ZERO, pending::<()>()).await.expect_err("time is up") });
    let panicked = runtime.block_on(async { tokio::spawn(async { panic!("on purpose") }).await }).expect_err("a panic");
    let cancelled = runtime.block_on(async {
        let task = tokio::spawn(pending::<()>());
        task.abort();
        task.await.expect_err("it was cancelled")
    });
    let json = |text: &str| McpError::from(serde_json::from_str::<u8>(text).expect_err("no number"));
    let unwritable = serde_json::to_string(&BTreeMap::from([((), 1)])).expect_err("no key");
    let named: [(&str, McpError); 17] = [
        ("ParseIntError", "a".parse::<u8>().expect_err("no number").into()),
        ("ParseIntError: too large", "256".parse::<u8>().expect_err("no number").into()),
        ("ParseIntError: too small", "-129".parse::<i8>().expect_err("no number").into()),
        ("ParseIntError: zero", "0".parse::<NonZeroU8>().expect_err("no number").into()),
        ("TryFromIntError", u8::try_from(256_i32).expect_err("too large").into()),
        ("ParseFloatError", "a".parse::<f64>().expect_err("no number").into()),
        ("ParseBoolError", "a".parse::<bool>().expect_err("no bool").into()),
        ("ParseCharError", "ab".parse::<char>().expect_err("no character").into()),
        ("AddrParseError", "a".parse::<std::net::IpAddr>().expect_err("no address").into()),
        ("Utf8Error, FromUtf8Error", String::from_utf8(vec![0xFF]).expect_err("no text").into()),
        ("serde_json: Syntax, Eof", json("")),
        ("serde_json: Data", json("true")),
        ("serde_json, while writing", unwritable.into()),
        ("tokio: Elapsed", elapsed.into()),
        ("tokio: JoinError of a panic, from_panic", panicked.into()),
        ("tokio: JoinError of a cancelled task", cancelled.into()),
        ("upstream_unreachable", McpError::upstream_unreachable("the reason")),
    ];
    named.map(|(name, error)| (name.to_owned(), error)).into()
}

fn drawn() -> String {
    let mut page = INTRODUCTION.to_owned();
    page += "| kind | meaning | how it differs | who can act |\n|---|---|---|---|\n";
    for kind in Kind::ALL {
        let _ = writeln!(page, "| `{kind}` | {} | {} | {} |", kind.definition(), kind.differs(), kind.actor());
    }
    page += "\n## What to do\n\nThe hint of a kind applies to each of its codes.\n\n| kind | hint for the caller |\n|---|---|\n";
    for kind in Kind::ALL {
        let _ = writeln!(page, "| `{kind}` | {} |", kind.hint());
    }
    page += "\n## Counterparts\n\nThe first HTTP status and the first retry class are the defaults. A test \
             checks that every other\ncode has a status and a class from its row, unless its document states another one.\n\n\
             | kind | gRPC | HTTP status | retry class | severity |\n|---|---|---|---|---|\n";
    for kind in Kind::ALL {
        let statuses = kind.http_statuses().iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        let (grpc, classes) = (codes(kind.grpc_codes()), codes(kind.retry_classes()));
        let _ = writeln!(page, "| `{kind}` | {grpc} | {statuses} | {classes} | `{}` |", kind.severity());
    }
    page += CHOICE;
    for kind in Kind::ALL {
        let preferred = Code::of_kind(*kind);
        let others = Code::all_of_kind(*kind).filter(|code| Some(*code) != preferred);
        let others = others.filter(|code| !code.record().is_deprecated()).map(|code| code.record().full_name());
        let preferred = codes(preferred.map(|code| code.record().full_name()));
        let _ = writeln!(page, "| `{kind}` | {preferred} | {} |", codes(others));
    }
    page += IO;
    let of_io = |kind: &ErrorKind| (format!("{kind:?}"), McpError::from(io::Error::from(*kind)));
    rows(&mut page, &IO_KINDS.iter().map(of_io).collect::<Vec<_>>());
    page += HTTP;
    let of_status = |status: u16| Some((status.to_string(), McpError::from_upstream_status(status)?));
    let is_named = |status: &u16| NAMED_STATUSES.contains(status);
    rows(&mut page, &(400..600).filter(is_named).filter_map(of_status).collect::<Vec<_>>());
    page += "\nAny other status from 400 to 499 counts as 400, and any other number as 500.\n";
    page += OTHER;
    rows(&mut page, &others());
    page += NUMBERS;
    for kind in Kind::ALL {
        let records = Code::in_system("mcp").map(Code::record).filter(|record| record.kind == *kind);
        let numbers: Vec<_> = records.map(|record| format!("`{}` {}", record.code, record.title)).collect();
        if !numbers.is_empty() {
            let _ = writeln!(page, "| `{kind}` | {} |", numbers.join(", "));
        }
    }
    page += SQLITE;
    let of_sqlite = |(name, result): &(&str, i32)| {
        let failure = rusqlite::Error::SqliteFailure(ffi::Error::new(*result), None);
        ((*name).to_owned(), McpError::from(failure))
    };
    rows(&mut page, &SQLITE_CODES.iter().map(of_sqlite).collect::<Vec<_>>());
    page
}

/// The statuses that the page lists: those of the IANA registry, and those of gateways.
const NAMED_STATUSES: &[u16] = &[
    400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424,
    425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 506, 507, 508, 509, 510, 511, 520, 521, 522, 523,
    524, 525, 526, 529, 530, 598, 599,
];

#[test]
fn the_page_of_the_kinds_is_drawn_from_the_vocabulary_and_the_registry() -> Checked {
    let page = drawn();
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(PAGE, &page)?;
    }
    assert_eq!(fs::read_to_string(PAGE)?, page, "cargo xtask bless writes it");
    Ok(())
}

#[test]
fn the_hint_of_every_conversion_is_one_sentence_that_fits_every_server() {
    let of_io = IO_KINDS.iter().map(|kind| McpError::from(io::Error::from(*kind)));
    let of_status = (400..600).filter_map(McpError::from_upstream_status);
    let all = of_io.chain(of_status).chain(others().into_iter().map(|(_, error)| error));
    let faults: Vec<String> = all.flat_map(|error| faults_of_hint(error.hint())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_status_that_the_page_does_not_name_counts_as_400_or_500() {
    let of = |status| McpError::from_upstream_status(status).and_then(|error| error.code());
    for status in (400..600).filter(|status| !NAMED_STATUSES.contains(status)) {
        assert_eq!(of(status), of(status / 100 * 100), "{status}");
    }
}
