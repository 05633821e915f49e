//! What the GeoPackage says of itself: when its tables changed and where their features lie.

use super::blob;
use super::extent::Extent;
use crate::StoreError;
use crate::error::Doing;
use rusqlite::{Connection, params};

/// Notes that a table has changed.
pub fn touch(conn: &Connection, table: &str, now: &str) -> Result<(), StoreError> {
    conn.execute("UPDATE main.gpkg_contents SET last_change = ?2 WHERE table_name = ?1", params![table, now])
        .doing("noting when a table changed")
        .map(drop)
}

/// The stored extent of a table.
pub fn extent(conn: &Connection, table: &str) -> Result<Extent, StoreError> {
    let sql = "SELECT min_x, min_y, max_x, max_y FROM main.gpkg_contents WHERE table_name = ?1 AND min_x IS NOT NULL";
    let bounds = conn.prepare_cached(sql).and_then(|mut statement| {
        let rows = statement.query_map([table], |r| Ok([(r.get(0)?, r.get(1)?), (r.get(2)?, r.get(3)?)]))?;
        rows.collect::<rusqlite::Result<Vec<[(f64, f64); 2]>>>()
    });
    bounds.map(|b| Extent::of(b.into_iter().flatten())).doing("reading the extent of a table")
}

/// Stores the extent of a table.
pub fn set_extent(conn: &Connection, table: &str, extent: Extent) -> Result<(), StoreError> {
    let [w, s, e, n] = extent.bounds().map_or([None; 4], |b| b.map(Some));
    let sql =
        "UPDATE main.gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1";
    conn.execute(sql, params![table, w, s, e, n]).doing("noting the extent of a table").map(drop)
}

/// The extent of all assets, by looking at each.
pub fn measure_assets(conn: &Connection) -> Result<Extent, StoreError> {
    measure(conn, "SELECT geom FROM main.assets WHERE geom IS NOT NULL", |blob| {
        blob::read_point(blob).map(|p| Extent::of([(p.lon(), p.lat())]))
    })
}

/// The extent of all areas, by the envelope of each.
pub fn measure_localities(conn: &Connection) -> Result<Extent, StoreError> {
    measure(conn, "SELECT substr(geom, 1, 40) FROM main.localities", blob::read_envelope)
}

fn measure(conn: &Connection, sql: &str, of: impl Fn(&[u8]) -> Option<Extent>) -> Result<Extent, StoreError> {
    let doing = "measuring the extent of a table";
    let mut statement = conn.prepare(sql).doing(doing)?;
    let mut rows = statement.query([]).doing(doing)?;
    let mut all = Extent::default();
    while let Some(row) = rows.next().doing(doing)? {
        let blob = row.get_ref(0).doing(doing)?;
        if let Some(extent) = blob.as_blob().ok().and_then(&of) {
            all.join(extent);
        }
    }
    Ok(all)
}

/// Rewrites the GeoPackage when a publication has taken a public asset away: `secure_delete` clears what is deleted,
/// but SQLite may have left an older copy of a row in the gaps of a page when it moved rows from page to page.
pub fn scrub_if_due(conn: &Connection) -> Result<(), StoreError> {
    let doing = "clearing away what is not public any more";
    let due: bool =
        conn.query_row("SELECT scrub_due FROM main.assetmap_store", [], |row| row.get(0)).doing(doing)?;
    if !due {
        return Ok(());
    }
    conn.execute_batch("VACUUM main").doing(doing)?;
    let tx = conn.unchecked_transaction().doing(doing)?;
    super::guard::open(&tx)?;
    tx.execute("UPDATE main.assetmap_store SET scrub_due = 0", []).doing(doing)?;
    super::guard::close(&tx)?;
    tx.commit().doing(doing)
}
