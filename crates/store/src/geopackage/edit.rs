//! One change that a person decided on: first into the twin, then into the GeoPackage, both with the new revision.

use super::columns::{bind_stamp, insert};
use super::connection::Writer;
use super::extent::Extent;
use super::publish::{self, Stamp};
use super::standing::{self, Place};
use super::{guard, metadata, read, sealed};
use crate::decide::{self, Moment, Standing, Writing, to_json};
use crate::error::Doing;
use crate::rows::{self, ASSET, ASSET_WIDTH};
use crate::{Edit, Edited, Happening, Locate, Revision, StoreError, tally};
use model::{AssetId, AssetRecord, Located, Postcode, Visibility};
use rusqlite::{Connection, Params, Transaction, TransactionBehavior, params};

const DOING: &str = "saving an edit";

pub fn edit(writer: Writer, edit: &Edit, locate: Locate<'_>) -> Result<Edited, StoreError> {
    let conn = &writer.conn;
    let revision = read::revision(conn)?;
    if let Some(key) = &edit.key
        && let Some((content, id)) = standing::known_key(conn, revision, key)?
    {
        if content != decide::content_of(edit) {
            return Err(StoreError::KeyReused(key.clone()));
        }
        let (_, there) = standing::find(conn, revision, id)?.ok_or(StoreError::NoSuchAsset(id))?;
        return Ok(Edited { asset: there.state(), replayed: true });
    }
    let before = standing::find(conn, revision, edit.action.id())?;
    let now = Moment { revision: revision + 1, at: tally::now() };
    let stamp = Stamp { run: 0, revision: now.revision, now: now.at.clone() };
    let place = |record: &AssetRecord| {
        let mut lookup = read::Lookup::new(conn)?;
        let postcode = record.postcode.as_ref().map(|p| lookup.find(p)).transpose()?.flatten();
        Ok(locate(record, postcode.as_ref()))
    };
    let there = before.as_ref().map(|(_, standing)| standing);
    let Some(writing) = decide::decide(edit, there, now, place)? else {
        let there = there.expect("only what is there can be left as it is");
        return Ok(Edited { asset: there.state(), replayed: false });
    };
    let change = Change::of(conn, before.as_ref(), &writing.after)?;
    seal(conn, edit, &writing, change, stamp.revision)?;
    publish(conn, &writing.after, change, there.and_then(|t| t.row.staged.value.located), &stamp)?;
    writer.tidy_up();
    Ok(Edited { asset: writing.after.state(), replayed: false })
}

/// Where the row was and where it will be; `None` for the twin in `to`, which numbers its rows by itself.
#[derive(Clone, Copy)]
struct Change {
    from: Option<Place>,
    to: Option<u64>,
}

impl Change {
    fn of(
        conn: &Connection,
        before: Option<&(Place, Standing)>,
        after: &Standing,
    ) -> Result<Self, StoreError> {
        let from = before.map(|(place, _)| *place);
        let public = after.row.staged.value.record.visibility == Visibility::Public;
        let to = match from {
            _ if !public => None,
            Some(Place::Public(fid)) => Some(fid),
            _ => Some(publish::last_fid(conn, "assets")? + 1),
        };
        Ok(Self { from, to })
    }

    /// The number in the GeoPackage that goes away.
    fn hides(self) -> Option<u64> {
        match self {
            Self { from: Some(Place::Public(fid)), to: None } => Some(fid),
            _ => None,
        }
    }

    /// The number in the GeoPackage that comes new.
    fn shows(self) -> Option<u64> {
        match self.from {
            Some(Place::Public(_)) => None,
            _ => self.to,
        }
    }
}

/// The first of the two commits.
fn seal(
    conn: &Connection,
    edit: &Edit,
    writing: &Writing,
    change: Change,
    coming: Revision,
) -> Result<(), StoreError> {
    let tx = conn.unchecked_transaction().doing(DOING)?;
    sealed::stamp(&tx, coming)?;
    let Standing { row, decided } = &writing.after;
    let asset = &row.staged.value;
    if let Some(decided) = decided {
        put_decided(&tx, asset.id, decided, coming)?;
    }
    put_happening(&tx, asset.id, &writing.happening)?;
    if let Some(key) = &edit.key {
        let content = decide::content_of(edit).0;
        let sql = "INSERT INTO sealed.sealed_edit_keys VALUES (?1, ?2, ?3, ?4)";
        run(&tx, sql, params![key, content, asset.id.to_string(), coming])?;
    }
    if let Some(Place::Sealed(row)) = change.from {
        run(&tx, "UPDATE sealed.sealed_assets SET until = ?1 WHERE row = ?2", params![coming, row])?;
    }
    if let Some(fid) = change.hides() {
        let close = "UPDATE sealed.sealed_correspondence SET until = ?1 WHERE fid = ?2 AND until IS NULL";
        run(&tx, close, params![coming, fid])?;
        let over = "INSERT INTO sealed.sealed_raw_over (row, until)
                    SELECT row, ?1 FROM sealed.sealed_raw WHERE layer = 'assets' AND fid = ?2
                    AND row NOT IN (SELECT row FROM sealed.sealed_raw_over)";
        run(&tx, over, params![coming, fid])?;
    }
    if let Some(fid) = change.shows() {
        if let Some(postcode) = &asset.record.correspondence {
            let sql =
                "INSERT INTO sealed.sealed_correspondence (fid, revision, postcode) VALUES (?1, ?2, ?3)";
            run(&tx, sql, params![fid, coming, postcode.as_str()])?;
        }
        let raw = "INSERT INTO sealed.sealed_raw (layer, fid, run, line, revision, raw)
                   VALUES ('assets', ?1, ?2, ?3, ?4, ?5)";
        run(&tx, raw, params![fid, row.run, row.staged.line, coming, row.staged.raw])?;
    }
    if change.to.is_none() {
        let columns =
            format!("{ASSET}, id, line, fingerprint, run, revision, visibility, correspondence, raw");
        insert(&tx, "INSERT INTO sealed.sealed_assets", &columns, ASSET_WIDTH + 8, DOING, |r| {
            rows::put_asset(r, &asset.record, asset.located)?;
            r.bind(asset.id.to_string())?;
            bind_stamp(r, row)?;
            r.bind(asset.record.visibility.as_str())?;
            r.bind(asset.record.correspondence.as_ref().map(Postcode::as_str))?;
            r.bind(&row.staged.raw)
        })?;
    }
    tx.commit().doing(DOING)
}

