//! Makes what is staged the truth: compares it with what is there, commits the sealed twin, then the GeoPackage.

use super::columns::Binder;
use super::money;
use super::overlay::{self, Overlay};
use super::stage::FileImport;
use super::{guard, metadata, read, sealed};
use crate::error::Doing;
use crate::rows::{self, ASSET, LOCALITY, POSTCODE, SOURCE, set_excluded};
use crate::tally::{self, Compared, MoneyChanges};
use crate::{FileReport, Published, Run, StoreError};
use model::Source;
use rusqlite::{Connection, OptionalExtension, Params, Transaction, TransactionBehavior, params};

const COMPARING: &str = "comparing the new rows with those in the store";
const SEALING: &str = "writing the sealed twin";
const PUBLISHING: &str = "writing the GeoPackage";

/// More new rows than this may be worth making an index anew.
const MANY: u64 = 20_000;

/// What the comparison found.
#[derive(Debug, Clone, Copy, Default)]
struct All {
    assets: Changes,
    areas: Changes,
    postcodes: Changes,
    money: MoneyChanges,
}

/// Rows of one table that are new or different.
#[derive(Debug, Clone, Copy, Default)]
struct Changes {
    created: u64,
    updated: u64,
    /// How many public ones more there will be; below zero when more are hidden than shown.
    public: i64,
    /// Assets that are public now and will not be.
    hidden: u64,
    /// Whether a geometry that the table's extent was made of goes away.
    leaves: bool,
}

impl Changes {
    fn any(self) -> bool {
        self.created + self.updated > 0
    }
}

/// The stamp on the rows of one publication.
pub struct Stamp {
    pub run: u64,
    /// The revision afterwards.
    pub revision: u64,
    pub now: String,
}

pub fn publish(import: FileImport, given: &Source, report: &FileReport) -> Result<Published, StoreError> {
    import.still_whole()?;
    tally::check_published_as(given, &import.source)?;
    let conn = &import.writer.conn;
    let before = read::revision(conn)?;
    let stored = read::source(conn, &given.id)?;
    let source = tally::merged(stored.as_ref(), given);
    let known = records_of(conn, &source.id)?;
    refuse_doubles(conn)?;
    let overlay = overlay::lay(conn, before)?;
    let mut changes = compare(conn, &source.id)?;
    changes.assets.leaves |= overlay.any;

    let [assets, areas, postcodes] = [changes.assets, changes.areas, changes.postcodes];
    let compared = Compared {
        staged: import.staged.all(),
        created: assets.created + areas.created + postcodes.created + changes.money.created,
        updated: assets.updated + areas.updated + postcodes.updated + changes.money.updated,
        withdrawn: changes.money.withdrawn,
        known,
        source_changed: stored.as_ref() != Some(&source),
    };
    let changed = compared.changed();
    let published = compared.published(next_run(conn)?, before);
    let stamp = Stamp { run: published.run, revision: published.revision, now: tally::now() };

    if changed {
        seal(conn, &overlay, &stamp)?;
    }
    let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate).doing(PUBLISHING)?;
    guard::open(&tx)?;
    if changed {
        put_source(
            &tx,
            &source,
            assets.public + areas.public + postcodes.public + changes.money.more(),
            compared.source_changed,
            &stamp,
        )?;
        put_assets(&tx, assets, &import, &stamp)?;
        put_areas(&tx, areas, &import, &stamp)?;
        put_postcodes(&tx, postcodes, &source.id, &stamp)?;
        if changes.money.any() {
            money::put(&tx, &source.id, &stamp)?;
        }
        if overlay.unplaced {
            run_sql(&tx, "UPDATE main.assetmap_store SET relocation_due = 1", [], PUBLISHING)?;
        }
        run_sql(&tx, "UPDATE main.assetmap_store SET revision = ?1", [stamp.revision], PUBLISHING)?;
        if areas.any() || postcodes.any() || tally::renames(stored.as_ref(), &source) {
            run_sql(&tx, "UPDATE main.assetmap_store SET places_revision = revision", [], PUBLISHING)?;
        }
    }
    put_run(&tx, &source.id, report, &published, &stamp)?;
    guard::close(&tx)?;
    tx.commit().doing(PUBLISHING)?;

    import.writer.tidy_up();
    Ok(published)
}

