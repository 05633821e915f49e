//! Keeps other programs from editing the GeoPackage: every table has triggers that refuse a change while the guard is
//! closed. Only a transaction of ours opens it, and closes it again before it commits, so that nobody else ever sees
//! it open. (A program that drops a table, or opens the guard itself, means to; triggers do not stop it.)

use super::migrate::has_table;
use crate::StoreError;
use crate::error::Doing;
use rusqlite::Connection;

const MESSAGE: &str = "This file is kept by assetmap: change the original and run `assetmap import` on it, or copy \
                       the rows into a file of your own";

/// The tables that are kept: all but the guard itself.
const KEPT: &[&str] = &[
    "gpkg_spatial_ref_sys",
    "gpkg_contents",
    "gpkg_geometry_columns",
    "sources",
    "runs",
    "assets",
    "localities",
    "postcodes",
    "tombstones",
    "spend",
    "populations",
    "allocations",
    "weight_sets",
    "placements",
    "assetmap_store",
    "assetmap_migrations",
];

/// Lets the transaction that is under way write.
pub fn open(conn: &Connection) -> Result<(), StoreError> {
    conn.execute("UPDATE main.assetmap_guard SET open = 1", [])
        .doing("opening the store for writing")
        .map(drop)
}

/// The reverse of [`open`], to be called before the commit.
pub fn close(conn: &Connection) -> Result<(), StoreError> {
    conn.execute("UPDATE main.assetmap_guard SET open = 0", [])
        .doing("closing the store for writing")
        .map(drop)
}

/// Makes the triggers anew, in the migration's own transaction. They fail before the first row is changed, so that
/// nothing has to be taken back; FAIL instead of ABORT spares our own large statements a journal each.
pub fn make_triggers(conn: &Connection) -> Result<(), StoreError> {
    for table in KEPT {
        if !has_table(conn, table)? {
            continue; // of a later migration
        }
        for verb in ["insert", "update", "delete"] {
            conn.execute_batch(&format!(
                "DROP TRIGGER IF EXISTS {table}_kept_{verb};
                 CREATE TRIGGER {table}_kept_{verb} BEFORE {verb} ON {table}
                 WHEN (SELECT open FROM assetmap_guard) = 0
                 BEGIN SELECT RAISE(FAIL, '{MESSAGE}'); END;"
            ))
            .doing("guarding the store's tables")?;
        }
    }
    Ok(())
}
