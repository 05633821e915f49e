//! The two kinds of connection: readers, which are kept for the next question, and the one writer.

use super::files::{self, Files, Lock};
use super::{GeoPackage, metadata, migrate, sealed};
use crate::StoreError;
use crate::error::Doing;
use rusqlite::{Connection, OpenFlags};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long SQLite waits for a lock: others hold one for milliseconds, an editor in QGIS while it saves.
const BUSY: Duration = Duration::from_secs(5);

/// A connection to one file that exists. A file that may not be written is opened for reading.
pub fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).doing("opening the store")?;
    conn.busy_timeout(BUSY).doing("opening the store")?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

fn attach(conn: &Connection, path: &Path, name: &str) -> Result<(), StoreError> {
    let path = path.to_str().ok_or_else(|| StoreError::NotAStore {
        place: path.display().to_string(),
        why: "its name is not UTF-8 text; choose a plain name".into(),
    })?;
    conn.execute(&format!("ATTACH ?1 AS {name}"), [path]).doing("opening the store's sealed twin").map(drop)
}

/// A connection that reads, given back to be used again.
pub struct Reader<'a> {
    conn: Option<Connection>,
    home: &'a GeoPackage,
}

impl Deref for Reader<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.conn.as_ref().expect("it is there until it is given back")
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        if let (Some(conn), Ok(mut readers)) = (self.conn.take(), self.home.readers.lock())
            && conn.is_autocommit()
            && readers.len() < 8
        {
            readers.push(conn);
        }
    }
}

impl GeoPackage {
    /// A connection for questions: the GeoPackage as `main`, its twin as `sealed`.
    pub(super) fn reader(&self) -> Result<Reader<'_>, StoreError> {
        let kept = self.readers.lock().ok().and_then(|mut readers| readers.pop());
        let conn = match kept {
            Some(conn) => conn,
            None => {
                let conn = connect(&self.files.public)?;
                attach(&conn, &self.files.sealed, "sealed")?;
                conn.execute_batch("PRAGMA main.cache_size = -16000; PRAGMA sealed.cache_size = -4000")
                    .doing("opening the store")?;
                conn
            }
        };
        Ok(Reader { conn: Some(conn), home: self })
    }

    /// The one writer, after waiting for another's import to end.
    pub(super) fn writer(&self) -> Result<Writer, StoreError> {
        Writer::begin(&self.files, self.files.lock(self.patience)?)
    }
}

/// The connection that writes: the GeoPackage as `main`, its twin as `sealed`, and an empty `stage`.
pub struct Writer {
    // in the order in which they are to be dropped
    pub conn: Connection,
    _staging: Staging,
    _lock: Lock,
}

/// The staging file, which goes when its import ends.
struct Staging(PathBuf);

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = files::remove(&self.0);
    }
}

impl Writer {
    /// Also puts right what a writer that was killed may have left.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a newer program has brought the files up to date since we opened them.
    pub fn begin(files: &Files, lock: Lock) -> Result<Self, StoreError> {
        let conn = connect(&files.public)?;
        migrate::PUBLIC.check(&conn)?;
        let staging = Staging(files.staging.clone());
        files::remove(&staging.0)?;
        files::make_private(&staging.0)?;
        attach(&conn, &files.sealed, "sealed")?;
        attach(&conn, &staging.0, "stage")?;
        // Readers go on while we write (WAL); what was acknowledged is on disk (FULL). The staging file is thrown
        // away after every failure, so it needs neither journal nor flush.
        conn.execute_batch(
            "PRAGMA main.journal_mode = WAL;
             PRAGMA sealed.journal_mode = WAL;
             PRAGMA stage.journal_mode = OFF;
             PRAGMA main.synchronous = FULL;
             PRAGMA sealed.synchronous = FULL;
             PRAGMA stage.synchronous = OFF;
             PRAGMA main.secure_delete = ON;
             PRAGMA sealed.secure_delete = FAST;
             PRAGMA stage.locking_mode = EXCLUSIVE;
             PRAGMA main.cache_size = -48000;
             PRAGMA sealed.cache_size = -32000;
             PRAGMA stage.cache_size = -16000;",
        )
        .doing("opening the store for writing")?;
        let writer = Self { conn, _staging: staging, _lock: lock };
        sealed::discard_what_never_came(&writer.conn)?;
        metadata::scrub_if_due(&writer.conn)?;
        Ok(writer)
    }

    /// After a publication: throws away what no longer holds, and moves what was written from the write-ahead logs into
    /// the files, as far as it can without waiting for readers. What cannot be done now is done by the next writer.
    pub fn tidy_up(&self) {
        let _ = metadata::scrub_if_due(&self.conn);
        let _ = sealed::prune(&self.conn);
        let _ = self.conn.busy_timeout(Duration::ZERO);
        for file in ["main", "sealed"] {
            let _ = self.conn.execute_batch(&format!("PRAGMA {file}.wal_checkpoint(TRUNCATE)"));
        }
    }
}

/// Switches the files to write-ahead logs, so that a long reading and an import do not wait for one another. When
/// it cannot be done (a file that may not be written), they wait.
pub fn let_readers_and_writer_meet(conn: &Connection) {
    let _ = conn.execute_batch("PRAGMA main.journal_mode = WAL; PRAGMA sealed.journal_mode = WAL");
}

/// Ends the write-ahead logs, so that each file stands alone and can be read from a folder that may not be written.
/// Does nothing while another connection is open.
pub fn leave_plain_files(files: &Files) {
    for file in [&files.public, &files.sealed] {
        if let Ok(conn) = connect(file)
            && conn.busy_timeout(Duration::ZERO).is_ok()
            && conn.pragma_query_value(None, "journal_mode", |row| row.get(0)) == Ok("wal".to_owned())
        {
            let _ = conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
        }
    }
}
