//! Opens a store's two files, or makes them, and refuses what is not a store in words that help.

use super::connection::{Writer, connect};
use super::files::{self, Files};
use super::migrate::{self, has_table};
use super::{GeoPackage, PATIENCE};
use crate::StoreError;
use crate::error::{Doing, RESTORE};
use rusqlite::Connection;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

/// The letters GPKG.
const GPKG: i32 = 0x4750_4B47;

/// What to do when there is no such file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Make it.
    Create,
    /// Say so.
    Refuse,
}

/// Opens in one process are one after another, so that none sees a file that another is just making.
static OPENING: Mutex<()> = Mutex::new(());

pub fn open(path: &Path, missing: Missing) -> Result<GeoPackage, StoreError> {
    let _turn = OPENING.lock();
    let files = Files::of(path)?;
    let not_a_store = |path: &Path, why: &str| StoreError::NotAStore {
        place: path.display().to_string(),
        why: why.to_owned(),
    };
    if !files.public.exists() {
        if missing == Missing::Refuse {
            return Err(not_a_store(path, "there is no such file; import something first to make it"));
        }
        if files::has_content(&files.sealed) {
            return Err(not_a_store(
                &files.sealed,
                "it is the sealed twin of a GeoPackage that is not there any more. Put the GeoPackage back beside \
                 it, or move this file away to start anew",
            ));
        }
        files::make(&files.public)?;
    }
    let mut public = connect(&files.public)?;
    looks_like_ours(&public, &files.public, "assetmap_store")?;
    let mut old = migrate::PUBLIC.are_due(&public)?;
    let twin_was_there = files::has_content(&files.sealed);
    if twin_was_there {
        let twin = connect(&files.sealed)?;
        looks_like_ours(&twin, &files.sealed, "sealed_store")?;
        old |= migrate::SEALED.are_due(&twin)?;
    }
    // An older program that is just writing ends first; it writes no more afterwards.
    let alone = if old { Some(files.lock(PATIENCE)?) } else { None };
    migrate::PUBLIC.apply(&mut public, |_| Ok(()))?;
    let (store, revision): (String, u64) = public
        .query_row("SELECT store, revision FROM assetmap_store", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .doing("reading the store's name")?;
    drop(public);
    if !twin_was_there && revision > 0 {
        return Err(StoreError::Damaged {
            why: format!(
                "its sealed twin, {}, is missing; with it are lost the hidden and staff records, the correspondence \
                 postcodes and the rows as published. Put it back beside the GeoPackage. To only look at what is \
                 public, open the GeoPackage in QGIS; to go on without, import the original files into a new store",
                files.sealed.display()
            ),
        });
    }
    check_twin(&files, &store, revision)?;
    drop(alone);
    let store =
        GeoPackage { files, readers: Mutex::default(), editing: Mutex::default(), patience: PATIENCE };
    store.put_right_what_was_interrupted()?;
    Ok(store)
}

/// Refuses a file with something in it that lacks the table which makes it ours.
fn looks_like_ours(conn: &Connection, path: &Path, table: &str) -> Result<(), StoreError> {
    let refuse = |why: &str| StoreError::NotAStore { place: path.display().to_string(), why: why.to_owned() };
    let tables = match conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, u64>(0)) {
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(refuse(
                "it is not a GeoPackage, and not an SQLite database at all. Name another file",
            ));
        }
        answer => answer.doing("looking at the store's tables")?,
    };
    if tables == 0 || has_table(conn, table)? {
        return Ok(());
    }
    Err(refuse(if is_geopackage(conn)? {
        "it is a GeoPackage that another program has made. Name another file for the store, and import this one"
    } else {
        "it is an SQLite database, but not one of assetmap's. Name another file"
    }))
}

fn is_geopackage(conn: &Connection) -> Result<bool, StoreError> {
    let found: i32 = conn
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .doing("reading what kind of file it is")?;
    Ok(found == GPKG)
}

/// Makes the twin of a fresh store, or checks that it belongs to this one and is not older.
fn check_twin(files: &Files, store: &str, revision: u64) -> Result<(), StoreError> {
    files::make_private(&files.sealed)?;
    let mut twin = connect(&files.sealed)?;
    migrate::SEALED
        .apply(&mut twin, |tx| tx.execute("INSERT INTO sealed_store VALUES (?1, 0, 0)", [store]).map(drop))?;
    let (of, its_revision, pruned): (String, u64, u64) = twin
        .query_row("SELECT store, revision, pruned FROM sealed_store", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .doing("reading the sealed twin")?;
    if of != store {
        return Err(StoreError::NotAStore {
            place: files.sealed.display().to_string(),
            why: format!(
                "it is the sealed twin of another store ({of}), not of {} ({store}). Put the right two files \
                 beside each other",
                files.public.display()
            ),
        });
    }
    let age = if its_revision < revision {
        "older"
    } else if pruned > revision && super::read::revision(&connect(&files.public)?)? < pruned {
        "newer" // and not because somebody has just published
    } else {
        return Ok(());
    };
    Err(StoreError::Damaged {
        why: format!(
            "its sealed twin is {age} (revision {its_revision}) than its GeoPackage (revision {revision}). {RESTORE}"
        ),
    })
}

impl GeoPackage {
    /// After a kill: takes back what was half done, unless somebody is writing now (then it is not ours to judge) or
    /// we may not write.
    fn put_right_what_was_interrupted(&self) -> Result<(), StoreError> {
        if !self.needs_putting_right()? {
            return Ok(());
        }
        match self.files.lock(Duration::ZERO).and_then(|lock| Writer::begin(&self.files, lock)) {
            Err(StoreError::Busy { .. } | StoreError::ReadOnly { .. }) | Ok(_) => Ok(()),
            Err(e) => Err(e),
        }
    }

    fn needs_putting_right(&self) -> Result<bool, StoreError> {
        let reader = self.reader()?;
        let scrub: bool = reader
            .query_row("SELECT scrub_due FROM main.assetmap_store", [], |row| row.get(0))
            .doing("reading the store's state")?;
        let ahead = super::sealed::revision_of_twin(&reader)? > super::read::revision(&reader)?;
        Ok(scrub || ahead || self.files.staging.exists())
    }
}
