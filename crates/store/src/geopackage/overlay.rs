//! An import and what people decided: staged rows of decided assets become what they are with the decisions laid over
//! them, before they are compared; and what an import updates goes into the history.

use super::columns::{Cells, insert};
use super::edit::{put_decided, put_happening};
use super::publish::Stamp;
use super::standing;
use crate::decide::{self, Decided, Moment, imported};
use crate::error::Doing;
use crate::rows::{self, ASSET, ASSET_WIDTH, Take, take_asset};
use crate::{Revision, Staged, StoreError};
use model::{Asset, AssetId, AssetRecord, Fingerprint, Postcode, Visibility};
use rusqlite::{Connection, params};
use std::collections::HashMap;

const DOING: &str = "keeping what people decided";

/// The decided assets that an import changes.
#[derive(Default)]
pub struct Overlay {
    changed: HashMap<AssetId, (AssetRecord, Decided)>,
    /// Whether there were any, so that the file's own positions are not all to be believed.
    pub any: bool,
    /// Whether some are to be placed again.
    pub unplaced: bool,
}

/// Lays the decisions over the staged rows.
pub fn lay(conn: &Connection, revision: Revision) -> Result<Overlay, StoreError> {
    let mut overlay = Overlay::default();
    let tx = conn.unchecked_transaction().doing(DOING)?;
    for (seq, staged) in decided_rows(&tx)? {
        let missing = || StoreError::unreadable("row", "an asset that was decided about");
        let (_, before) = standing::find(&tx, revision, staged.id())?.ok_or_else(missing)?;
        let decided = before.decided.as_ref().ok_or_else(missing)?;
        let brought = decide::bring(&before, decided, staged);
        restage(&tx, seq, &brought.after.row.staged)?;
        overlay.any = true;
        overlay.unplaced |= brought.unplaced;
        if let (true, Some(after)) = (brought.differs, brought.after.decided) {
            tx.execute("INSERT INTO stage.differs VALUES (?1)", [seq]).doing(DOING)?;
            overlay.changed.insert(brought.after.row.staged.id(), (decided.source().clone(), after));
        }
    }
    tx.commit().doing(DOING)?;
    Ok(overlay)
}

fn decided_rows(conn: &Connection) -> Result<Vec<(u64, Staged<Asset>)>, StoreError> {
    let any = "SELECT EXISTS (SELECT 1 FROM sealed.sealed_decided)";
    if !conn.query_row(any, [], |row| row.get::<_, bool>(0)).doing(DOING)? {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {}, s.correspondence, s.visibility, s.id, s.seq, s.line, s.fingerprint, s.raw
         FROM stage.asset s CROSS JOIN sealed.sealed_decided d ON d.id = s.id WHERE d.until IS NULL",
        rows::of("s", ASSET)
    );
    let mut found = Vec::new();
    super::read::each(conn, &sql, [], |row| {
        let mut cells = Cells::of(row);
        let (mut record, located) = take_asset(&mut cells)?;
        record.correspondence = cells.postcode()?;
        record.visibility = cells.word("visibility", Visibility::parse)?;
        let id = standing::parse_id(&cells.required()?)?;
        let value = Asset { id, record, located };
        let rest = |at: usize| ASSET_WIDTH + 3 + at;
        let seq = row.get(rest(0)).doing(DOING)?;
        let (line, fingerprint) =
            (row.get(rest(1)).doing(DOING)?, Fingerprint(row.get(rest(2)).doing(DOING)?));
        found.push((seq, Staged { line, fingerprint, raw: row.get(rest(3)).doing(DOING)?, value }));
        Ok(())
    })?;
    Ok(found)
}

fn restage(conn: &Connection, seq: u64, row: &Staged<Asset>) -> Result<(), StoreError> {
    let columns = format!("seq, id, half, visibility, correspondence, line, fingerprint, raw, {ASSET}");
    let (asset, id) = (&row.value.record, row.id());
    insert(conn, "REPLACE INTO stage.asset", &columns, 8 + ASSET_WIDTH, DOING, |r| {
        r.bind(seq)?;
        r.bind(id.to_string())?;
        r.bind(id.as_u128() as i64)?;
        r.bind(asset.visibility.as_str())?;
        r.bind(asset.correspondence.as_ref().map(Postcode::as_str))?;
        r.bind(row.line)?;
        r.bind(row.fingerprint.0)?;
        r.bind(&row.raw)?;
        rows::put_asset(r, asset, row.value.located)
    })
}

/// Notes in the twin what its source now says of each decided asset, and what the import updated.
pub fn seal(tx: &Connection, overlay: &Overlay, stamp: &Stamp) -> Result<(), StoreError> {
    let note = |id: AssetId, before: &AssetRecord, after: &AssetRecord| {
        let now = Moment { revision: stamp.revision, at: stamp.now.clone() };
        let happening = imported(before, after, now, stamp.run);
        happening.map_or(Ok(()), |happening| put_happening(tx, id, &happening))
    };
    for (id, (before, decided)) in &overlay.changed {
        put_decided(tx, *id, decided, stamp.revision)?;
        note(*id, before, decided.source())?;
    }
    for (was, visibility, joined) in [
        ("main.assets w", "'public'", "w.fid = c.was_fid"),
        ("sealed.sealed_assets w", "w.visibility", "w.row = c.was_row"),
    ] {
        let sql = format!(
            "SELECT {}, {visibility}, {}, s.visibility, s.id FROM stage.asset_change c
             CROSS JOIN {was} ON {joined} CROSS JOIN stage.asset s ON s.seq = c.seq",
            rows::of("w", ASSET),
            rows::of("s", ASSET)
        );
        super::read::each(tx, &sql, params![], |row| {
            let mut cells = Cells::of(row);
            let mut record = || -> Result<AssetRecord, StoreError> {
                let (mut record, _) = take_asset(&mut cells)?;
                record.visibility = cells.word("visibility", Visibility::parse)?;
                Ok(record)
            };
            let (before, after) = (record()?, record()?);
            let id = standing::parse_id(&cells.required()?)?;
            if overlay.changed.contains_key(&id) { Ok(()) } else { note(id, &before, &after) }
        })?;
    }
    Ok(())
}