/// How many records of a source there are, sealed ones too.
fn records_of(conn: &Connection, source: &str) -> Result<u64, StoreError> {
    conn.query_row(
        "SELECT coalesce((SELECT records FROM main.sources WHERE id = ?1), 0)
              + (SELECT count(*) FROM sealed.sealed_assets WHERE source = ?1 AND until IS NULL)",
        [source],
        |row| row.get(0),
    )
    .doing(COMPARING)
}

fn next_run(conn: &Connection) -> Result<u64, StoreError> {
    conn.query_row("SELECT coalesce(max(run), 0) + 1 FROM main.runs", [], |row| row.get(0)).doing(COMPARING)
}

/// The number after which new features are numbered; numbers are never used again.
pub fn last_fid(conn: &Connection, table: &str) -> Result<u64, StoreError> {
    conn.query_row("SELECT seq FROM main.sqlite_sequence WHERE name = ?1", [table], |row| row.get(0))
        .optional()
        .map(Option::unwrap_or_default)
        .doing(COMPARING)
}

fn run_sql(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    doing: &'static str,
) -> Result<usize, StoreError> {
    conn.execute(sql, params).doing(doing)
}

/// A key is given at most once in a file. Those whose half is there twice are looked at more closely.
fn refuse_doubles(conn: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT max(line) FROM stage.asset
               WHERE half IN (SELECT half FROM stage.asset GROUP BY half HAVING count(*) > 1)
               GROUP BY id HAVING count(*) > 1 LIMIT 1";
    match conn.query_row(sql, [], |row| row.get(0)).optional().doing(COMPARING)? {
        Some(line) => Err(StoreError::given_twice(line)),
        None => Ok(()),
    }
}

fn compare(conn: &Connection, source: &str) -> Result<All, StoreError> {
    let tx = conn.unchecked_transaction().doing(COMPARING)?;
    run_sql(&tx, include_str!("compare_assets.sql"), [last_fid(conn, "assets")?], COMPARING)?;
    run_sql(&tx, include_str!("compare_areas.sql"), [last_fid(conn, "localities")?], COMPARING)?;
    run_sql(&tx, include_str!("compare_postcodes.sql"), [source], COMPARING)?;
    let count = |sql: &str| {
        tx.query_row(sql, [], |row| {
            let (created, updated, public): (u64, u64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Changes { created, updated, public, hidden: row.get(3)?, leaves: row.get(4)? })
        })
        .doing(COMPARING)
    };
    let all = All {
        assets: count(
            "SELECT count(*) FILTER (WHERE was_fid IS NULL AND was_row IS NULL),
                    count(*) FILTER (WHERE was_fid IS NOT NULL OR was_row IS NOT NULL),
                    count(fid) - count(was_fid),
                    count(*) FILTER (WHERE was_fid IS NOT NULL AND fid IS NULL),
                    coalesce(max(leaves), 0)
             FROM stage.asset_change",
        )?,
        areas: count(
            "SELECT count(*) - count(was_fid), count(was_fid), count(*) - count(was_fid), 0, count(was_fid) > 0
             FROM stage.area_change",
        )?,
        postcodes: count(
            "SELECT count(*) - count(was_fid), count(was_fid), count(*) - count(was_fid), 0, 0
             FROM stage.postcode_change",
        )?,
        money: money::compare(&tx, source)?,
    };
    tx.commit().doing(COMPARING)?;
    Ok(all)
}

