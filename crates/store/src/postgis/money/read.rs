use super::super::cells::Cells;
use super::super::connection::Connection;
use super::super::read::{at_one_moment, revision};
use crate::money::rows::{
    PLACED, POPULATION, SPEND, WEIGHTS, take_placed, take_population, take_spend, take_weights,
};
use crate::rows::{Take, of};
use crate::{Allocation, Money, PlacedLine, Revision, SpendLine, StoreError, Weights};
use model::AssetId;

const READING: &str = "reading public money";

pub fn money_revision(connection: &Connection) -> Result<Revision, StoreError> {
    let row = connection.one("SELECT money_revision FROM assetmap.store", &[], READING)?;
    Ok(row.get::<_, i64>(0) as u64)
}

pub fn money(connection: &Connection, visit: &mut dyn FnMut(Money)) -> Result<Revision, StoreError> {
    at_one_moment(connection, |connection| {
        let revision = revision(connection)?;
        allocations(connection, None, 1)?.into_iter().for_each(|newest| visit(Money::Allocation(newest)));
        let needed = "id IN (SELECT weight_set FROM assetmap.placements WHERE until IS NULL)";
        each_weights(connection, needed, &mut |set| {
            visit(Money::Weights(set));
            Ok(())
        })?;
        let people = format!(
            "SELECT {POPULATION} FROM assetmap.populations ORDER BY area COLLATE \"C\", year, source"
        );
        connection.each(&people, &[], READING, |row| {
            take_population(&mut Cells::of(row)).map(|people| visit(Money::Population(people)))
        })?;
        let lines = format!("{} WHERE s.withdrawn IS NULL ORDER BY s.fid", select(""));
        connection.each(&lines, &[], READING, |row| {
            line_of(&mut Cells::of(row)).map(|line| visit(Money::Line(Box::new(line))))
        })?;
        Ok(revision)
    })
}

/// Lines with where they are placed now.
fn select(more: &str) -> String {
    format!(
        "SELECT {}, {}, s.fid, s.id, s.run, s.line{more}
         FROM assetmap.spend s LEFT JOIN assetmap.placements p ON p.spend_fid = s.fid AND p.until IS NULL",
        of("s", SPEND),
        of("p", PLACED)
    )
}

fn line_of(row: &mut Cells<'_>) -> Result<SpendLine, StoreError> {
    let record = take_spend(row)?;
    let placed = take_placed(row)?;
    Ok(SpendLine {
        number: row.whole()?,
        id: row.id()?,
        record,
        run: row.whole()?,
        line: row.whole()?,
        placed,
    })
}

pub fn lines(connection: &Connection, numbers: &[u64]) -> Result<Vec<SpendLine>, StoreError> {
    let numbers: Vec<i64> = numbers.iter().map(|number| *number as i64).collect();
    let sql = format!(
        "{} JOIN unnest($1::bigint[]) WITH ORDINALITY AS wanted (fid, place) ON wanted.fid = s.fid
         WHERE s.withdrawn IS NULL ORDER BY wanted.place",
        select("")
    );
    connection.all(&sql, &[&numbers], READING)?.iter().map(|row| line_of(&mut Cells::of(row))).collect()
}

pub fn line(connection: &Connection, id: AssetId) -> Result<Option<(SpendLine, String)>, StoreError> {
    let raw = ", (SELECT r.raw FROM sealed.raw_rows r WHERE r.id = s.id AND r.layer = 'spend')";
    let sql = format!("{} WHERE s.id = $1::text::uuid AND s.withdrawn IS NULL", select(raw));
    let rows = connection.all(&sql, &[&id.to_string()], READING)?;
    let Some(row) = rows.first() else { return Ok(None) };
    let mut row = Cells::of(row);
    Ok(Some((line_of(&mut row)?, row.owned()?.unwrap_or_default())))
}

pub fn allocations(
    connection: &Connection,
    before: Option<u64>,
    limit: usize,
) -> Result<Vec<Allocation>, StoreError> {
    let before = before.map_or(i64::MAX, |number| i64::try_from(number).unwrap_or(i64::MAX));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let sql =
        "SELECT allocation, to_char(at, 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'), revision, rules_version, rules,
                      options, lines, changed
               FROM assetmap.allocations WHERE allocation < $1 ORDER BY allocation DESC LIMIT $2";
    let rows = connection.all(sql, &[&before, &limit], READING)?;
    rows.iter().map(|row| allocation_of(&mut Cells::of(row))).collect()
}

fn allocation_of(row: &mut Cells<'_>) -> Result<Allocation, StoreError> {
    Ok(Allocation {
        allocation: row.whole()?,
        at: row.required()?,
        revision: row.whole()?,
        rules_version: row.required()?,
        rules: row.required()?,
        options: row.required()?,
        lines: row.whole()?,
        changed: row.whole()?,
    })
}

/// Each set of weights that fulfils a condition, in the order of their ids.
pub fn each_weights(
    connection: &Connection,
    condition: &str,
    visit: &mut dyn FnMut(Weights) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = format!("SELECT {WEIGHTS} FROM assetmap.weight_sets WHERE {condition} ORDER BY id");
    connection.each(&sql, &[], READING, |row| visit(take_weights(&mut Cells::of(row))?))
}

pub fn placements(
    connection: &Connection,
    allocation: u64,
    visit: &mut dyn FnMut(PlacedLine),
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {}, s.fid, s.id, s.pence FROM assetmap.placements p JOIN assetmap.spend s ON s.fid = p.spend_fid
         WHERE p.since <= $1 AND (p.until IS NULL OR p.until > $1) ORDER BY s.fid",
        of("p", PLACED)
    );
    connection.each(&sql, &[&(allocation as i64)], READING, |row| {
        let mut row = Cells::of(row);
        let placed = take_placed(&mut row)?.ok_or_else(|| StoreError::unreadable("placement", ""))?;
        visit(PlacedLine { number: row.whole()?, id: row.id()?, pence: row.integer()?, placed });
        Ok(())
    })
}
