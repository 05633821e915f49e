//! What has changed since a revision.

use super::cells::Cells;
use super::connection::Connection;
use super::read::{self, at_one_moment, of_a, public_asset};
use crate::rows::{ASSET, SOURCE, take_source};
use crate::{Changes, Revision, StoreError};

const READING: &str = "reading what has changed";

/// The revision and the rows are of one moment.
pub fn changes(connection: &Connection, after: Revision, most: usize) -> Result<Changes, StoreError> {
    at_one_moment(connection, |connection| {
        let revision = read::revision(connection)?;
        // Past all that can be counted, there is nothing to tell.
        let Ok(after_row) = i64::try_from(after) else { return Ok(Changes::Everything) };
        if after > revision
            || after < places_revision(connection)?
            || changed(connection, after_row, most)? > most
        {
            return Ok(Changes::Everything);
        }
        let mut sources = Vec::new();
        let sql = format!("SELECT {SOURCE} FROM assetmap.sources ORDER BY id");
        connection.each(&sql, &[], READING, |row| {
            sources.push(take_source(&mut Cells::of(row))?);
            Ok(())
        })?;
        let mut assets = Vec::new();
        let sql = format!(
            "SELECT {}, a.id, l.postcode FROM assetmap.assets a LEFT JOIN sealed.correspondence l USING (fid)
             WHERE a.revision > $1",
            of_a(ASSET)
        );
        connection.each(&sql, &[&after_row], READING, |row| {
            let asset = public_asset(&mut Cells::of(row))?;
            assets.push((asset.id, Some(asset)));
            Ok(())
        })?;
        let sql = "SELECT id FROM assetmap.tombstones WHERE revision > $1";
        connection.each(sql, &[&after_row], READING, |row| {
            assets.push((Cells::of(row).id()?, None));
            Ok(())
        })?;
        assets.sort_unstable_by_key(|(id, _)| *id);
        Ok(Changes::Assets { revision, sources, assets })
    })
}

fn places_revision(connection: &Connection) -> Result<Revision, StoreError> {
    let row = connection.one("SELECT places_revision FROM assetmap.store", &[], READING)?;
    Ok(row.get::<_, i64>(0) as u64)
}

/// How many assets have changed; there is no need to count far beyond `most`.
fn changed(connection: &Connection, after: i64, most: usize) -> Result<usize, StoreError> {
    let enough = i64::try_from(most).map_or(i64::MAX, |most| most.saturating_add(1));
    let sql = "SELECT (SELECT count(*) FROM (SELECT FROM assetmap.assets WHERE revision > $1 LIMIT $2) a)
                    + (SELECT count(*) FROM (SELECT FROM assetmap.tombstones WHERE revision > $1 LIMIT $2) t)";
    let count: i64 = connection.one(sql, &[&after, &enough], READING)?.get(0);
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}
