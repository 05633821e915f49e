//! New positions for assets without coordinates of their own, after postcodes have changed.

use super::cells::Cells;
use super::connection::Connection;
use super::{publish, read};
use crate::rows::{ASSET, Take, take_asset};
use crate::wkb::{self, Flavour};
use crate::{Locate, StoreError};
use model::{AssetId, AssetRecord, Located, Visibility};

const DOING: &str = "giving assets new positions";

/// How many assets are looked at in one go.
const BATCH: usize = 5_000;

pub fn relocate(connection: &Connection, locate: Locate<'_>) -> Result<u64, StoreError> {
    connection.batch(
        "SET statement_timeout = 0; CREATE TEMP TABLE moved (id uuid, position_quality text, ewkb bytea)",
        DOING,
    )?;
    connection.batch("BEGIN", DOING)?;
    let mut moved = 0;
    for (table, visibility) in [("assetmap.assets", "'public'"), ("sealed.assets", "visibility")] {
        moved += stage(connection, table, visibility, locate)?;
    }
    connection.batch("COMMIT; ANALYZE moved", DOING)?;

    connection.batch(publish::BEGIN, DOING)?;
    if moved > 0 {
        let coming = read::revision(connection)? + 1;
        for table in ["assetmap.assets", "sealed.assets"] {
            let sql = format!(
                "UPDATE {table} a SET position_quality = m.position_quality, geom = m.ewkb::geometry, revision = $1
                 FROM moved m WHERE a.id = m.id"
            );
            connection.execute(&sql, &[&(coming as i64)], DOING)?;
        }
        publish::revision(connection, coming)?;
    }
    connection.batch("UPDATE assetmap.store SET relocation_due = false; COMMIT", DOING)?;
    Ok(moved)
}

/// Notes the positions that differ, and says how many.
fn stage(
    connection: &Connection,
    table: &str,
    visibility: &str,
    locate: Locate<'_>,
) -> Result<u64, StoreError> {
    connection.batch(
        &format!(
            "DECLARE unplaced NO SCROLL CURSOR FOR
             SELECT {ASSET}, id, {visibility} FROM {table} WHERE own_lon IS NULL"
        ),
        DOING,
    )?;
    let mut moved = 0;
    loop {
        let rows = connection.all(&format!("FETCH {BATCH} FROM unplaced"), &[], DOING)?;
        if rows.is_empty() {
            break;
        }
        let assets = rows.iter().map(|row| read_one(&mut Cells::of(row)));
        let assets = assets.collect::<Result<Vec<_>, StoreError>>()?;
        moved += note(connection, &assets, locate)?;
    }
    connection.batch("CLOSE unplaced", DOING)?;
    Ok(moved)
}

type Placed = (AssetId, AssetRecord, Option<Located>);

fn read_one(row: &mut Cells<'_>) -> Result<Placed, StoreError> {
    let (mut record, located) = take_asset(row)?;
    let id = row.id()?;
    record.visibility = row.word("visibility", Visibility::parse)?;
    Ok((id, record, located))
}

fn note(connection: &Connection, assets: &[Placed], locate: Locate<'_>) -> Result<u64, StoreError> {
    let mut wanted: Vec<_> = assets.iter().filter_map(|(_, record, _)| record.postcode.clone()).collect();
    wanted.sort();
    wanted.dedup();
    let known = read::postcodes(connection, &wanted)?;
    let (mut ids, mut qualities, mut points) = (Vec::new(), Vec::new(), Vec::new());
    for (id, record, was) in assets {
        let now = locate(record, record.postcode.as_ref().and_then(|postcode| known.get(postcode)));
        if now != *was {
            ids.push(id.to_string());
            qualities.push(now.map(|l| l.quality.as_str()));
            points.push(now.map(|l| {
                let mut point = Vec::with_capacity(25);
                wkb::put_point(&mut point, Flavour::Extended, l.position);
                point
            }));
        }
    }
    let sql = "INSERT INTO moved SELECT id::uuid, quality, point
               FROM unnest($1::text[], $2::text[], $3::bytea[]) AS m (id, quality, point)";
    connection.execute(sql, &[&ids, &qualities, &points], DOING)
}
