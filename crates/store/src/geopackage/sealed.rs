//! Which rows of the sealed twin hold. A row holds from its `revision` until, and not including, `until`.

use crate::StoreError;
use crate::error::{Doing, RESTORE};
use rusqlite::{Connection, Transaction};

/// The tables whose rows hold from a revision until a revision.
const VERSIONED: &[&str] = &["sealed_assets", "sealed_correspondence", "sealed_decided"];

/// One moment of both files, for as long as the transaction lives, and its revision.
///
/// The twin's moment is taken first. Then the GeoPackage's cannot be older than the rows that the twin has thrown
/// away; and when it is newer than the twin's, a publication has come between and we look again.
pub fn snapshot(conn: &Connection) -> Result<(Transaction<'_>, u64), StoreError> {
    for _ in 0..100 {
        let tx = conn.unchecked_transaction().doing("starting to read")?;
        let sealed = revision_of_twin(&tx)?;
        let public = super::read::revision(&tx)?;
        if sealed >= public {
            return Ok((tx, public));
        }
    }
    Err(StoreError::Damaged { why: format!("its sealed twin is older than its GeoPackage. {RESTORE}") })
}

/// The revision of the newest rows in the twin.
pub fn revision_of_twin(conn: &Connection) -> Result<u64, StoreError> {
    conn.query_row("SELECT revision FROM sealed.sealed_store", [], |row| row.get(0))
        .doing("reading the sealed twin")
}

/// Takes back the sealed rows of a publication that was killed between its two commits. For the writer only.
pub fn discard_what_never_came(conn: &Connection) -> Result<(), StoreError> {
    let public = super::read::revision(conn)?;
    if revision_of_twin(conn)? <= public {
        return Ok(());
    }
    let doing = "taking back an import that was interrupted";
    let tx = conn.unchecked_transaction().doing(doing)?;
    for table in VERSIONED {
        tx.execute(&format!("DELETE FROM sealed.{table} WHERE revision > ?1"), [public]).doing(doing)?;
        tx.execute(&format!("UPDATE sealed.{table} SET until = NULL WHERE until > ?1"), [public])
            .doing(doing)?;
    }
    for table in ["sealed_raw", "sealed_history", "sealed_edit_keys"] {
        tx.execute(&format!("DELETE FROM sealed.{table} WHERE revision > ?1"), [public]).doing(doing)?;
    }
    tx.execute("DELETE FROM sealed.sealed_raw_over WHERE until > ?1", [public]).doing(doing)?;
    stamp(&tx, public)?;
    tx.commit().doing(doing)
}

/// Says of which revision the newest rows of the twin are.
pub fn stamp(tx: &Transaction<'_>, revision: u64) -> Result<(), StoreError> {
    tx.execute("UPDATE sealed.sealed_store SET revision = ?1", [revision])
        .doing("stamping the sealed twin with its revision")
        .map(drop)
}

/// Throws away what no longer holds at the public revision. For the writer only.
pub fn prune(conn: &Connection) -> Result<(), StoreError> {
    let doing = "clearing old rows from the sealed twin";
    let public = super::read::revision(conn)?;
    let tx = conn.unchecked_transaction().doing(doing)?;
    for table in VERSIONED {
        tx.execute(&format!("DELETE FROM sealed.{table} WHERE until <= ?1"), [public]).doing(doing)?;
    }
    let over = "SELECT row FROM sealed.sealed_raw_over WHERE until <= ?1";
    tx.execute(&format!("DELETE FROM sealed.sealed_raw WHERE row IN ({over})"), [public]).doing(doing)?;
    tx.execute("DELETE FROM sealed.sealed_raw_over WHERE until <= ?1", [public]).doing(doing)?;
    tx.execute("UPDATE sealed.sealed_store SET pruned = ?1", [public]).doing(doing)?;
    tx.commit().doing(doing)
}
