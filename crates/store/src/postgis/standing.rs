//! One asset as it stands, with what was decided about it and what happened to it.

use super::cells::Cells;
use super::connection::Connection;
use super::take_out::kept;
use crate::decide::{Standing, from_json};
use crate::rows::{ASSET, Take, of, take_asset};
use crate::{Happening, Revision, StoreError};
use model::{Asset, AssetId, Fingerprint, Visibility};

const READING: &str = "reading what is known of one";

/// Where the row of an asset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the schema `assetmap`, by its fid.
    Public(i64),
    /// In the schema `sealed`.
    Sealed,
}

/// An asset, public or not.
pub fn find(connection: &Connection, id: AssetId) -> Result<Option<(Place, Standing)>, StoreError> {
    let rest = "d.decided, a.line, a.fingerprint, r.raw, a.run, a.revision";
    let joined = "JOIN sealed.raw_rows r ON r.id = a.id AND r.layer = 'assets'
                  LEFT JOIN sealed.decided d ON d.id = a.id WHERE a.id = $1::text::uuid";
    let columns = of("a", ASSET);
    let sql = format!(
        "SELECT {columns}, l.postcode, 'public', a.fid, {rest}
         FROM assetmap.assets a LEFT JOIN sealed.correspondence l USING (fid) {joined}
         UNION ALL
         SELECT {columns}, a.correspondence, a.visibility, NULL, {rest} FROM sealed.assets a {joined}"
    );
    let rows = connection.all(&sql, &[&id.to_string()], READING)?;
    let Some(row) = rows.first() else { return Ok(None) };
    let mut row = Cells::of(row);
    let (mut record, located) = take_asset(&mut row)?;
    record.correspondence = row.postcode()?;
    record.visibility = row.word("visibility", Visibility::parse)?;
    let place = row.value::<Option<i64>>()?.map_or(Place::Sealed, Place::Public);
    let decided = row.owned()?.map(|json| from_json("decision", &json)).transpose()?;
    let row = kept(&mut row, Asset { id, record, located })?;
    Ok(Some((place, Standing { row, decided })))
}

/// The edit that was given this name, and the asset that it was about.
pub fn known_key(connection: &Connection, key: &str) -> Result<Option<(Fingerprint, AssetId)>, StoreError> {
    let rows = connection.all("SELECT content, id FROM sealed.edit_keys WHERE key = $1", &[&key], READING)?;
    let read = |row| {
        let mut row = Cells::of(row);
        Ok((row.fingerprint()?, row.id()?))
    };
    rows.first().map(read).transpose()
}

/// What happened to an asset, newest first.
pub fn history(
    connection: &Connection,
    id: AssetId,
    before: Option<Revision>,
    limit: usize,
) -> Result<Vec<Happening>, StoreError> {
    let before = before.map_or(i64::MAX, |revision| i64::try_from(revision).unwrap_or(i64::MAX));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let sql = "SELECT happening FROM sealed.history WHERE id = $1::text::uuid AND revision < $2
               ORDER BY revision DESC LIMIT $3";
    let rows = connection.all(sql, &[&id.to_string(), &before, &limit], READING)?;
    rows.iter().map(|row| from_json("happening", &Cells::of(row).required()?)).collect()
}
