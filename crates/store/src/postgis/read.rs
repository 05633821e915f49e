//! Everything that is asked of the store.

use super::cells::Cells;
use super::connection::Connection;
use crate::directories::{Best, knows_more};
use crate::rows::{
    ASSET, LOCALITY, POSTCODE, SOURCE, Take, take_asset, take_locality, take_postcode, take_source,
};
use crate::{Entry, FileReport, Revision, Run, StoreError, tally};
use model::{Asset, Postcode, PostcodeRecord, Source};
use std::collections::HashMap;

const READING: &str = "reading the database";

/// Asks several questions about one moment, however long it takes. (After an error the connection is closed, and with
/// it the transaction.)
pub fn at_one_moment<T>(
    connection: &Connection,
    questions: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection
        .batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0", READING)?;
    let answer = questions(connection)?;
    connection.batch("COMMIT", READING)?;
    Ok(answer)
}

pub fn revision(connection: &Connection) -> Result<Revision, StoreError> {
    let row = connection.one("SELECT revision FROM assetmap.store", &[], READING)?;
    Ok(row.get::<_, i64>(0) as u64)
}

pub fn mark(connection: &Connection, revision: Revision) -> Result<String, StoreError> {
    let revision = i64::try_from(revision).unwrap_or(i64::MAX);
    let sql = "SELECT concat_ws('; ',
                      (SELECT store::text FROM assetmap.store),
                      (SELECT extract(epoch FROM at)::text FROM assetmap.runs WHERE revision <= $1 AND created + updated > 0 ORDER BY run DESC LIMIT 1),
                      (SELECT happening ->> 'at' FROM sealed.history WHERE revision <= $1
                       ORDER BY revision DESC LIMIT 1))";
    Ok(connection.one(sql, &[&revision], READING)?.get(0))
}

pub fn relocation_is_due(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection.one("SELECT relocation_due FROM assetmap.store", &[], READING)?.get(0))
}

pub fn last_run(connection: &Connection) -> Result<u64, StoreError> {
    let row = connection.one("SELECT coalesce(max(run), 0) FROM assetmap.runs", &[], READING)?;
    Ok(row.get::<_, i64>(0) as u64)
}

pub fn source(connection: &Connection, id: &str) -> Result<Option<Source>, StoreError> {
    let sql = format!("SELECT {SOURCE} FROM assetmap.sources WHERE id = $1");
    let rows = connection.all(&sql, &[&id], READING)?;
    rows.first().map(|row| take_source(&mut Cells::of(row))).transpose()
}

/// How many records of a source there are, sealed ones too.
pub fn records_of(connection: &Connection, source: &str) -> Result<u64, StoreError> {
    let sql = "SELECT coalesce((SELECT records FROM assetmap.sources WHERE id = $1), 0)
                    + (SELECT count(*) FROM sealed.assets WHERE source = $1)";
    Ok(connection.one(sql, &[&source], READING)?.get::<_, i64>(0) as u64)
}

pub fn everything(connection: &Connection, visit: &mut dyn FnMut(Entry)) -> Result<Revision, StoreError> {
    at_one_moment(connection, |connection| {
        let revision = revision(connection)?;
        let sources = format!("SELECT {SOURCE} FROM assetmap.sources ORDER BY id");
        connection.each(&sources, &[], READING, |row| {
            take_source(&mut Cells::of(row)).map(|source| visit(Entry::Source(source)))
        })?;
        let areas = format!("SELECT {LOCALITY} FROM assetmap.localities ORDER BY fid");
        connection.each(&areas, &[], READING, |row| {
            take_locality(&mut Cells::of(row)).map(|area| visit(Entry::Locality(area)))
        })?;
        let mut best = Best::new(|record| {
            visit(Entry::Postcode(record));
            Ok(())
        });
        let postcodes = format!("SELECT {POSTCODE} FROM assetmap.postcodes ORDER BY postcode, source");
        connection.each(&postcodes, &[], READING, |row| best.next(take_postcode(&mut Cells::of(row))?))?;
        best.end()?;
        let assets = format!(
            "SELECT {}, a.id, l.postcode FROM assetmap.assets a LEFT JOIN sealed.correspondence l USING (fid)
             ORDER BY fid",
            of_a(ASSET)
        );
        connection.each(&assets, &[], READING, |row| {
            visit(Entry::Asset(Box::new(public_asset(&mut Cells::of(row))?)));
            Ok(())
        })?;
        Ok(revision)
    })
}

