//! Everything that is asked of the store.

use super::columns::Cells;
use super::sealed;
use crate::directories::{Best, knows_more};
use crate::error::Doing;
use crate::rows::{self, ASSET, ASSET_WIDTH, LOCALITY, POSTCODE, SOURCE};
use crate::tally;
use crate::{Entry, FileReport, Revision, Run, StoreError};
use model::{Asset, AssetId, AssetRecord, Located, Postcode, PostcodeRecord, Source, Visibility};
use rusqlite::{CachedStatement, Connection, Row, params};
use std::collections::HashMap;

const READING: &str = "reading the store";

/// The sealed rows that hold at a revision, `?1`.
pub const HOLDS: &str = "revision <= ?1 AND (until IS NULL OR until > ?1)";

pub fn revision(conn: &Connection) -> Result<Revision, StoreError> {
    conn.query_row("SELECT revision FROM main.assetmap_store", [], |row| row.get(0)).doing(READING)
}

pub fn mark(conn: &Connection, revision: Revision) -> Result<String, StoreError> {
    let sql = "SELECT format('%s; %s; %s',
                      (SELECT store FROM main.assetmap_store),
                      (SELECT at FROM main.runs WHERE revision <= ?1 AND created + updated > 0 ORDER BY run DESC LIMIT 1),
                      (SELECT happening ->> 'at' FROM sealed.sealed_history WHERE revision <= ?1 ORDER BY row DESC LIMIT 1))";
    conn.query_row(sql, [revision], |row| row.get(0)).doing(READING)
}

pub fn relocation_is_due(conn: &Connection) -> Result<bool, StoreError> {
    conn.query_row("SELECT relocation_due FROM main.assetmap_store", [], |row| row.get(0)).doing(READING)
}

pub fn source(conn: &Connection, id: &str) -> Result<Option<Source>, StoreError> {
    let mut found = None;
    each(conn, &format!("SELECT {SOURCE} FROM main.sources WHERE id = ?1"), [id], |row| {
        found = Some(rows::take_source(&mut Cells::of(row))?);
        Ok(())
    })?;
    Ok(found)
}

pub fn everything(conn: &Connection, visit: &mut dyn FnMut(Entry)) -> Result<Revision, StoreError> {
    let (tx, revision) = sealed::snapshot(conn)?;
    each(&tx, &format!("SELECT {SOURCE} FROM main.sources ORDER BY id"), [], |row| {
        rows::take_source(&mut Cells::of(row)).map(|source| visit(Entry::Source(source)))
    })?;
    each(&tx, &format!("SELECT {LOCALITY} FROM main.localities ORDER BY fid"), [], |row| {
        rows::take_locality(&mut Cells::of(row)).map(|area| visit(Entry::Locality(area)))
    })?;
    each_postcode(&tx, &mut |postcode| visit(Entry::Postcode(postcode)))?;
    each_public_asset(&tx, revision, "TRUE", &mut |_, asset| {
        visit(Entry::Asset(Box::new(asset)));
        Ok(())
    })?;
    Ok(revision)
}

/// Each postcode once, as the directory that knows the most has it.
fn each_postcode(conn: &Connection, visit: &mut dyn FnMut(PostcodeRecord)) -> Result<(), StoreError> {
    let mut best = Best::new(|record| {
        visit(record);
        Ok(())
    });
    let sql = format!("SELECT {POSTCODE} FROM main.postcodes ORDER BY postcode, source");
    each(conn, &sql, [], |row| best.next(rows::take_postcode(&mut Cells::of(row))?))?;
    best.end()
}

/// Public assets with their fid, their correspondence postcode put back.
pub fn each_public_asset(
    conn: &Connection,
    revision: Revision,
    condition: &str,
    visit: &mut dyn FnMut(u64, Asset) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    // Both are read in the order of fid, side by side.
    let letters =
        format!("SELECT fid, postcode FROM sealed.sealed_correspondence WHERE {HOLDS} ORDER BY fid");
    let mut letters = conn.prepare_cached(&letters).doing(READING)?;
    let mut letters = letters.query([revision]).doing(READING)?;
    let mut next_letter = || -> Result<Option<(u64, String)>, StoreError> {
        let row = letters.next().doing(READING)?;
        row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose().doing(READING)
    };
    let mut letter = next_letter()?;
    let sql = format!("SELECT {ASSET}, fid, id FROM main.assets WHERE {condition} ORDER BY fid");
    each(conn, &sql, [], |row| {
        let (mut record, located) = rows::take_asset(&mut Cells::of(row))?;
        let fid: u64 = row.get(ASSET_WIDTH).doing(READING)?;
        while letter.as_ref().is_some_and(|l| l.0 < fid) {
            letter = next_letter()?;
        }
        if let Some((of, postcode)) = &letter
            && *of == fid
        {
            record.correspondence = Some(postcode_of(postcode)?);
        }
        visit(fid, Asset { id: id_of(row, ASSET_WIDTH + 1)?, record, located })
    })
}

