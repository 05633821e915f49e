//! What has changed since a revision.

use super::columns::Cells;
use super::read::{self, each, id_of, postcode_of};
use super::sealed;
use crate::error::Doing;
use crate::rows::{self, ASSET, ASSET_WIDTH, SOURCE};
use crate::{Changes, Revision, StoreError};
use model::{Asset, AssetId};
use rusqlite::{Connection, params};
use std::time::{Duration, Instant};

const READING: &str = "reading what has changed";

/// How often to look whether there is a newer revision. A look costs some microseconds.
const LOOK: Duration = Duration::from_millis(100);

pub fn changes(conn: &Connection, after: Revision, most: usize) -> Result<Changes, StoreError> {
    let (tx, revision) = sealed::snapshot(conn)?;
    if after > revision || after < places_revision(&tx)? || changed(&tx, after, most)? > most {
        return Ok(Changes::Everything);
    }
    let mut sources = Vec::new();
    each(&tx, &format!("SELECT {SOURCE} FROM main.sources ORDER BY id"), [], |row| {
        sources.push(rows::take_source(&mut Cells::of(row))?);
        Ok(())
    })?;
    let mut assets = public(&tx, after, revision)?;
    each(&tx, "SELECT id FROM main.tombstones WHERE revision > ?1", [after], |row| {
        assets.push((id_of(row, 0)?, None));
        Ok(())
    })?;
    assets.sort_unstable_by_key(|(id, _)| *id);
    Ok(Changes::Assets { revision, sources, assets })
}

fn places_revision(conn: &Connection) -> Result<Revision, StoreError> {
    conn.query_row("SELECT places_revision FROM main.assetmap_store", [], |row| row.get(0)).doing(READING)
}

/// How many assets have changed; there is no need to count far beyond `most`.
fn changed(conn: &Connection, after: Revision, most: usize) -> Result<usize, StoreError> {
    let enough = i64::try_from(most).map_or(i64::MAX, |most| most.saturating_add(1));
    let sql = "SELECT (SELECT count(*) FROM (SELECT 1 FROM main.assets WHERE revision > ?1 LIMIT ?2))
                    + (SELECT count(*) FROM (SELECT 1 FROM main.tombstones WHERE revision > ?1 LIMIT ?2))";
    conn.query_row(sql, params![after, enough], |row| row.get(0)).doing(READING)
}

/// The public assets that have changed, their correspondence postcode put back.
fn public(
    conn: &Connection,
    after: Revision,
    revision: Revision,
) -> Result<Vec<(AssetId, Option<Asset>)>, StoreError> {
    let mut assets = Vec::new();
    let sql = format!(
        "SELECT {ASSET}, id,
                (SELECT l.postcode FROM sealed.sealed_correspondence l
                 WHERE l.fid = a.fid AND l.revision <= ?2 AND (l.until IS NULL OR l.until > ?2))
         FROM main.assets a WHERE revision > ?1"
    );
    each(conn, &sql, [after, revision], |row| {
        let (mut record, located) = rows::take_asset(&mut Cells::of(row))?;
        let id = id_of(row, ASSET_WIDTH)?;
        let letters: Option<String> = row.get(ASSET_WIDTH + 1).doing(READING)?;
        record.correspondence = letters.as_deref().map(postcode_of).transpose()?;
        assets.push((id, Some(Asset { id, record, located })));
        Ok(())
    })?;
    Ok(assets)
}

/// Looks again and again, for a file tells nobody that it was written to.
pub fn wait(conn: &Connection, after: Revision, at_most: Duration) -> Result<Revision, StoreError> {
    let start = Instant::now();
    loop {
        let revision = read::revision(conn)?;
        let left = at_most.saturating_sub(start.elapsed());
        if revision != after || left.is_zero() {
            return Ok(revision);
        }
        std::thread::sleep(LOOK.min(left));
    }
}