/// The first of the two commits.
fn seal(conn: &Connection, overlay: &Overlay, stamp: &Stamp) -> Result<(), StoreError> {
    let tx = conn.unchecked_transaction().doing(SEALING)?;
    sealed::stamp(&tx, stamp.revision)?;
    overlay::seal(&tx, overlay, stamp)?;
    let close = |table: &str, changed: &str| {
        let sql = format!("UPDATE sealed.{table} SET until = ?1 WHERE until IS NULL AND {changed}");
        run_sql(&tx, &sql, [stamp.revision], SEALING)
    };
    close("sealed_assets", "row IN (SELECT was_row FROM stage.asset_change WHERE was_row IS NOT NULL)")?;
    close(
        "sealed_correspondence",
        "fid IN (SELECT was_fid FROM stage.asset_change WHERE was_fid IS NOT NULL)",
    )?;
    for (layer, kind) in [("assets", "asset"), ("localities", "area"), ("spend", "spend")] {
        let over = format!(
            "INSERT INTO sealed.sealed_raw_over (row, until) SELECT r.row, ?1
             FROM stage.{kind}_change c CROSS JOIN sealed.sealed_raw r ON r.layer = '{layer}' AND r.fid = c.was_fid
             WHERE c.was_fid IS NOT NULL AND r.row NOT IN (SELECT row FROM sealed.sealed_raw_over)"
        );
        run_sql(&tx, &over, [stamp.revision], SEALING)?;
        let raw = format!(
            "INSERT INTO sealed.sealed_raw (layer, fid, run, line, revision, raw)
             SELECT '{layer}', c.fid, ?1, s.line, ?2, s.raw
             FROM stage.{kind}_change c CROSS JOIN stage.{kind} s ON s.seq = c.seq WHERE c.fid IS NOT NULL"
        );
        run_sql(&tx, &raw, params![stamp.run, stamp.revision], SEALING)?;
    }
    let assets = format!(
        "INSERT INTO sealed.sealed_assets (id, visibility, correspondence, {ASSET}, fingerprint, line, raw, run, revision)
         SELECT s.id, s.visibility, s.correspondence, {ASSET}, s.fingerprint, s.line, s.raw, ?1, ?2
         FROM stage.asset_change c CROSS JOIN stage.asset s ON s.seq = c.seq WHERE c.fid IS NULL"
    );
    run_sql(&tx, &assets, params![stamp.run, stamp.revision], SEALING)?;
    let correspondence = "INSERT INTO sealed.sealed_correspondence (fid, revision, postcode)
         SELECT c.fid, ?1, s.correspondence FROM stage.asset_change c CROSS JOIN stage.asset s ON s.seq = c.seq
         WHERE c.fid IS NOT NULL AND s.correspondence IS NOT NULL";
    run_sql(&tx, correspondence, [stamp.revision], SEALING)?;
    tx.commit().doing(SEALING)
}

/// Makes a source as it is given, with so many more public records.
pub fn put_source(
    tx: &Transaction<'_>,
    source: &Source,
    more: i64,
    changed: bool,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO main.sources ({SOURCE}, records, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (id) DO UPDATE SET {}, records = records + ?10, revision = iif(?12, ?11, revision)",
        set_excluded(SOURCE)
    );
    let mut statement = tx.prepare(&sql).doing(PUBLISHING)?;
    let mut row = Binder::new(&mut statement);
    rows::put_source(&mut row, source)
        .and_then(|()| row.bind(more))
        .and_then(|()| row.bind(stamp.revision))
        .and_then(|()| row.bind(changed))
        .and_then(|()| row.execute())
        .doing(PUBLISHING)?;
    metadata::touch(tx, "sources", &stamp.now)
}

fn put_assets(
    tx: &Transaction<'_>,
    changes: Changes,
    import: &FileImport,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    if !changes.any() {
        return Ok(());
    }
    if changes.hidden > 0 {
        let gone = "FROM stage.asset_change c JOIN stage.asset s ON s.seq = c.seq
                    WHERE c.was_fid IS NOT NULL AND c.fid IS NULL";
        let buried = format!("INSERT OR REPLACE INTO main.tombstones SELECT s.id, ?1 {gone}");
        run_sql(tx, &buried, [stamp.revision], PUBLISHING)?;
        run_sql(
            tx,
            &format!("DELETE FROM main.assets WHERE fid IN (SELECT c.was_fid {gone})"),
            [],
            PUBLISHING,
        )?;
        run_sql(tx, "UPDATE main.assetmap_store SET scrub_due = 1", [], PUBLISHING)?;
    }
    let same = set_excluded(ASSET);
    let sql = format!(
        "INSERT OR FAIL INTO main.assets (fid, id, {ASSET}, fingerprint, line, run, revision)
         SELECT c.fid, s.id, {ASSET}, s.fingerprint, s.line, ?1, ?2
         FROM stage.asset_change c CROSS JOIN stage.asset s ON s.seq = c.seq WHERE c.fid IS NOT NULL
         ON CONFLICT (fid) DO UPDATE SET {same}, fingerprint = excluded.fingerprint, line = excluded.line,
                                         run = excluded.run, revision = excluded.revision"
    );
    // Ids come in no order: for many new rows, an index made at the end is much faster than one kept all the while.
    let rebuild = changes.created > MANY && changes.created > last_fid(tx, "assets")? / 4;
    if rebuild {
        run_sql(tx, "DROP INDEX main.assets_by_id", [], PUBLISHING)?;
    }
    run_sql(tx, &sql, params![stamp.run, stamp.revision], PUBLISHING)?;
    if rebuild {
        run_sql(tx, "CREATE UNIQUE INDEX main.assets_by_id ON assets (id)", [], PUBLISHING)?;
    }
    let back =
        "DELETE FROM main.tombstones WHERE EXISTS (SELECT 1 FROM main.assets a WHERE a.id = tombstones.id)";
    run_sql(tx, back, [], PUBLISHING)?;
    let extent = if changes.leaves {
        metadata::measure_assets(tx)?
    } else {
        let mut extent = metadata::extent(tx, "assets")?;
        extent.join(import.extents.assets);
        extent
    };
    metadata::set_extent(tx, "assets", extent)?;
    metadata::touch(tx, "assets", &stamp.now)
}