/// The second of the two commits.
fn publish(
    conn: &Connection,
    after: &Standing,
    change: Change,
    was_at: Option<Located>,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate).doing(DOING)?;
    guard::open(&tx)?;
    let (row, asset) = (&after.row, &after.row.staged.value);
    if let Some(fid) = change.hides() {
        run(
            &tx,
            "REPLACE INTO main.tombstones VALUES (?1, ?2)",
            params![asset.id.to_string(), stamp.revision],
        )?;
        run(&tx, "DELETE FROM main.assets WHERE fid = ?1", [fid])?;
        run(&tx, "UPDATE main.assetmap_store SET scrub_due = 1", [])?;
    }
    if let Some(fid) = change.to {
        let columns = format!("{ASSET}, id, line, fingerprint, run, revision, fid");
        insert(&tx, "REPLACE INTO main.assets", &columns, ASSET_WIDTH + 6, DOING, |r| {
            rows::put_asset(r, &asset.record, asset.located)?;
            r.bind(asset.id.to_string())?;
            bind_stamp(r, row)?;
            r.bind(fid)
        })?;
        run(&tx, "DELETE FROM main.tombstones WHERE id = ?1", [asset.id.to_string()])?;
    }
    let more = i64::from(change.shows().is_some()) - i64::from(change.hides().is_some());
    let stored = read::source(&tx, &asset.record.source)?;
    if more != 0 || stored.is_none() {
        let is_new = stored.is_none();
        publish::put_source(&tx, &stored.unwrap_or_else(decide::entered), more, is_new, stamp)?;
    }
    if change.to.is_some() || change.hides().is_some() {
        let was = was_at.filter(|_| matches!(change.from, Some(Place::Public(_))));
        let is = asset.located.filter(|_| change.to.is_some());
        keep_extent(&tx, was, is)?;
        metadata::touch(&tx, "assets", &stamp.now)?;
    }
    run(&tx, "UPDATE main.assetmap_store SET revision = ?1", [stamp.revision])?;
    guard::close(&tx)?;
    tx.commit().doing(DOING)
}

/// The assets are only measured anew when one goes from the edge of where they lie.
fn keep_extent(tx: &Connection, was: Option<Located>, is: Option<Located>) -> Result<(), StoreError> {
    if was == is {
        return Ok(());
    }
    let mut extent = metadata::extent(tx, "assets")?;
    let on_edge = |l: Located| {
        let (lon, lat) = (l.position.lon(), l.position.lat());
        extent.bounds().is_none_or(|[w, s, e, n]| lon <= w || lon >= e || lat <= s || lat >= n)
    };
    if was.is_some_and(on_edge) {
        extent = metadata::measure_assets(tx)?;
    }
    extent.join(Extent::of(is.map(|l| (l.position.lon(), l.position.lat()))));
    metadata::set_extent(tx, "assets", extent)
}

/// What is decided from a revision on, instead of what was.
pub fn put_decided(
    conn: &Connection,
    id: AssetId,
    decided: &decide::Decided,
    revision: Revision,
) -> Result<(), StoreError> {
    let close = "UPDATE sealed.sealed_decided SET until = ?1 WHERE id = ?2 AND until IS NULL";
    run(conn, close, params![revision, id.to_string()])?;
    let sql = "INSERT INTO sealed.sealed_decided (id, decided, revision) VALUES (?1, ?2, ?3)";
    run(conn, sql, params![id.to_string(), to_json(decided), revision])
}

pub fn put_happening(conn: &Connection, id: AssetId, happening: &Happening) -> Result<(), StoreError> {
    let sql = "INSERT INTO sealed.sealed_history (id, revision, happening) VALUES (?1, ?2, ?3)";
    run(conn, sql, params![id.to_string(), happening.revision, to_json(happening)])
}

fn run(conn: &Connection, sql: &str, params: impl Params) -> Result<(), StoreError> {
    conn.prepare_cached(sql).and_then(|mut statement| statement.execute(params)).doing(DOING).map(drop)
}
