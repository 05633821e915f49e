//! New positions for assets without coordinates of their own, after postcodes have changed.

use super::connection::Writer;
use super::read::{self, Lookup};
use super::{blob, guard, metadata, sealed};
use crate::error::Doing;
use crate::rows::ASSET;
use crate::{Locate, StoreError, tally};
use model::{AssetRecord, Located};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

const DOING: &str = "giving assets new positions";

pub fn relocate(writer: Writer, locate: Locate<'_>) -> Result<u64, StoreError> {
    let conn = &writer.conn;
    let before = read::revision(conn)?;
    let moved = stage(conn, before, locate)?;
    let coming = before + u64::from(moved > 0);
    if moved > 0 {
        seal(conn, coming)?;
    }
    let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate).doing(DOING)?;
    guard::open(&tx)?;
    if moved > 0 {
        publish(&tx, coming)?;
    }
    tx.execute("UPDATE main.assetmap_store SET revision = ?1, relocation_due = 0", [coming]).doing(DOING)?;
    guard::close(&tx)?;
    tx.commit().doing(DOING)?;
    writer.tidy_up();
    Ok(moved)
}

/// Writes the positions that differ to the staging file, and says how many.
fn stage(conn: &Connection, revision: u64, locate: Locate<'_>) -> Result<u64, StoreError> {
    conn.execute_batch(
        "CREATE TABLE stage.moved (fid INTEGER PRIMARY KEY, position_quality, geom);
         CREATE TABLE stage.moved_sealed (row INTEGER PRIMARY KEY, position_quality, geom);",
    )
    .doing(DOING)?;
    let tx = conn.unchecked_transaction().doing(DOING)?;
    let mut lookup = Lookup::new(&tx)?;
    let mut moved = 0;
    let mut look = |into: &str, number: u64, record: &AssetRecord, was: Option<Located>| {
        let postcode = record.postcode.as_ref().map(|p| lookup.find(p)).transpose()?.flatten();
        let now = locate(record, postcode.as_ref());
        if now != was {
            moved += 1;
            let insert = format!("INSERT INTO stage.{into} VALUES (?1, ?2, ?3)");
            let values =
                params![number, now.map(|l| l.quality.as_str()), now.map(|l| blob::point(l.position))];
            tx.prepare_cached(&insert).and_then(|mut s| s.execute(values)).doing(DOING)?;
        }
        Ok(())
    };
    let without = "own_lon IS NULL";
    read::each_public_asset(&tx, revision, without, &mut |fid, asset| {
        look("moved", fid, &asset.record, asset.located)
    })?;
    read::each_sealed_asset(&tx, revision, without, &mut |row, record, was| {
        look("moved_sealed", row, &record, was)
    })?;
    drop(lookup);
    tx.commit().doing(DOING)?;
    Ok(moved)
}

fn seal(conn: &Connection, coming: u64) -> Result<(), StoreError> {
    let tx = conn.unchecked_transaction().doing(DOING)?;
    sealed::stamp(&tx, coming)?;
    let same = ASSET.replace("position_quality, ", "").replace(", geom", "");
    let copy = format!(
        "INSERT INTO sealed.sealed_assets
           (id, visibility, correspondence, {same}, position_quality, geom, fingerprint, line, raw, run, revision)
         SELECT id, visibility, correspondence, {same}, m.position_quality, m.geom, fingerprint, line, raw, run, ?1
         FROM stage.moved_sealed m CROSS JOIN sealed.sealed_assets a ON a.row = m.row"
    );
    tx.execute(&copy, [coming]).doing(DOING)?;
    let close = "UPDATE sealed.sealed_assets SET until = ?1
                 WHERE until IS NULL AND row IN (SELECT row FROM stage.moved_sealed)";
    tx.execute(close, [coming]).doing(DOING)?;
    tx.commit().doing(DOING)
}

fn publish(tx: &Transaction<'_>, coming: u64) -> Result<(), StoreError> {
    let sql = "UPDATE main.assets SET position_quality = m.position_quality, geom = m.geom, revision = ?1
               FROM stage.moved m WHERE assets.fid = m.fid";
    let changed = tx.execute(sql, [coming]).doing(DOING)?;
    if changed > 0 {
        metadata::set_extent(tx, "assets", metadata::measure_assets(tx)?)?;
        metadata::touch(tx, "assets", &tally::now())?;
    }
    Ok(())
}
