//! Everything that is kept, for another home.

use super::columns::Cells;
use super::read::{self, HOLDS, each, each_public_asset, each_sealed_asset};
use super::sealed;
use super::standing::parse_id;
use crate::decide::from_json;
use crate::error::Doing;
use crate::rows::{self, LOCALITY, LOCALITY_WIDTH, POSTCODE, POSTCODE_WIDTH, SOURCE, SOURCE_WIDTH};
use crate::{Kept, KeptRow, Staged, State, StoreError};
use model::{Asset, Fingerprint};
use rusqlite::{Connection, Row, params};

const READING: &str = "reading everything in the store";

type Visit<'a> = &'a mut dyn FnMut(Kept) -> Result<(), StoreError>;

pub fn take_out(conn: &Connection, visit: Visit<'_>) -> Result<State, StoreError> {
    let (tx, revision) = sealed::snapshot(conn)?;
    let state = State { revision, relocation_due: read::relocation_is_due(&tx)? };
    let sources = format!("SELECT {SOURCE}, records, revision FROM main.sources ORDER BY id");
    each(&tx, &sources, [], |row| {
        let source = rows::take_source(&mut Cells::of(row))?;
        let records = row.get(SOURCE_WIDTH).doing(READING)?;
        visit(Kept::Source { source, records, revision: row.get(SOURCE_WIDTH + 1).doing(READING)? })
    })?;
    let runs = read::runs(&tx, None, usize::MAX)?;
    runs.into_iter().rev().try_for_each(|run| visit(Kept::Run(run)))?;
    areas(&tx, revision, visit)?;
    postcodes(&tx, visit)?;
    assets(&tx, revision, visit)?;
    each(&tx, "SELECT id, revision FROM main.tombstones ORDER BY id", [], |row| {
        let id: String = row.get(0).doing(READING)?;
        visit(Kept::Tombstone { id: parse_id(&id)?, revision: row.get(1).doing(READING)? })
    })?;
    super::money::take_out(&tx, revision, visit)?;
    decisions(&tx, revision, visit)?;
    Ok(state)
}

/// The row as published of the row `a`, at the revision `?1`.
pub fn raw_of(layer: &str) -> String {
    format!(
        "(SELECT r.raw FROM sealed.sealed_raw r LEFT JOIN sealed.sealed_raw_over o ON o.row = r.row
          WHERE r.layer = '{layer}' AND r.fid = a.fid AND r.revision <= ?1 AND (o.until IS NULL OR o.until > ?1))"
    )
}

fn areas(conn: &Connection, revision: u64, visit: Visit<'_>) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {LOCALITY}, line, fingerprint, {}, run, revision FROM main.localities a ORDER BY fid",
        raw_of("localities")
    );
    each(conn, &sql, [revision], |row| {
        let area = rows::take_locality(&mut Cells::of(row))?;
        visit(Kept::Area(Box::new(kept(row, LOCALITY_WIDTH, area)?)))
    })
}

fn postcodes(conn: &Connection, visit: Visit<'_>) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {POSTCODE}, 0, fingerprint, '', 0, revision, source FROM main.postcodes ORDER BY source, postcode"
    );
    each(conn, &sql, [], |row| {
        let record = rows::take_postcode(&mut Cells::of(row))?;
        let source = row.get(POSTCODE_WIDTH + 5).doing(READING)?;
        visit(Kept::Postcode { source, row: kept(row, POSTCODE_WIDTH, record)? })
    })
}

fn assets(conn: &Connection, revision: u64, visit: Visit<'_>) -> Result<(), StoreError> {
    let public = format!(
        "SELECT line, fingerprint, {}, run, revision FROM main.assets a WHERE fid = ?2",
        raw_of("assets")
    );
    each_public_asset(conn, revision, "TRUE", &mut |fid, asset| {
        visit(rest(conn, &public, revision, fid, asset)?)
    })?;
    let sealed =
        "SELECT line, fingerprint, raw, run, revision FROM sealed.sealed_assets WHERE row = ?2 AND ?1 >= 0";
    each_sealed_asset(conn, revision, "TRUE", &mut |number, record, located| {
        let asset = Asset { id: record.id(), record, located };
        visit(rest(conn, sealed, revision, number, asset)?)
    })
}

/// What people decided, and what happened, in the order in which it did.
fn decisions(conn: &Connection, revision: u64, visit: Visit<'_>) -> Result<(), StoreError> {
    let id = |row: &Row<'_>| parse_id(&row.get::<_, String>(0).doing(READING)?);
    let json = |row: &Row<'_>| row.get::<_, String>(1).doing(READING);
    let decided =
        format!("SELECT id, decided, revision FROM sealed.sealed_decided WHERE {HOLDS} ORDER BY id");
    each(conn, &decided, [revision], |row| {
        let decided = Box::new(from_json("decision", &json(row)?)?);
        visit(Kept::Decided { id: id(row)?, decided, revision: row.get(2).doing(READING)? })
    })?;
    let history =
        "SELECT id, happening FROM sealed.sealed_history WHERE revision <= ?1 ORDER BY revision, id";
    each(conn, history, [revision], |row| {
        visit(Kept::Happening { id: id(row)?, happening: Box::new(from_json("happening", &json(row)?)?) })
    })?;
    let keys =
        "SELECT id, key, content, revision FROM sealed.sealed_edit_keys WHERE revision <= ?1 ORDER BY key";
    each(conn, keys, [revision], |row| {
        let content = Fingerprint(row.get(2).doing(READING)?);
        let revision = row.get(3).doing(READING)?;
        visit(Kept::EditKey { key: json(row)?, content, id: id(row)?, revision })
    })
}

/// What stands beside an asset.
fn rest(conn: &Connection, sql: &str, revision: u64, number: u64, asset: Asset) -> Result<Kept, StoreError> {
    let mut statement = conn.prepare_cached(sql).doing(READING)?;
    let mut rows = statement.query(params![revision, number]).doing(READING)?;
    let missing = || StoreError::unreadable("row", "an asset's row as published");
    let row = rows.next().doing(READING)?.ok_or_else(missing)?;
    Ok(Kept::Asset(Box::new(kept(row, 0, asset)?)))
}

/// From a line, a fingerprint, a row as published, a run and a revision, the first of which is number `at`.
pub fn kept<T>(row: &Row<'_>, at: usize, value: T) -> Result<KeptRow<T>, StoreError> {
    let read = || -> rusqlite::Result<(u64, [u8; 16], String, u64, u64)> {
        Ok((row.get(at)?, row.get(at + 1)?, row.get(at + 2)?, row.get(at + 3)?, row.get(at + 4)?))
    };
    let (line, fingerprint, raw, run, revision) = read().doing(READING)?;
    let staged = Staged { line, fingerprint: Fingerprint(fingerprint), raw, value };
    Ok(KeptRow { staged, run, revision })
}
