use super::super::connection::Connection;
use crate::money::rows::{POPULATION, SPEND};
use crate::rows::{of, set_excluded};
use crate::tally::MoneyChanges;
use crate::{Revision, StoreError};

const COMPARING: &str = "comparing the new lines with those in the database";
const PUBLISHING: &str = "publishing the new lines";

/// Compares what is staged with what is there.
pub fn compare(connection: &Connection) -> Result<MoneyChanges, StoreError> {
    connection.batch(include_str!("compare_spend.sql"), COMPARING)?;
    let row = connection.one(
        "SELECT (SELECT count(*) FROM spend_change WHERE was_fid IS NULL OR is_back)
              + (SELECT count(*) FROM population_change WHERE NOT was),
                (SELECT count(*) FROM spend_change WHERE was_fid IS NOT NULL AND NOT is_back)
              + (SELECT count(*) FROM population_change WHERE was),
                (SELECT count(*) FROM spend_gone)",
        &[],
        COMPARING,
    )?;
    let count = |at: usize| row.get::<_, i64>(at) as u64;
    Ok(MoneyChanges { created: count(0), updated: count(1), withdrawn: count(2) })
}

/// Puts staged changes into the tables, stamped with a run and a revision unless they bring their own.
pub fn put(connection: &Connection, run: u64, revision: Revision) -> Result<(), StoreError> {
    let (lines, people) = (of("s", SPEND), of("s", POPULATION));
    for sql in [
        "DELETE FROM sealed.raw_rows r USING spend_change c
         WHERE r.id = c.id AND r.layer = 'spend' AND c.was_fid IS NOT NULL"
            .to_owned(),
        format!(
            "INSERT INTO assetmap.spend (fid, id, {SPEND}, fingerprint, line, run, revision, withdrawn, part)
             SELECT c.fid, s.id, {lines}, s.fingerprint, s.line, coalesce(s.run, {run}),
                    coalesce(s.revision, {revision}), s.withdrawn, c.part
             FROM spend_change c JOIN stage_spend s USING (seq)
             ON CONFLICT (fid) DO UPDATE SET {}, fingerprint = excluded.fingerprint, line = excluded.line,
                                             run = excluded.run, revision = excluded.revision,
                                             part = excluded.part, withdrawn = NULL",
            set_excluded(SPEND)
        ),
        "INSERT INTO sealed.raw_rows SELECT 'spend', s.id, s.raw FROM spend_change c JOIN stage_spend s USING (seq)".into(),
        format!(
            "UPDATE assetmap.spend SET withdrawn = {run}, revision = {revision} WHERE fid IN (SELECT fid FROM spend_gone)"
        ),
        format!(
            "INSERT INTO assetmap.populations ({POPULATION}, fingerprint, revision)
             SELECT {people}, s.fingerprint, coalesce(s.revision, {revision})
             FROM population_change c JOIN stage_population s USING (area, year, source)
             ON CONFLICT (area, year, source) DO UPDATE SET {}, fingerprint = excluded.fingerprint,
                                                            revision = excluded.revision",
            set_excluded(POPULATION)
        ),
        format!(
            "UPDATE assetmap.store SET money_revision = {revision},
                    last_spend = greatest(last_spend, (SELECT max(fid) FROM spend_change))"
        ),
    ] {
        connection.batch(&sql, PUBLISHING)?;
    }
    Ok(())
}
