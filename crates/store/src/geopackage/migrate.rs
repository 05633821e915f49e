//! Brings a file's schema up to date: forward only, each migration one transaction under SQLite's write lock, so that
//! two programs that start at once do it once, and one that is killed leaves it undone.

use super::guard;
use crate::StoreError;
use crate::error::Doing;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

macro_rules! migration {
    ($number:literal, $name:literal) => {
        ($number, $name, include_str!(concat!("../../../../migrations/sqlite/", $name, ".sql")))
    };
}

/// The migrations of one of the two files: number, name, SQL. **Add at the end, never edit one that was released.**
pub struct Migrations(&'static [(u32, &'static str, &'static str)]);

/// The GeoPackage's.
pub const PUBLIC: Migrations = Migrations(&[
    migration!(1, "0001_start"),
    migration!(2, "0002_feed"),
    migration!(3, "0003_edits"),
    migration!(4, "0004_money"),
    migration!(5, "0005_age_bands"),
    migration!(6, "0006_lookups"),
    migration!(7, "0007_parts_of_months"),
]);

/// The sealed twin's.
pub const SEALED: Migrations = Migrations(&[
    migration!(1, "0001_start.sealed"),
    migration!(3, "0003_edits.sealed"),
    migration!(4, "0004_money.sealed"),
    migration!(5, "0005_age_bands.sealed"),
    migration!(6, "0006_lookups.sealed"),
    migration!(7, "0007_parts_of_months.sealed"),
]);

impl Migrations {
    /// Whether a file with something in it lacks some.
    pub fn are_due(&self, conn: &Connection) -> Result<bool, StoreError> {
        self.check(conn).map(|found| 0 < found && found < self.newest())
    }

    fn newest(&self) -> u32 {
        self.0.last().map_or(0, |m| m.0)
    }

    /// The number of the file's newest migration; 0 in an empty file.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when this program does not know it.
    pub fn check(&self, conn: &Connection) -> Result<u32, StoreError> {
        let found = if has_table(conn, "assetmap_migrations")? {
            conn.query_row("SELECT coalesce(max(number), 0) FROM assetmap_migrations", [], |row| row.get(0))
                .doing("reading the store's schema number")?
        } else {
            0
        };
        if found > self.newest() { Err(StoreError::Newer { found, known: self.newest() }) } else { Ok(found) }
    }

    /// Applies what is missing. `first` runs in the transaction of the first migration.
    pub fn apply(
        &self,
        conn: &mut Connection,
        first: impl Fn(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let mut found = self.check(conn)?;
        while found < self.newest() {
            let doing = "bringing the store's schema up to date";
            let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).doing(doing)?;
            found = self.check(&tx)?;
            if let Some((number, name, sql)) = self.0.iter().find(|m| m.0 > found) {
                let guarded = has_table(&tx, "assetmap_guard")?;
                if guarded {
                    guard::open(&tx)?;
                }
                tx.execute_batch(sql).doing(doing)?;
                record(&tx, *number, name).doing(doing)?;
                if *number == 1 {
                    first(&tx).doing(doing)?;
                }
                if has_table(&tx, "assetmap_guard")? {
                    guard::make_triggers(&tx)?;
                    guard::close(&tx)?;
                }
                tx.commit().doing(doing)?;
                found = *number;
            }
        }
        Ok(())
    }
}

fn record(tx: &Transaction<'_>, number: u32, name: &str) -> rusqlite::Result<()> {
    tx.execute_batch(
        "CREATE TABLE IF NOT EXISTS assetmap_migrations (
           number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL)",
    )?;
    tx.execute(
        "INSERT INTO assetmap_migrations VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
        params![number, name],
    )?;
    Ok(())
}

/// Whether there is such a table in the connection's main file.
pub fn has_table(conn: &Connection, name: &str) -> Result<bool, StoreError> {
    conn.query_row("SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE name = ?1)", [name], |row| {
        row.get(0)
    })
    .doing("looking at the store's tables")
}
