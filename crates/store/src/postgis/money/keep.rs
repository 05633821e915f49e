//! Money to and from another home.

use super::super::cells::{Cells, CopyRows};
use super::super::connection::Connection;
use super::super::read::of_a;
use super::super::take_out::kept;
use super::allocate::HAS_NUL;
use super::allocations;
use super::read::each_weights;
use crate::money::rows::{
    PLACED, PLACED_WIDTH, POPULATION, SPEND, put_placed, take_placed, take_population, take_spend,
};
use crate::rows::of;
use crate::{Kept, KeptPlacement, KeptPopulation, StoreError};

const READING: &str = "reading everything in the database";
const FILLING: &str = "filling the database";

pub fn take_out(
    connection: &Connection,
    visit: &mut dyn FnMut(Kept) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let lines = format!(
        "SELECT {}, a.line, a.fingerprint, r.raw, a.run, a.revision, a.withdrawn, a.fid, a.part
         FROM assetmap.spend a JOIN sealed.raw_rows r ON r.id = a.id AND r.layer = 'spend' ORDER BY a.fid",
        of_a(SPEND)
    );
    connection.each(&lines, &[], READING, |row| {
        let mut row = Cells::of(row);
        let line = take_spend(&mut row)?;
        let kept = Box::new(kept(&mut row, line)?);
        let withdrawn = row.value::<Option<i64>>()?.map(|run| run as u64);
        let number = row.whole()?;
        let part = row.value::<Option<i64>>()?.map(|run| run as u64);
        visit(Kept::Spend { number, row: kept, withdrawn, part })
    })?;
    let people = format!(
        "SELECT {POPULATION}, fingerprint, revision FROM assetmap.populations
         ORDER BY source, area COLLATE \"C\", year"
    );
    connection.each(&people, &[], READING, |row| {
        let mut row = Cells::of(row);
        let record = take_population(&mut row)?;
        let (fingerprint, revision) = (row.fingerprint()?, row.whole()?);
        visit(Kept::Population(KeptPopulation { record, fingerprint, revision }))
    })?;
    let past = allocations(connection, None, usize::MAX)?;
    past.into_iter().rev().try_for_each(|allocation| visit(Kept::Allocation(allocation)))?;
    each_weights(connection, "TRUE", &mut |set| visit(Kept::Weights(set)))?;
    let placements = format!(
        "SELECT {}, s.id, p.since, p.until FROM assetmap.placements p JOIN assetmap.spend s ON s.fid = p.spend_fid
         ORDER BY p.since, s.fid",
        of("p", PLACED)
    );
    connection.each(&placements, &[], READING, |row| {
        let mut row = Cells::of(row);
        let placed = take_placed(&mut row)?.ok_or_else(|| StoreError::unreadable("placement", ""))?;
        let (line, since) = (row.id()?, row.whole()?);
        let until = row.value::<Option<i64>>()?.map(|allocation| allocation as u64);
        visit(Kept::Placement(Box::new(KeptPlacement { line, placed, since, until })))
    })
}

/// Puts placements of lines that are there.
pub fn put_placements(connection: &Connection, placements: &[KeptPlacement]) -> Result<(), StoreError> {
    if placements.is_empty() {
        return Ok(());
    }
    connection.batch(
        &format!(
            "CREATE TEMP TABLE kept_placement AS
             SELECT NULL::uuid AS id, {PLACED}, since, until FROM assetmap.placements WITH NO DATA"
        ),
        FILLING,
    )?;
    let mut rows = CopyRows::of(PLACED_WIDTH + 3);
    for KeptPlacement { line, placed, since, until } in placements {
        rows.start_row();
        rows.id(*line);
        put_placed(&mut rows, placed).map_err(|_| HAS_NUL)?;
        rows.whole(*since);
        match until {
            Some(until) => rows.whole(*until),
            None => rows.null(),
        }
    }
    connection.copy_in("kept_placement", rows, FILLING)?;
    let put = format!(
        "INSERT INTO assetmap.placements (spend_fid, {PLACED}, since, until)
         SELECT s.fid, {}, k.since, k.until FROM kept_placement k JOIN assetmap.spend s USING (id)",
        of("k", PLACED)
    );
    connection.batch(&put, FILLING)
}
