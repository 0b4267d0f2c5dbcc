//! Conversions of sqlx's errors with `?`, as its PostgreSQL driver reports them, with a database that only sends errors.
#![cfg(feature = "sqlx")]

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use mcp_error_codes::{Kind, McpError};
use sqlx::error::{DatabaseError, ErrorKind};
use sqlx::postgres::{PgConnection, PgDatabaseError, PgPoolOptions};
use sqlx::{Connection, Row};
use sqlx_core::migrate::MigrateError;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

type Checked = Result<(), Box<dyn Error>>;

/// A word in addresses and in every text of the database.
const SECRET: &str = "zebra";

/// Starts a database that answers every connection with an error of this SQLSTATE, and returns its address.
async fn database(state: &'static str) -> Result<String, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).await;
            let fields = format!("SERROR\0VERROR\0C{state}\0Mzebra is not allowed in table zebra\0tzebra\0\0");
            let length = u32::try_from(fields.len() + 4).unwrap_or_default();
            let _ = stream.write_all(b"E").await;
            let _ = stream.write_all(&length.to_be_bytes()).await;
            let _ = stream.write_all(fields.as_bytes()).await;
        }
    });
    Ok(format!("postgres://zebra:zebra@{address}/zebra?sslmode=disable"))
}

async fn connect(address: &str) -> Result<i32, McpError> {
    let mut connection = PgConnection::connect(address).await?;
    Ok(sqlx::query("select 1").fetch_one(&mut connection).await?.try_get(0)?)
}

/// Checks the kind and the text of an error, and that peers receive nothing that is only for the log.
#[track_caller]
fn check(error: &McpError, kind: Kind, text: &str) {
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, text), "{error:?}");
    assert!(error.source().is_some_and(|source| source.is::<sqlx::Error>()));
    for sent in [error.tool_result().to_string(), error.json_rpc_response(1).to_string(), error.problem().to_string()] {
        assert!(!sent.contains(SECRET), "{sent}");
    }
}

#[tokio::test]
async fn the_sql_state_chooses_the_code() -> Checked {
    let expected = [
        ("23505", Kind::AlreadyExists, "COMMON-ALREADY-EXISTS: an entry with this key exists already"),
        (
            "23503",
            Kind::FailedPrecondition,
            "COMMON-FAILED-PRECONDITION: another entry is missing or still refers to this one",
        ),
        ("23502", Kind::InvalidArgument, "VAL-003: a value is missing"),
        ("23514", Kind::InvalidArgument, "VAL-003: the database rejected a value"),
        ("22001", Kind::InvalidArgument, "VAL-003: the database rejected a value"),
        ("23P01", Kind::Conflict, "D003: the data is in use by another operation"),
        ("40P01", Kind::Conflict, "D003: the data is in use by another operation"),
        ("55P03", Kind::Conflict, "D003: the data is in use by another operation"),
        ("57014", Kind::Timeout, "NX-MCP-002: the database did not answer in time"),
        ("53300", Kind::Unavailable, "NX-MCP-030: the database accepts no more connections"),
        ("57P03", Kind::Unavailable, "NX-MCP-030: the database is shutting down or starting"),
        ("57P04", Kind::Unavailable, "NX-MCP-030: the database no longer exists"),
        ("08006", Kind::Unavailable, "D001: there is no connection to the database"),
        ("25006", Kind::PermissionDenied, "COMMON-PERMISSION-DENIED: the database is read-only"),
        ("28P01", Kind::Misconfigured, "COMMON-MISCONFIGURED: the server is not set up to use the database"),
        ("3D000", Kind::Misconfigured, "COMMON-MISCONFIGURED: the server is not set up to use the database"),
        ("42P01", Kind::Internal, "-32603: the database refuses a statement of this server"),
        ("53100", Kind::Exhausted, "FS-006: the disk of the database is full"),
        ("53200", Kind::Exhausted, "COMMON-EXHAUSTED: the database is out of memory or another resource"),
        ("54001", Kind::TooLarge, "COMMON-TOO-LARGE: the statement is larger than the database allows"),
        ("XX001", Kind::Corrupt, "D004: the data in the database is damaged"),
        ("P0001", Kind::OperationFailed, "NX-MCP-001: the operation failed in the database"),
    ];
    for (state, kind, text) in expected {
        let error = connect(&database(state).await?).await.err().ok_or("no failure")?;
        check(&error, kind, text);
        assert!(error.internal().eq([("sqlState", &state.into())]));
        let source = error.source().and_then(|source| source.downcast_ref::<sqlx::Error>());
        let answer = source.and_then(|source| source.as_database_error()?.try_downcast_ref::<PgDatabaseError>());
        assert!(answer.is_some_and(|answer| answer.message().contains(SECRET)), "the log has the text");
    }
    Ok(())
}

/// An error as the driver for MySQL reports it, with the same text.
#[derive(Debug)]
struct MySqlError {
    number: u16,
    state: &'static str,
}

impl fmt::Display for MySqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): zebra is not allowed in table zebra", self.number, self.state)
    }
}

