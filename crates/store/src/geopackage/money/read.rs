use super::super::columns::Cells;
use super::super::read::{each, id_of};
use super::super::sealed;
use crate::error::Doing;
use crate::money::rows::{
    PLACED, PLACED_WIDTH, POPULATION, SPEND, SPEND_WIDTH, WEIGHTS, take_placed, take_population, take_spend,
    take_weights,
};
use crate::rows::of;
use crate::{Allocation, Money, PlacedLine, Revision, SpendLine, StoreError, Weights};
use model::AssetId;
use rusqlite::{Connection, OptionalExtension, Row, params};

const READING: &str = "reading public money";

pub fn money_revision(conn: &Connection) -> Result<Revision, StoreError> {
    conn.query_row("SELECT money_revision FROM main.assetmap_store", [], |row| row.get(0)).doing(READING)
}

pub fn money(conn: &Connection, visit: &mut dyn FnMut(Money)) -> Result<Revision, StoreError> {
    let (tx, revision) = sealed::snapshot(conn)?;
    allocations(&tx, None, 1)?.into_iter().for_each(|newest| visit(Money::Allocation(newest)));
    let needed = "id IN (SELECT weight_set FROM main.placements WHERE until IS NULL)";
    each_weights(&tx, needed, &mut |set| {
        visit(Money::Weights(set));
        Ok(())
    })?;
    let people = format!("SELECT {POPULATION} FROM main.populations ORDER BY area, year, source");
    each(&tx, &people, [], |row| {
        take_population(&mut Cells::of(row)).map(|people| visit(Money::Population(people)))
    })?;
    each(&tx, &format!("{} WHERE s.withdrawn IS NULL ORDER BY s.fid", select()), [], |row| {
        line_of(row).map(|line| visit(Money::Line(Box::new(line))))
    })?;
    Ok(revision)
}

/// Lines with where they are placed now.
fn select() -> String {
    format!(
        "SELECT {}, {}, s.fid, s.id, s.run, s.line
         FROM main.spend s LEFT JOIN main.placements p ON p.spend_fid = s.fid AND p.until IS NULL",
        of("s", SPEND),
        of("p", PLACED)
    )
}

const AFTER: usize = SPEND_WIDTH + PLACED_WIDTH;

fn line_of(row: &Row<'_>) -> Result<SpendLine, StoreError> {
    let mut cells = Cells::of(row);
    let record = take_spend(&mut cells)?;
    let placed = take_placed(&mut cells)?;
    Ok(SpendLine {
        number: row.get(AFTER).doing(READING)?,
        id: id_of(row, AFTER + 1)?,
        record,
        run: row.get(AFTER + 2).doing(READING)?,
        line: row.get(AFTER + 3).doing(READING)?,
        placed,
    })
}

pub fn lines(conn: &Connection, numbers: &[u64]) -> Result<Vec<SpendLine>, StoreError> {
    let tx = conn.unchecked_transaction().doing(READING)?;
    let sql = format!("{} WHERE s.fid = ?1 AND s.withdrawn IS NULL", select());
    let mut found = Vec::with_capacity(numbers.len());
    for number in numbers {
        each(&tx, &sql, [number], |row| line_of(row).map(|line| found.push(line)))?;
    }
    Ok(found)
}

pub fn line(conn: &Connection, id: AssetId) -> Result<Option<(SpendLine, String)>, StoreError> {
    let (tx, revision) = sealed::snapshot(conn)?;
    let mut found = None;
    let sql = format!("{} WHERE s.id = ?1 AND s.withdrawn IS NULL", select());
    each(&tx, &sql, [id.to_string()], |row| {
        found = Some(line_of(row)?);
        Ok(())
    })?;
    let Some(line) = found else { return Ok(None) };
    let raw = "SELECT r.raw FROM sealed.sealed_raw r LEFT JOIN sealed.sealed_raw_over o ON o.row = r.row
               WHERE r.layer = 'spend' AND r.fid = ?1 AND r.revision <= ?2 AND (o.until IS NULL OR o.until > ?2)";
    let raw: Option<String> =
        tx.query_row(raw, params![line.number, revision], |row| row.get(0)).optional().doing(READING)?;
    Ok(Some((line, raw.unwrap_or_default())))
}

pub fn allocations(
    conn: &Connection,
    before: Option<u64>,
    limit: usize,
) -> Result<Vec<Allocation>, StoreError> {
    let mut found = Vec::new();
    let sql = "SELECT allocation, at, revision, rules_version, rules, options, lines, changed
               FROM main.allocations WHERE allocation < ?1 ORDER BY allocation DESC LIMIT ?2";
    let before = before.map_or(i64::MAX, |number| i64::try_from(number).unwrap_or(i64::MAX));
    each(conn, sql, params![before, i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
        found.push(allocation_of(row).doing(READING)?);
        Ok(())
    })?;
    Ok(found)
}

fn allocation_of(row: &Row<'_>) -> rusqlite::Result<Allocation> {
    Ok(Allocation {
        allocation: row.get(0)?,
        at: row.get(1)?,
        revision: row.get(2)?,
        rules_version: row.get(3)?,
        rules: row.get(4)?,
        options: row.get(5)?,
        lines: row.get(6)?,
        changed: row.get(7)?,
    })
}

/// Each set of weights that fulfils a condition, in the order of their ids.
pub fn each_weights(
    conn: &Connection,
    condition: &str,
    visit: &mut dyn FnMut(Weights) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = format!("SELECT {WEIGHTS} FROM main.weight_sets WHERE {condition} ORDER BY id");
    each(conn, &sql, [], |row| visit(take_weights(&mut Cells::of(row))?))
}

pub fn placements(
    conn: &Connection,
    allocation: u64,
    visit: &mut dyn FnMut(PlacedLine),
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {}, s.fid, s.id, s.pence FROM main.placements p JOIN main.spend s ON s.fid = p.spend_fid
         WHERE p.since <= ?1 AND (p.until IS NULL OR p.until > ?1) ORDER BY s.fid",
        of("p", PLACED)
    );
    each(conn, &sql, [allocation], |row| {
        let placed = take_placed(&mut Cells::of(row))?;
        let placed = placed.ok_or_else(|| StoreError::unreadable("placement", ""))?;
        let (number, pence) =
            (row.get(PLACED_WIDTH).doing(READING)?, row.get(PLACED_WIDTH + 2).doing(READING)?);
        visit(PlacedLine { number, id: id_of(row, PLACED_WIDTH + 1)?, pence, placed });
        Ok(())
    })
}