/// Hidden and staff assets with their row.
pub fn each_sealed_asset(
    conn: &Connection,
    revision: Revision,
    condition: &str,
    visit: &mut dyn FnMut(u64, AssetRecord, Option<Located>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {ASSET}, row, visibility, correspondence FROM sealed.sealed_assets WHERE {HOLDS} AND {condition}
         ORDER BY row"
    );
    each(conn, &sql, [revision], |row| {
        let (mut record, located) = rows::take_asset(&mut Cells::of(row))?;
        let visibility: String = row.get(ASSET_WIDTH + 1).doing(READING)?;
        let correspondence: Option<String> = row.get(ASSET_WIDTH + 2).doing(READING)?;
        record.visibility = Visibility::parse(&visibility)
            .ok_or_else(|| StoreError::unreadable("visibility", &visibility))?;
        record.correspondence = correspondence.as_deref().map(postcode_of).transpose()?;
        visit(row.get(ASSET_WIDTH).doing(READING)?, record, located)
    })
}

pub fn postcode_of(text: &str) -> Result<Postcode, StoreError> {
    Postcode::parse(text).map_err(|_| StoreError::unreadable("postcode", text))
}

pub fn id_of(row: &Row<'_>, at: usize) -> Result<AssetId, StoreError> {
    let text = row.get_ref(at).doing(READING)?;
    let text = text.as_str().map_err(|e| StoreError::unreadable("asset id", &e.to_string()))?;
    AssetId::parse(text).ok_or_else(|| StoreError::unreadable("asset id", text))
}

pub fn postcodes(
    conn: &Connection,
    wanted: &[Postcode],
) -> Result<HashMap<Postcode, PostcodeRecord>, StoreError> {
    let tx = conn.unchecked_transaction().doing(READING)?;
    let mut lookup = Lookup::new(&tx)?;
    let mut found = HashMap::with_capacity(wanted.len());
    for postcode in wanted {
        if let Some(record) = lookup.find(postcode)? {
            found.insert(postcode.clone(), record);
        }
    }
    Ok(found)
}

/// Finds one postcode after another.
pub struct Lookup<'a>(CachedStatement<'a>);

impl<'a> Lookup<'a> {
    pub fn new(conn: &'a Connection) -> Result<Self, StoreError> {
        let sql = format!("SELECT {POSTCODE} FROM main.postcodes WHERE postcode = ?1 ORDER BY source");
        conn.prepare_cached(&sql).map(Self).doing(READING)
    }

    /// What the directory that knows the most says of a postcode.
    pub fn find(&mut self, postcode: &Postcode) -> Result<Option<PostcodeRecord>, StoreError> {
        let mut best: Option<PostcodeRecord> = None;
        let mut rows = self.0.query([postcode.as_str()]).doing(READING)?;
        while let Some(row) = rows.next().doing(READING)? {
            let next = rows::take_postcode(&mut Cells::of(row))?;
            if best.as_ref().is_none_or(|known| knows_more(&next, known)) {
                best = Some(next);
            }
        }
        Ok(best)
    }
}

pub fn runs(conn: &Connection, before: Option<u64>, limit: usize) -> Result<Vec<Run>, StoreError> {
    let mut runs = Vec::new();
    let sql =
        "SELECT run, source, at, revision, file, profile, sha256, read, merged, rejected, reasons, created,
                      updated, unchanged
               FROM main.runs WHERE run < ?1 ORDER BY run DESC LIMIT ?2";
    let before = before.map_or(i64::MAX, |run| i64::try_from(run).unwrap_or(i64::MAX));
    each(conn, sql, params![before, i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
        let reasons: String = row.get(10).doing(READING)?;
        runs.push(read_run(row, tally::read_reasons(&reasons)?).doing(READING)?);
        Ok(())
    })?;
    Ok(runs)
}

fn read_run(row: &Row<'_>, reasons: Vec<(String, u64)>) -> rusqlite::Result<Run> {
    Ok(Run {
        run: row.get(0)?,
        source: row.get(1)?,
        at: row.get(2)?,
        revision: row.get(3)?,
        report: FileReport {
            file: row.get(4)?,
            profile: row.get(5)?,
            sha256: row.get(6)?,
            read: row.get(7)?,
            merged: row.get(8)?,
            rejected: row.get(9)?,
            reasons,
        },
        created: row.get(11)?,
        updated: row.get(12)?,
        unchanged: row.get(13)?,
    })
}

pub fn counts(conn: &Connection) -> Result<Vec<(String, u64)>, StoreError> {
    let (tx, revision) = sealed::snapshot(conn)?;
    let mut counts = Vec::new();
    for (what, sql, params) in [
        ("public", "SELECT count(*) FROM main.assets".to_owned(), vec![]),
        ("staff", sealed_count("staff"), vec![revision]),
        ("hidden", sealed_count("hidden"), vec![revision]),
        ("areas", "SELECT count(*) FROM main.localities".to_owned(), vec![]),
        ("postcodes", "SELECT count(DISTINCT postcode) FROM main.postcodes".to_owned(), vec![]),
    ] {
        let count =
            tx.query_row(&sql, rusqlite::params_from_iter(params), |row| row.get(0)).doing(READING)?;
        counts.push((what.to_owned(), count));
    }
    Ok(counts)
}

fn sealed_count(visibility: &str) -> String {
    format!("SELECT count(*) FROM sealed.sealed_assets WHERE visibility = '{visibility}' AND {HOLDS}")
}

/// Calls `visit` with each row of an answer.
pub fn each(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
    mut visit: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(sql).doing(READING)?;
    let mut rows = statement.query(params).doing(READING)?;
    while let Some(row) = rows.next().doing(READING)? {
        visit(row)?;
    }
    Ok(())
}