/// `a, b` as `a.a, a.b`.
pub fn of_a(columns: &str) -> String {
    columns.split(", ").map(|column| format!("a.{column}")).collect::<Vec<_>>().join(", ")
}

/// From the columns of [`ASSET`], an id and a correspondence postcode.
pub fn public_asset(row: &mut Cells<'_>) -> Result<Asset, StoreError> {
    let (mut record, located) = take_asset(row)?;
    let id = row.id()?;
    record.correspondence = row.postcode()?;
    Ok(Asset { id, record, located })
}

pub fn postcodes(
    connection: &Connection,
    wanted: &[Postcode],
) -> Result<HashMap<Postcode, PostcodeRecord>, StoreError> {
    let wanted: Vec<&str> = wanted.iter().map(Postcode::as_str).collect();
    let mut found: HashMap<Postcode, PostcodeRecord> = HashMap::with_capacity(wanted.len());
    let sql = format!("SELECT {POSTCODE} FROM assetmap.postcodes WHERE postcode = ANY ($1) ORDER BY source");
    connection.each(&sql, &[&wanted], READING, |row| {
        let next = take_postcode(&mut Cells::of(row))?;
        if found.get(&next.postcode).is_none_or(|known| knows_more(&next, known)) {
            found.insert(next.postcode.clone(), next);
        }
        Ok(())
    })?;
    Ok(found)
}

pub fn runs(connection: &Connection, before: Option<u64>, limit: usize) -> Result<Vec<Run>, StoreError> {
    let before = before.map_or(i64::MAX, |run| i64::try_from(run).unwrap_or(i64::MAX));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let sql = "SELECT run, source, to_char(at, 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), revision, file, profile, sha256,
                      read, merged, rejected, reasons, created, updated, unchanged
               FROM assetmap.runs WHERE run < $1 ORDER BY run DESC LIMIT $2";
    let rows = connection.all(sql, &[&before, &limit], READING)?;
    rows.iter().map(|row| read_run(&mut Cells::of(row))).collect()
}

fn read_run(row: &mut Cells<'_>) -> Result<Run, StoreError> {
    let (run, source, at, revision) = (row.whole()?, row.required()?, row.required()?, row.whole()?);
    let report = FileReport {
        file: row.required()?,
        profile: row.required()?,
        sha256: row.required()?,
        read: row.whole()?,
        merged: row.whole()?,
        rejected: row.whole()?,
        reasons: tally::read_reasons(&row.required()?)?,
    };
    let (created, updated, unchanged) = (row.whole()?, row.whole()?, row.whole()?);
    Ok(Run { run, source, at, revision, report, created, updated, unchanged })
}

pub fn counts(connection: &Connection) -> Result<Vec<(String, u64)>, StoreError> {
    let row = connection.one(
        "SELECT (SELECT count(*) FROM assetmap.assets),
                (SELECT count(*) FROM sealed.assets WHERE visibility = 'staff'),
                (SELECT count(*) FROM sealed.assets WHERE visibility = 'hidden'),
                (SELECT count(*) FROM assetmap.localities),
                (SELECT count(DISTINCT postcode) FROM assetmap.postcodes)",
        &[],
        READING,
    )?;
    let names = ["public", "staff", "hidden", "areas", "postcodes"];
    Ok(names.into_iter().enumerate().map(|(n, name)| (name.into(), row.get::<_, i64>(n) as u64)).collect())
}