impl Error for MySqlError {}

impl DatabaseError for MySqlError {
    fn message(&self) -> &str {
        "zebra is not allowed in table zebra"
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.state.into())
    }

    fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

#[test]
fn the_number_of_mysql_says_more_than_its_sql_state() {
    let expected = [
        (1205, "HY000", Kind::Conflict, "D003: the data is in use by another operation"),
        (3572, "HY000", Kind::Conflict, "D003: the data is in use by another operation"),
        (1213, "40001", Kind::Conflict, "D003: the data is in use by another operation"),
        (3024, "HY000", Kind::Timeout, "NX-MCP-002: the database did not answer in time"),
        (1969, "70100", Kind::Timeout, "NX-MCP-002: the database did not answer in time"),
        (1317, "70100", Kind::Cancelled, "COMMON-CANCELLED: the statement was interrupted"),
        (1040, "08004", Kind::Unavailable, "NX-MCP-030: the database accepts no more connections"),
        (1226, "42000", Kind::Unavailable, "NX-MCP-030: the database accepts no more connections"),
        (1053, "08S01", Kind::Unavailable, "NX-MCP-030: the database is shutting down or starting"),
        (1836, "HY000", Kind::PermissionDenied, "COMMON-PERMISSION-DENIED: the database is read-only"),
        (1049, "42000", Kind::Misconfigured, "COMMON-MISCONFIGURED: the server is not set up to use the database"),
        (1142, "42000", Kind::Misconfigured, "COMMON-MISCONFIGURED: the server is not set up to use the database"),
        (1114, "HY000", Kind::Exhausted, "FS-006: the disk of the database is full"),
        (1041, "HY000", Kind::Exhausted, "COMMON-EXHAUSTED: the database is out of memory or another resource"),
        (1366, "HY000", Kind::InvalidArgument, "VAL-003: the database rejected a value"),
        (1194, "HY000", Kind::Corrupt, "D004: the data in the database is damaged"),
        (1064, "42000", Kind::Internal, "-32603: the database refuses a statement of this server"),
        (1105, "HY000", Kind::OperationFailed, "NX-MCP-001: the operation failed in the database"),
    ];
    for (number, state, kind, text) in expected {
        let error = McpError::from(sqlx::Error::Database(Box::new(MySqlError { number, state })));
        check(&error, kind, text);
        assert!(error.internal().eq([("sqlState", &state.into())]));
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_unavailable() -> Checked {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("postgres://zebra@{}/zebra", listener.local_addr()?);
    drop(listener);
    let absent = "D001: there is no connection to the database";
    check(&connect(&address).await.err().ok_or("no failure")?, Kind::Unavailable, absent);
    let socket = connect("postgres:///zebra?host=/zebra").await.err().ok_or("no failure")?;
    check(&socket, Kind::Unavailable, absent);

    let refused = "COMMON-MISCONFIGURED: the server is not set up to use the database";
    check(&connect("zebra").await.err().ok_or("no failure")?, Kind::Misconfigured, refused);
    Ok(())
}

#[tokio::test]
async fn a_pool_without_a_free_connection_is_unavailable() -> Checked {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("postgres://zebra@{}/zebra", listener.local_addr()?);
    let pool = PgPoolOptions::new().acquire_timeout(Duration::from_millis(50)).connect_lazy(&address)?;
    let error = McpError::from(pool.acquire().await.err().ok_or("no failure")?);
    check(&error, Kind::Unavailable, "NX-MCP-030: no connection to the database became free in time");
    pool.close().await;
    let error = McpError::from(pool.acquire().await.err().ok_or("no failure")?);
    check(&error, Kind::Unavailable, "NX-MCP-030: the server has closed its connections to the database");
    Ok(())
}

#[test]
fn errors_that_are_not_answers() {
    let misused = "-32603: the server uses its database incorrectly";
    let errors = [
        (sqlx::Error::RowNotFound, Kind::NotFound, "NOT_FOUND: no entry was found"),
        (
            sqlx::Error::Io(io::ErrorKind::TimedOut.into()),
            Kind::Timeout,
            "NX-MCP-002: the database did not answer in time",
        ),
        (
            sqlx::Error::Protocol("zebra".into()),
            Kind::UpstreamFailed,
            "COMMON-UPSTREAM-FAILED: the response of the database cannot be read",
        ),
        (
            sqlx::Error::Migrate(Box::new(MigrateError::VersionMissing(7))),
            Kind::Misconfigured,
            "D002: the database schema is not the expected one",
        ),
        (sqlx::Error::ColumnNotFound("zebra".into()), Kind::Internal, misused),
        (sqlx::Error::InvalidArgument("zebra".into()), Kind::Internal, misused),
        (sqlx::Error::BeginFailed, Kind::Internal, misused),
        (
            sqlx::Error::AnyDriverError("zebra".into()),
            Kind::OperationFailed,
            "NX-MCP-001: the operation failed in the database",
        ),
    ];
    for (error, kind, text) in errors {
        check(&error.into(), kind, text);
    }
}