fn put_areas(
    tx: &Transaction<'_>,
    changes: Changes,
    import: &FileImport,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    if !changes.any() {
        return Ok(());
    }
    let sql = format!(
        "REPLACE INTO main.localities (fid, id, {LOCALITY}, fingerprint, line, run, revision)
         SELECT c.fid, s.id, {LOCALITY}, s.fingerprint, s.line, ?1, ?2
         FROM stage.area_change c CROSS JOIN stage.area s ON s.seq = c.seq"
    );
    run_sql(tx, &sql, params![stamp.run, stamp.revision], PUBLISHING)?;
    let extent = if changes.leaves {
        metadata::measure_localities(tx)?
    } else {
        let mut extent = metadata::extent(tx, "localities")?;
        extent.join(import.extents.areas);
        extent
    };
    metadata::set_extent(tx, "localities", extent)?;
    metadata::touch(tx, "localities", &stamp.now)
}

fn put_postcodes(
    tx: &Transaction<'_>,
    changes: Changes,
    source: &str,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    if !changes.any() {
        return Ok(());
    }
    let (columns, same) = (POSTCODE.replacen("postcode", "s.postcode", 1), set_excluded(POSTCODE));
    let sql = format!(
        "INSERT OR FAIL INTO main.postcodes ({POSTCODE}, source, fingerprint, revision)
         SELECT {columns}, ?1, s.fingerprint, ?2
         FROM stage.postcode_change c CROSS JOIN stage.postcode s ON s.postcode = c.postcode WHERE TRUE
         ON CONFLICT (postcode, source) DO UPDATE SET {same}, fingerprint = excluded.fingerprint,
                                                      revision = excluded.revision"
    );
    run_sql(tx, &sql, params![source, stamp.revision], PUBLISHING)?;
    run_sql(tx, "UPDATE main.assetmap_store SET relocation_due = 1", [], PUBLISHING)?;
    metadata::touch(tx, "postcodes", &stamp.now)
}

fn put_run(
    tx: &Transaction<'_>,
    source: &str,
    report: &FileReport,
    published: &Published,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let run = Run {
        run: stamp.run,
        source: source.to_owned(),
        at: stamp.now.clone(),
        revision: stamp.revision,
        report: report.clone(),
        created: published.created,
        updated: published.updated,
        unchanged: published.unchanged,
    };
    insert_run(tx, &run)?;
    metadata::touch(tx, "runs", &stamp.now)
}

/// Records a past import.
pub fn insert_run(conn: &Connection, run: &Run) -> Result<(), StoreError> {
    let report = &run.report;
    let sql =
        "INSERT INTO main.runs (run, source, at, revision, file, profile, sha256, read, created, updated,
                                      unchanged, merged, rejected, reasons)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    run_sql(
        conn,
        sql,
        params![
            run.run,
            run.source,
            run.at,
            run.revision,
            report.file,
            report.profile,
            report.sha256,
            report.read,
            run.created,
            run.updated,
            run.unchanged,
            report.merged,
            report.rejected,
            tally::reasons(report),
        ],
        PUBLISHING,
    )
    .map(drop)
}
