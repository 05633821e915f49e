//! Money to and from another home.

use super::super::columns::{Binder, Cells, bind_stamp, insert};
use super::super::read::{each, id_of};
use super::super::take_out::{kept, raw_of};
use super::{allocations, each_weights};
use crate::error::Doing;
use crate::money::rows::{
    PLACED, PLACED_WIDTH, POPULATION, POPULATION_WIDTH, SPEND, SPEND_WIDTH, put_placed, put_population,
    put_spend, take_placed, take_population, take_spend,
};
use crate::rows::of;
use crate::{Kept, KeptPlacement, KeptPopulation, KeptRow, StoreError};
use model::{AssetId, Fingerprint, SpendRecord};
use rusqlite::Connection;

const READING: &str = "reading everything in the store";
const FILLING: &str = "filling the store";

pub fn take_out(
    conn: &Connection,
    revision: u64,
    visit: &mut dyn FnMut(Kept) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let lines = format!(
        "SELECT {SPEND}, line, fingerprint, {}, run, revision, withdrawn, fid, part FROM main.spend a ORDER BY fid",
        raw_of("spend")
    );
    each(conn, &lines, [revision], |row| {
        let line = take_spend(&mut Cells::of(row))?;
        let withdrawn = row.get(SPEND_WIDTH + 5).doing(READING)?;
        let number = row.get(SPEND_WIDTH + 6).doing(READING)?;
        let part = row.get(SPEND_WIDTH + 7).doing(READING)?;
        visit(Kept::Spend { number, row: Box::new(kept(row, SPEND_WIDTH, line)?), withdrawn, part })
    })?;
    let people = format!(
        "SELECT {POPULATION}, fingerprint, revision FROM main.populations ORDER BY source, area, year"
    );
    each(conn, &people, [], |row| {
        let record = take_population(&mut Cells::of(row))?;
        let fingerprint = Fingerprint(row.get(POPULATION_WIDTH).doing(READING)?);
        let revision = row.get(POPULATION_WIDTH + 1).doing(READING)?;
        visit(Kept::Population(KeptPopulation { record, fingerprint, revision }))
    })?;
    let past = allocations(conn, None, usize::MAX)?;
    past.into_iter().rev().try_for_each(|allocation| visit(Kept::Allocation(allocation)))?;
    each_weights(conn, "TRUE", &mut |set| visit(Kept::Weights(set)))?;
    let placements = format!(
        "SELECT {}, s.id, p.since, p.until FROM main.placements p JOIN main.spend s ON s.fid = p.spend_fid
         ORDER BY p.since, s.fid",
        of("p", PLACED)
    );
    each(conn, &placements, [], |row| {
        let placed = take_placed(&mut Cells::of(row))?;
        let placed = placed.ok_or_else(|| StoreError::unreadable("placement", ""))?;
        let (since, until) =
            (row.get(PLACED_WIDTH + 1).doing(READING)?, row.get(PLACED_WIDTH + 2).doing(READING)?);
        visit(Kept::Placement(Box::new(KeptPlacement {
            line: id_of(row, PLACED_WIDTH)?,
            placed,
            since,
            until,
        })))
    })
}

/// Puts a line with its number.
pub fn put_line(
    conn: &Connection,
    number: u64,
    row: &KeptRow<SpendRecord>,
    withdrawn: Option<u64>,
    part: Option<u64>,
) -> Result<(), StoreError> {
    let record = &row.staged.value;
    let columns = format!("{SPEND}, id, line, fingerprint, run, revision, withdrawn, fid, part");
    let bind = |r: &mut Binder<'_, '_>| {
        put_spend(r, record)?;
        r.bind(AssetId::of(&record.source, &record.key).to_string())?;
        bind_stamp(r, row)?;
        r.bind(withdrawn)?;
        r.bind(number)?;
        r.bind(part)
    };
    insert(conn, "INSERT INTO spend", &columns, SPEND_WIDTH + 8, FILLING, bind)
}

pub fn put_people(conn: &Connection, people: &KeptPopulation) -> Result<(), StoreError> {
    let columns = format!("{POPULATION}, fingerprint, revision");
    insert(conn, "INSERT INTO populations", &columns, POPULATION_WIDTH + 2, FILLING, |r| {
        put_population(r, &people.record)?;
        r.bind(people.fingerprint.0)?;
        r.bind(people.revision)
    })
}

pub fn put_placement(conn: &Connection, of: &KeptPlacement) -> Result<(), StoreError> {
    let number = "SELECT fid FROM spend WHERE id = ?1";
    let number: i64 = conn
        .prepare_cached(number)
        .and_then(|mut statement| statement.query_row([of.line.to_string()], |row| row.get(0)))
        .doing(FILLING)?;
    let columns = format!("{PLACED}, spend_fid, since, until");
    insert(conn, "INSERT INTO placements", &columns, PLACED_WIDTH + 3, FILLING, |row| {
        put_placed(row, &of.placed)?;
        row.bind(number)?;
        row.bind(of.since)?;
        row.bind(of.until)
    })
}
