//! Staged changes on their way into the tables.

use super::connection::Connection;
use crate::rows::{ASSET, LOCALITY, POSTCODE, SOURCE};
use crate::{Revision, Run, StoreError, tally};
use model::{AreaCode, Source};

const PUBLISHING: &str = "publishing the new rows";

/// `a, b` as `a = s.a, b = s.b`.
fn set(columns: &str) -> String {
    let of = |column: &str| format!("{column} = s.{column}");
    columns.split(", ").map(of).collect::<Vec<_>>().join(", ")
}

/// `a, b` as `s.a, s.b`.
fn of_stage(columns: &str) -> String {
    columns.split(", ").map(|column| format!("s.{column}")).collect::<Vec<_>>().join(", ")
}

/// The statements that follow one another, with `$1` the run and `$2` the revision as numbers.
fn run_all(connection: &Connection, run: u64, revision: Revision, sql: &[String]) -> Result<(), StoreError> {
    for statement in sql {
        let statement = statement.replace("$1", &run.to_string()).replace("$2", &revision.to_string());
        connection.batch(&statement, PUBLISHING)?;
    }
    Ok(())
}

/// Assets: those that were public and are not leave a tombstone.
pub fn assets(connection: &Connection, run: u64, revision: Revision) -> Result<(), StoreError> {
    let (set, columns) = (set(ASSET), of_stage(ASSET));
    let changed = "asset_change c JOIN stage_asset s USING (seq)";
    let stamp = "fingerprint = s.fingerprint, line = s.line, run = coalesce(s.run, $1),
                 revision = coalesce(s.revision, $2)";
    let stamped = "s.fingerprint, s.line, coalesce(s.run, $1), coalesce(s.revision, $2)";
    run_all(
        connection,
        run,
        revision,
        &[
            "INSERT INTO assetmap.tombstones SELECT id, $2 FROM asset_change
             WHERE was_fid IS NOT NULL AND fid IS NULL
             ON CONFLICT (id) DO UPDATE SET revision = excluded.revision"
                .into(),
            "DELETE FROM assetmap.tombstones t USING asset_change c WHERE t.id = c.id AND c.fid IS NOT NULL".into(),
            "DELETE FROM assetmap.assets a USING asset_change c WHERE a.fid = c.was_fid AND c.fid IS NULL".into(),
            "DELETE FROM sealed.assets a USING asset_change c
             WHERE a.id = c.id AND c.was_sealed AND c.fid IS NOT NULL"
                .into(),
            "DELETE FROM sealed.correspondence l USING asset_change c WHERE l.fid = c.was_fid".into(),
            "DELETE FROM sealed.raw_rows r USING asset_change c
             WHERE r.id = c.id AND r.layer = 'assets' AND (c.was_fid IS NOT NULL OR c.was_sealed)"
                .into(),
            format!(
                "UPDATE assetmap.assets a SET {set}, {stamp} FROM {changed}
                 WHERE a.fid = c.was_fid AND c.fid IS NOT NULL"
            ),
            format!(
                "INSERT INTO assetmap.assets (fid, id, {ASSET}, fingerprint, line, run, revision)
                 SELECT c.fid, s.id, {columns}, {stamped} FROM {changed}
                 WHERE c.fid IS NOT NULL AND c.was_fid IS NULL"
            ),
            format!(
                "UPDATE sealed.assets a SET visibility = s.visibility, correspondence = s.correspondence, {set}, {stamp}
                 FROM {changed} WHERE a.id = s.id AND c.was_sealed AND c.fid IS NULL"
            ),
            format!(
                "INSERT INTO sealed.assets (id, visibility, correspondence, {ASSET}, fingerprint, line, run, revision)
                 SELECT s.id, s.visibility, s.correspondence, {columns}, {stamped} FROM {changed}
                 WHERE c.fid IS NULL AND NOT c.was_sealed"
            ),
            format!(
                "INSERT INTO sealed.correspondence SELECT c.fid, s.correspondence FROM {changed}
                 WHERE c.fid IS NOT NULL AND s.correspondence IS NOT NULL"
            ),
            format!("INSERT INTO sealed.raw_rows SELECT 'assets', s.id, s.raw FROM {changed}"),
            "UPDATE assetmap.store SET last_asset = greatest(last_asset, (SELECT max(fid) FROM asset_change))".into(),
        ],
    )
}

