use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use rusqlite::{Connection, OpenFlags};

use crate::catalogue;
use crate::outcome::Failure;
use crate::store::schema::{self, Problem};

/// Selects a store.
#[derive(Debug, Clone, Args)]
pub(crate) struct StoreOption {
    /// The file of the store
    #[arg(long, value_name = "FILE", default_value = "mcp-errors.db")]
    store: PathBuf,
}

/// An open store.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl StoreOption {
    /// Opens the store, or creates it if it does not exist.
    ///
    /// # Errors
    /// [`Failure::File`] if the file is not a store, or was written by a newer version.
    pub(crate) fn create(&self) -> Result<Store, Failure> {
        Store::open(&self.store, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a store that exists.
    ///
    /// # Errors
    /// [`Failure::File`] if it does not exist, and in the same cases as [`create`](Self::create).
    pub(crate) fn open(&self) -> Result<Store, Failure> {
        if !self.store.exists() {
            let (store, command) = (self.store.display().to_string(), &catalogue::get().command);
            let advice = format!("run `{command} ingest LOGS..` first, or select another file with --store");
            return Err(Failure::File(format!("there is no store {store:?}; {advice}")));
        }
        Store::open(&self.store, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }
}

impl Store {
    /// How long a command waits for another one that is writing.
    const PATIENCE: Duration = Duration::from_secs(60);

    fn open(path: &Path, flags: OpenFlags) -> Result<Self, Failure> {
        let connection = Connection::open_with_flags(path, flags).map_err(|error| failure(path, &error))?;
        let mut store = Self { connection, path: path.to_owned() };
        store.prepare().map_err(|problem| match problem {
            Problem::Sqlite(error) => failure(path, &error),
            other => Failure::File(format!("{} {other}", path.display())),
        })?;
        Ok(store)
    }

    fn prepare(&mut self) -> Result<(), Problem> {
        self.connection.busy_timeout(Self::PATIENCE)?;
        // The settings of another program's database are not changed.
        schema::version(&self.connection)?;
        // A reader does not block a writer. A transaction is written completely or not at all, even after a power failure.
        self.connection.pragma_update(None, "journal_mode", "wal")?;
        self.connection.pragma_update(None, "synchronous", "normal")?;
        self.connection.pragma_update(None, "mmap_size", 1_i64 << 34)?;
        self.connection.pragma_update(None, "cache_size", -65_536)?;
        self.connection.pragma_update(None, "temp_store", "memory")?;
        schema::update(&mut self.connection)
    }

    /// Returns whether a file is the store, or one of the files that SQLite creates next to it.
    pub(crate) fn has_file(&self, file: &Path) -> bool {
        let Ok(store) = self.path.canonicalize() else { return false };
        ["", "-wal", "-shm"].iter().any(|end| {
            let mut path = store.clone().into_os_string();
            path.push(end);
            file.canonicalize().is_ok_and(|file| file == path)
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds the path of the store to an error of SQLite.
    pub(crate) fn failure(&self, error: &rusqlite::Error) -> Failure {
        failure(&self.path, error)
    }
}

fn failure(path: &Path, error: &rusqlite::Error) -> Failure {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => Failure::File(format!("{} is not a store", path.display())),
        _ => Failure::File(format!("{}: {error}", path.display())),
    }
}
