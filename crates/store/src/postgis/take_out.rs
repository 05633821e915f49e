//! Everything that is kept, for another home.

use super::cells::Cells;
use super::connection::Connection;
use super::read::{self, at_one_moment, of_a, public_asset};
use crate::decide::from_json;
use crate::rows::{
    ASSET, LOCALITY, POSTCODE, SOURCE, Take, take_asset, take_locality, take_postcode, take_source,
};
use crate::{Kept, KeptRow, Staged, State, StoreError};
use model::{Asset, Visibility};

const READING: &str = "reading everything in the database";

type Visit<'a> = &'a mut dyn FnMut(Kept) -> Result<(), StoreError>;

pub fn take_out(connection: &Connection, visit: Visit<'_>) -> Result<State, StoreError> {
    at_one_moment(connection, |connection| {
        let state = State {
            revision: read::revision(connection)?,
            relocation_due: read::relocation_is_due(connection)?,
        };
        let sources = format!("SELECT {SOURCE}, records, revision FROM assetmap.sources ORDER BY id");
        connection.each(&sources, &[], READING, |row| {
            let mut row = Cells::of(row);
            let source = take_source(&mut row)?;
            visit(Kept::Source { source, records: row.whole()?, revision: row.whole()? })
        })?;
        let runs = read::runs(connection, None, usize::MAX)?;
        runs.into_iter().rev().try_for_each(|run| visit(Kept::Run(run)))?;
        areas(connection, visit)?;
        postcodes(connection, visit)?;
        public_assets(connection, visit)?;
        sealed_assets(connection, visit)?;
        let tombstones = "SELECT id, revision FROM assetmap.tombstones ORDER BY id";
        connection.each(tombstones, &[], READING, |row| {
            let mut row = Cells::of(row);
            visit(Kept::Tombstone { id: row.id()?, revision: row.whole()? })
        })?;
        super::money::take_out(connection, visit)?;
        decisions(connection, visit)?;
        Ok(state)
    })
}

/// What people decided, and what happened, in the order in which it did.
fn decisions(connection: &Connection, visit: Visit<'_>) -> Result<(), StoreError> {
    let decided = "SELECT id, decided, revision FROM sealed.decided ORDER BY id";
    connection.each(decided, &[], READING, |row| {
        let mut row = Cells::of(row);
        let (id, json) = (row.id()?, row.required()?);
        let decided = Box::new(from_json("decision", &json)?);
        visit(Kept::Decided { id, decided, revision: row.whole()? })
    })?;
    let history = "SELECT id, happening FROM sealed.history ORDER BY revision, id";
    connection.each(history, &[], READING, |row| {
        let mut row = Cells::of(row);
        let (id, json) = (row.id()?, row.required()?);
        visit(Kept::Happening { id, happening: Box::new(from_json("happening", &json)?) })
    })?;
    connection.each(
        "SELECT key, content, id, revision FROM sealed.edit_keys ORDER BY key",
        &[],
        READING,
        |row| {
            let mut row = Cells::of(row);
            let (key, content, id) = (row.required()?, row.fingerprint()?, row.id()?);
            visit(Kept::EditKey { key, content, id, revision: row.whole()? })
        },
    )
}

fn areas(connection: &Connection, visit: Visit<'_>) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {}, a.line, a.fingerprint, r.raw, a.run, a.revision
         FROM assetmap.localities a JOIN sealed.raw_rows r ON r.id = a.id AND r.layer = 'localities' ORDER BY a.fid",
        of_a(LOCALITY)
    );
    connection.each(&sql, &[], READING, |row| {
        let mut row = Cells::of(row);
        let area = take_locality(&mut row)?;
        visit(Kept::Area(Box::new(kept(&mut row, area)?)))
    })
}

fn postcodes(connection: &Connection, visit: Visit<'_>) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {POSTCODE}, fingerprint, revision, source FROM assetmap.postcodes ORDER BY source, postcode"
    );
    connection.each(&sql, &[], READING, |row| {
        let mut row = Cells::of(row);
        let value = take_postcode(&mut row)?;
        let staged = Staged { line: 0, fingerprint: row.fingerprint()?, raw: String::new(), value };
        let row_of = KeptRow { staged, run: 0, revision: row.whole()? };
        visit(Kept::Postcode { source: row.required()?, row: row_of })
    })
}

fn public_assets(connection: &Connection, visit: Visit<'_>) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {}, a.id, l.postcode, a.line, a.fingerprint, r.raw, a.run, a.revision
         FROM assetmap.assets a LEFT JOIN sealed.correspondence l USING (fid)
         JOIN sealed.raw_rows r ON r.id = a.id AND r.layer = 'assets' ORDER BY fid",
        of_a(ASSET)
    );
    connection.each(&sql, &[], READING, |row| {
        let mut row = Cells::of(row);
        let asset = public_asset(&mut row)?;
        visit(Kept::Asset(Box::new(kept(&mut row, asset)?)))
    })
}

fn sealed_assets(connection: &Connection, visit: Visit<'_>) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {}, a.id, a.correspondence, a.visibility, a.line, a.fingerprint, r.raw, a.run, a.revision
         FROM sealed.assets a JOIN sealed.raw_rows r ON r.id = a.id AND r.layer = 'assets' ORDER BY a.id",
        of_a(ASSET)
    );
    connection.each(&sql, &[], READING, |row| {
        let mut row = Cells::of(row);
        let (mut record, located) = take_asset(&mut row)?;
        let id = row.id()?;
        record.correspondence = row.postcode()?;
        record.visibility = row.word("visibility", Visibility::parse)?;
        let asset = Asset { id, record, located };
        visit(Kept::Asset(Box::new(kept(&mut row, asset)?)))
    })
}

/// From a line, a fingerprint, a row as published, a run and a revision.
pub fn kept<T>(row: &mut Cells<'_>, value: T) -> Result<KeptRow<T>, StoreError> {
    let (line, fingerprint, raw) = (row.whole()?, row.fingerprint()?, row.required()?);
    let staged = Staged { line, fingerprint, raw, value };
    Ok(KeptRow { staged, run: row.whole()?, revision: row.whole()? })
}
