//! One asset as it stands, with what was decided about it and what happened to it.

use super::columns::Cells;
use super::read::{HOLDS, each};
use super::take_out::{kept, raw_of};
use crate::decide::{Decided, Standing, from_json};
use crate::error::Doing;
use crate::rows::{ASSET, ASSET_WIDTH, Take, take_asset};
use crate::{Happening, Revision, StoreError};
use model::{Asset, AssetId, Fingerprint, Visibility};
use rusqlite::{Connection, OptionalExtension, params};

const READING: &str = "reading what is known of one";

/// Where the row of an asset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the GeoPackage, by its fid.
    Public(u64),
    /// In the twin, by its row.
    Sealed(u64),
}

/// An asset, public or not, at a revision.
pub fn find(
    conn: &Connection,
    revision: Revision,
    id: AssetId,
) -> Result<Option<(Place, Standing)>, StoreError> {
    let decided = decided(conn, revision, id)?;
    let public = format!(
        "SELECT {ASSET}, (SELECT postcode FROM sealed.sealed_correspondence WHERE fid = a.fid AND {HOLDS}), 'public',
                fid, line, fingerprint, {}, run, revision FROM main.assets a WHERE id = ?2",
        raw_of("assets")
    );
    let sealed = format!(
        "SELECT {ASSET}, correspondence, visibility, row, line, fingerprint, raw, run, revision
         FROM sealed.sealed_assets WHERE id = ?2 AND {HOLDS}"
    );
    let mut found = None;
    for (sql, is_public) in [(public, true), (sealed, false)] {
        each(conn, &sql, params![revision, id.to_string()], |row| {
            let mut cells = Cells::of(row);
            let (mut record, located) = take_asset(&mut cells)?;
            record.correspondence = cells.postcode()?;
            record.visibility = cells.word("visibility", Visibility::parse)?;
            let number = row.get(ASSET_WIDTH + 2).doing(READING)?;
            let place = if is_public { Place::Public(number) } else { Place::Sealed(number) };
            let row = kept(row, ASSET_WIDTH + 3, Asset { id, record, located })?;
            found = Some((place, Standing { row, decided: decided.clone() }));
            Ok(())
        })?;
    }
    Ok(found)
}

fn decided(conn: &Connection, revision: Revision, id: AssetId) -> Result<Option<Decided>, StoreError> {
    let sql = format!("SELECT decided FROM sealed.sealed_decided WHERE id = ?2 AND {HOLDS}");
    let mut statement = conn.prepare_cached(&sql).doing(READING)?;
    let json: Option<String> =
        statement.query_row(params![revision, id.to_string()], |row| row.get(0)).optional().doing(READING)?;
    json.map(|json| from_json("decision", &json)).transpose()
}

/// The edit that was given this name, and the asset that it was about.
pub fn known_key(
    conn: &Connection,
    revision: Revision,
    key: &str,
) -> Result<Option<(Fingerprint, AssetId)>, StoreError> {
    let sql = "SELECT content, id FROM sealed.sealed_edit_keys WHERE key = ?1 AND revision <= ?2";
    let found: Option<([u8; 16], String)> = conn
        .query_row(sql, params![key, revision], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
        .doing(READING)?;
    found.map(|(content, id)| Ok((Fingerprint(content), parse_id(&id)?))).transpose()
}

pub fn parse_id(text: &str) -> Result<AssetId, StoreError> {
    AssetId::parse(text).ok_or_else(|| StoreError::unreadable("asset id", text))
}

/// What happened to an asset, newest first.
pub fn history(
    conn: &Connection,
    at: Revision,
    id: AssetId,
    before: Option<Revision>,
    limit: usize,
) -> Result<Vec<Happening>, StoreError> {
    let end = before.map_or(at, |before| at.min(before.saturating_sub(1)));
    let sql = "SELECT happening FROM sealed.sealed_history WHERE id = ?1 AND revision <= ?2
               ORDER BY revision DESC LIMIT ?3";
    let mut happenings = Vec::new();
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    each(conn, sql, params![id.to_string(), end, limit], |row| {
        let json: String = row.get(0).doing(READING)?;
        happenings.push(from_json("happening", &json)?);
        Ok(())
    })?;
    Ok(happenings)
}
