use crate::AssetState;
use model::{AssetId, BadField};

/// Why the store could not do what was asked. Every message says what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Another program, or another part of this one, is writing.
    #[error(
        "{place} is busy: another import or program is writing to it. Wait until that has finished, or close the \
         program that is editing the file, then try again; nothing was changed"
    )]
    Busy {
        /// The store.
        place: String,
    },

    /// What is there is something else, or belongs to another store.
    #[error("{place} cannot be used as a store: {why}")]
    NotAStore {
        /// The file or database.
        place: String,
        /// What it is instead, and what to do.
        why: String,
    },

    /// The database does not answer: it is not up yet, or not any more. Later it may.
    #[error(
        "{place} does not answer: {why}. Is the database running, and can it be reached from here? What was asked was \
         done whole or not at all; try again"
    )]
    Unavailable {
        /// The database, without a password.
        place: String,
        /// What was heard.
        why: String,
    },

    /// The database answers and does not want us, or is not to be trusted. Asking again is of no use.
    #[error(
        "{place} does not let us in: {why}. Check the user, the password and, with sslmode=require, its certificate"
    )]
    NotLetIn {
        /// The database, without a password.
        place: String,
        /// What it said.
        why: String,
    },

    /// A newer version of assetmap has written it.
    #[error(
        "this store was written by a newer assetmap: its schema is number {found} and this program knows up to \
         {known}. Use the newer assetmap; the store was not changed"
    )]
    Newer {
        /// The number of its newest migration.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },

    /// What is in the file cannot be right.
    #[error("the store is damaged: {why}")]
    Damaged {
        /// What was found, and what to do.
        why: String,
    },

    /// No room.
    #[error(
        "the disk is full while {doing}. Nothing was changed; free some space and try again (an import needs about \
         three times the size of its file while it runs)"
    )]
    DiskFull {
        /// What was being done.
        doing: &'static str,
    },

    /// The file or its folder may be read but not written.
    #[error(
        "the store cannot be written to while {doing}: its file or folder is read-only for this user. Change the \
         permissions, or copy the store to a folder of your own"
    )]
    ReadOnly {
        /// What was being done.
        doing: &'static str,
    },

    /// The database does not let this role do it.
    #[error(
        "{doing} is not allowed: {why}. Use the role that owns the schema, or one that is a member of assetmap_app; a \
         standby can only be read"
    )]
    Forbidden {
        /// What was being done.
        doing: &'static str,
        /// What the database said.
        why: String,
    },

    /// A staged row breaks the contract of [`Import`](crate::Import).
    #[error("the row at line {line} cannot be staged: {why}")]
    BadRow {
        /// Its line in the file, from 1.
        line: u64,
        /// What is wrong with it.
        why: String,
    },

    /// Somebody else has changed the asset since the editor saw it; this is how it is now.
    #[error("somebody else has changed {:?} since; nothing was changed now", .0.asset.record.name)]
    Conflict(Box<AssetState>),

    /// There is no asset with this id, not even a retired one.
    #[error("there is no asset {0}")]
    NoSuchAsset(AssetId),

    /// The name of an edit was given to another edit before.
    #[error("an edit with the key {0:?} was made before, and it was another one; nothing was changed now")]
    KeyReused(String),

    /// A field can't be as the editor wants it.
    #[error(transparent)]
    BadField(#[from] BadField),

    /// A program, not a person, has made a mistake.
    #[error("an import was used wrongly: {why}. Nothing was changed; please report this")]
    Misused {
        /// What it did.
        why: &'static str,
    },

    /// The operating system refused something.
    #[error("{doing} failed: {source}")]
    Io {
        /// What was being done, and with which file.
        doing: String,
        /// What it said.
        source: std::io::Error,
    },

    /// SQLite refused something that has no name of its own above.
    #[error("{doing} failed: {source}")]
    Sqlite {
        /// What was being done.
        doing: &'static str,
        /// What it said.
        source: rusqlite::Error,
    },

    /// PostgreSQL refused something that has no name of its own above.
    #[error("{doing} failed: {why}")]
    Database {
        /// What was being done.
        doing: &'static str,
        /// What it said.
        why: String,
    },
}

/// Gives an error of SQLite its context: `statement.execute([]).doing("recording the run")?`.
pub(crate) trait Doing<T> {
    /// Names what was being done, in words that follow "while".
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|e| from_sqlite(doing, e))
    }
}

fn from_sqlite(doing: &'static str, source: rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode::{
        DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase, ReadOnly,
    };
    match source.sqlite_error_code() {
        Some(DatabaseBusy | DatabaseLocked) => StoreError::Busy { place: "the store".into() },
        Some(DiskFull) => StoreError::DiskFull { doing },
        Some(ReadOnly) => StoreError::ReadOnly { doing },
        Some(DatabaseCorrupt | NotADatabase) => StoreError::Damaged {
            why: format!("while {doing}, SQLite found a page that makes no sense ({source}). {RESTORE}"),
        },
        _ => StoreError::Sqlite { doing, source },
    }
}

/// What to do about damage.
pub(crate) const RESTORE: &str = "Put both files, the .gpkg and its .sealed twin, back from the same backup, or \
                                  import the original files into a new store";

impl StoreError {
    /// An error of the operating system with what was being done.
    pub(crate) fn io(doing: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        move |source| {
            use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem, StorageFull};
            match source.kind() {
                StorageFull => Self::DiskFull { doing: "writing a file beside the store" },
                PermissionDenied | ReadOnlyFilesystem => {
                    Self::ReadOnly { doing: "writing a file beside the store" }
                }
                _ => Self::Io { doing: doing.into(), source },
            }
        }
    }

    /// A key that is in one file twice.
    pub(crate) fn given_twice(line: u64) -> Self {
        Self::BadRow { line, why: "another row of this file has the same key; keep one of the two".into() }
    }

    /// A stored value that no version of assetmap writes.
    pub(crate) fn unreadable(what: &str, value: &str) -> Self {
        let value: String = value.chars().take(60).collect();
        Self::Damaged { why: format!("{value:?} is not a {what}. {RESTORE}") }
    }
}