/// Areas.
pub fn areas(connection: &Connection, run: u64, revision: Revision) -> Result<(), StoreError> {
    let (set, columns) = (set(LOCALITY), of_stage(LOCALITY));
    let changed = "area_change c JOIN stage_area s USING (seq)";
    run_all(
        connection,
        run,
        revision,
        &[
            "DELETE FROM sealed.raw_rows r USING area_change c
             WHERE r.id = c.id AND r.layer = 'localities' AND c.was_fid IS NOT NULL"
                .into(),
            format!(
                "UPDATE assetmap.localities l SET {set}, fingerprint = s.fingerprint, line = s.line,
                        run = coalesce(s.run, $1), revision = coalesce(s.revision, $2)
                 FROM {changed} WHERE l.fid = c.was_fid"
            ),
            format!(
                "INSERT INTO assetmap.localities (fid, id, {LOCALITY}, fingerprint, line, run, revision)
                 SELECT c.fid, s.id, {columns}, s.fingerprint, s.line, coalesce(s.run, $1), coalesce(s.revision, $2)
                 FROM {changed} WHERE c.was_fid IS NULL"
            ),
            format!("INSERT INTO sealed.raw_rows SELECT 'localities', s.id, s.raw FROM {changed}"),
            "UPDATE assetmap.store
             SET last_locality = greatest(last_locality, (SELECT max(fid) FROM area_change))"
                .into(),
        ],
    )
}

/// Postcodes.
pub fn postcodes(connection: &Connection, revision: Revision) -> Result<(), StoreError> {
    let (set, columns) = (set(POSTCODE), of_stage(POSTCODE));
    let changed = "postcode_change c JOIN stage_postcode s USING (postcode, source)";
    run_all(
        connection,
        0,
        revision,
        &[
            format!(
                "UPDATE assetmap.postcodes p
                 SET {set}, fingerprint = s.fingerprint, revision = coalesce(s.revision, $2)
                 FROM {changed} WHERE p.postcode = s.postcode AND p.source = s.source AND c.was"
            ),
            format!(
                "INSERT INTO assetmap.postcodes ({POSTCODE}, source, fingerprint, revision)
                 SELECT {columns}, s.source, s.fingerprint, coalesce(s.revision, $2) FROM {changed}
                 WHERE NOT c.was"
            ),
        ],
    )
}

/// The source, with so many public records more; stamped when it changed.
pub fn source(
    connection: &Connection,
    source: &Source,
    more: i64,
    changed: Option<Revision>,
) -> Result<(), StoreError> {
    let covers: Vec<&str> = source.covers.iter().map(AreaCode::as_str).collect();
    let area_names = (!source.area_names.is_empty())
        .then(|| serde_json::to_string(&source.area_names).expect("codes and names are text"));
    let same = SOURCE.split(", ").map(|c| format!("{c} = excluded.{c}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "INSERT INTO assetmap.sources AS old ({SOURCE}, records, revision)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9, $10, coalesce($11::bigint, 0))
         ON CONFLICT (id) DO UPDATE SET {same}, records = old.records + excluded.records,
                                        revision = coalesce($11::bigint, old.revision)"
    );
    connection
        .execute(
            &sql,
            &[
                &source.id,
                &source.title,
                &source.publisher,
                &source.licence,
                &source.attribution,
                &source.kind.as_str(),
                &covers,
                &area_names,
                &source.as_of.map(|d| d.to_string()),
                &more,
                &changed.map(|revision| revision as i64),
            ],
            PUBLISHING,
        )
        .map(drop)
}

/// A past import.
pub fn run(connection: &Connection, run: &Run) -> Result<(), StoreError> {
    let report = &run.report;
    let number = |number: u64| number as i64;
    connection
        .execute(
            "INSERT INTO assetmap.runs (run, source, at, revision, file, profile, sha256, read, created, updated,
                                        unchanged, merged, rejected, reasons)
             VALUES ($1, $2, $3::text::timestamptz, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text::jsonb)",
            &[
                &number(run.run),
                &run.source,
                &run.at,
                &number(run.revision),
                &report.file,
                &report.profile,
                &report.sha256,
                &number(report.read),
                &number(run.created),
                &number(run.updated),
                &number(run.unchanged),
                &number(report.merged),
                &number(report.rejected),
                &tally::reasons(report),
            ],
            PUBLISHING,
        )
        .map(drop)
}
