use super::super::metadata;
use super::super::publish::{Stamp, last_fid};
use crate::StoreError;
use crate::error::Doing;
use crate::money::rows::{POPULATION, SPEND};
use crate::rows::set_excluded;
use crate::tally::MoneyChanges;
use rusqlite::{Connection, Transaction, params};

const COMPARING: &str = "comparing the new lines with those in the store";
const PUBLISHING: &str = "writing the GeoPackage";

/// Compares what is staged with what is there.
pub fn compare(tx: &Transaction<'_>, source: &str) -> Result<MoneyChanges, StoreError> {
    let last = last_fid(tx, "spend")?;
    tx.execute(include_str!("parts_again.sql"), [source]).doing(COMPARING)?;
    tx.execute(include_str!("compare_spend.sql"), [last]).doing(COMPARING)?;
    tx.execute(include_str!("withdraw_spend.sql"), [source]).doing(COMPARING)?;
    tx.execute(include_str!("compare_populations.sql"), [source]).doing(COMPARING)?;
    let sql = "SELECT (SELECT count(*) FILTER (WHERE was_fid IS NULL OR is_back) FROM stage.spend_change)
                    + (SELECT count(*) FILTER (WHERE was_fid IS NULL) FROM stage.population_change),
                      (SELECT count(*) FILTER (WHERE was_fid IS NOT NULL AND NOT is_back) FROM stage.spend_change)
                    + (SELECT count(*) FILTER (WHERE was_fid IS NOT NULL) FROM stage.population_change),
                      (SELECT count(*) FROM stage.spend_gone)";
    tx.query_row(sql, [], |row| {
        Ok(MoneyChanges { created: row.get(0)?, updated: row.get(1)?, withdrawn: row.get(2)? })
    })
    .doing(COMPARING)
}

/// Puts staged changes into the tables.
pub fn put(tx: &Transaction<'_>, source: &str, stamp: &Stamp) -> Result<(), StoreError> {
    let lines = format!(
        "INSERT OR FAIL INTO main.spend (fid, id, {SPEND}, fingerprint, line, run, revision, part)
         SELECT c.fid, s.id, {SPEND}, s.fingerprint, s.line, ?1, ?2, c.part
         FROM stage.spend_change c CROSS JOIN stage.spend s ON s.seq = c.seq WHERE TRUE
         ON CONFLICT (fid) DO UPDATE SET {}, fingerprint = excluded.fingerprint, line = excluded.line,
                                         run = excluded.run, revision = excluded.revision, part = excluded.part,
                                         withdrawn = NULL",
        set_excluded(SPEND)
    );
    run(tx, &lines, params![stamp.run, stamp.revision])?;
    let gone =
        "UPDATE main.spend SET withdrawn = ?1, revision = ?2 WHERE fid IN (SELECT fid FROM stage.spend_gone)";
    run(tx, gone, params![stamp.run, stamp.revision])?;
    let columns = POPULATION.split(", ").map(|c| format!("s.{c}")).collect::<Vec<_>>().join(", ");
    let people = format!(
        "INSERT OR FAIL INTO main.populations ({POPULATION}, fingerprint, revision)
         SELECT {columns}, s.fingerprint, ?2
         FROM stage.population_change c CROSS JOIN stage.population s USING (area, year) WHERE s.source = ?1
         ON CONFLICT (area, year, source) DO UPDATE SET {}, fingerprint = excluded.fingerprint,
                                                        revision = excluded.revision",
        set_excluded(POPULATION)
    );
    run(tx, &people, params![source, stamp.revision])?;
    run(tx, "UPDATE main.assetmap_store SET money_revision = ?1", params![stamp.revision])?;
    ["spend", "populations"].iter().try_for_each(|table| metadata::touch(tx, table, &stamp.now))
}

fn run(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<(), StoreError> {
    conn.execute(sql, params).doing(PUBLISHING).map(drop)
}
