//! An import and what people decided: staged rows of decided assets become what they are with the decisions laid over
//! them, before they are compared; and what an import updates goes into the history.

use super::cells::{Cells, CopyRows, HasNul};
use super::connection::Connection;
use super::edit::{put_decided, put_happenings};
use super::stage::Table;
use super::standing;
use crate::decide::{self, Decided, Moment, imported};
use crate::rows::{ASSET, Put, Take, of, put_asset, take_asset};
use crate::{Happening, Revision, Staged, StoreError, tally};
use model::{Asset, AssetId, AssetRecord, Postcode, Visibility};
use std::collections::HashMap;

const DOING: &str = "keeping what people decided";

/// How many updated assets are looked at in one go.
const BATCH: usize = 5_000;

/// The decided assets that an import changes.
#[derive(Default)]
pub struct Overlay {
    changed: HashMap<AssetId, (AssetRecord, Decided)>,
    /// Whether some are to be placed again.
    pub unplaced: bool,
}

/// Lays the decisions over the staged rows.
pub fn lay(connection: &Connection) -> Result<Overlay, StoreError> {
    let mut overlay = Overlay::default();
    let (mut seqs, mut differs) = (Vec::new(), Vec::new());
    let mut rows = CopyRows::of(Table::Asset.width());
    for (seq, staged) in decided_rows(connection)? {
        let missing = || StoreError::unreadable("row", "an asset that was decided about");
        let (_, before) = standing::find(connection, staged.id())?.ok_or_else(missing)?;
        let decided = before.decided.as_ref().ok_or_else(missing)?;
        let brought = decide::bring(&before, decided, staged);
        let line = brought.after.row.staged.line;
        restage(&mut rows, seq, &brought.after.row.staged).map_err(|HasNul| StoreError::BadRow {
            line,
            why: "it holds the character NUL; take it out".into(),
        })?;
        seqs.push(seq as i64);
        overlay.unplaced |= brought.unplaced;
        if let (true, Some(after)) = (brought.differs, brought.after.decided) {
            differs.push(seq as i64);
            overlay.changed.insert(brought.after.row.staged.id(), (decided.source().clone(), after));
        }
    }
    if !seqs.is_empty() {
        connection.execute("DELETE FROM stage_asset WHERE seq = ANY ($1)", &[&seqs], DOING)?;
        connection.copy_in(Table::Asset.name(), rows, DOING)?;
        connection.execute("INSERT INTO differs SELECT unnest($1::bigint[])", &[&differs], DOING)?;
    }
    Ok(overlay)
}

fn decided_rows(connection: &Connection) -> Result<Vec<(u64, Staged<Asset>)>, StoreError> {
    let sql = format!(
        "SELECT {}, s.correspondence, s.visibility, s.id, s.seq, s.line, s.fingerprint, s.raw
         FROM stage_asset s JOIN sealed.decided d ON d.id = s.id",
        of("s", ASSET)
    );
    let mut found = Vec::new();
    connection.each(&sql, &[], DOING, |row| {
        let mut row = Cells::of(row);
        let (mut record, located) = take_asset(&mut row)?;
        record.correspondence = row.postcode()?;
        record.visibility = row.word("visibility", Visibility::parse)?;
        let value = Asset { id: row.id()?, record, located };
        let (seq, line) = (row.whole()?, row.whole()?);
        found.push((seq, Staged { line, fingerprint: row.fingerprint()?, raw: row.required()?, value }));
        Ok(())
    })?;
    Ok(found)
}

fn restage(rows: &mut CopyRows, seq: u64, row: &Staged<Asset>) -> Result<(), HasNul> {
    let asset = &row.value.record;
    rows.start_row();
    rows.whole(seq);
    rows.id(row.id());
    rows.text(Some(asset.visibility.as_str()))?;
    rows.text(asset.correspondence.as_ref().map(Postcode::as_str))?;
    rows.whole(row.line);
    rows.fingerprint(row.fingerprint);
    rows.text(Some(&row.raw))?;
    rows.null(); // its run and revision are this import's
    rows.null();
    put_asset(rows, asset, row.value.located)
}

/// Notes what its source now says of each decided asset, and what the import updated; to be called while the rows are
/// still as they were.
pub fn seal(
    connection: &Connection,
    overlay: &Overlay,
    run: u64,
    revision: Revision,
) -> Result<(), StoreError> {
    let now = tally::now();
    let happening = |before: &AssetRecord, after: &AssetRecord| {
        imported(before, after, Moment { revision, at: now.clone() }, run)
    };
    let mut noted = Vec::new();
    for (id, (before, decided)) in &overlay.changed {
        put_decided(connection, *id, decided, revision)?;
        noted.extend(happening(before, decided.source()).map(|happening| (*id, happening)));
    }
    put_happenings(connection, &noted)?;
    for (was, visibility, joined) in [
        ("assetmap.assets w", "'public'", "w.fid = c.was_fid"),
        ("sealed.assets w", "w.visibility", "c.was_sealed AND w.id = c.id"),
    ] {
        let cursor = format!(
            "DECLARE updated NO SCROLL CURSOR FOR
             SELECT {}, {visibility}, {}, s.visibility, s.id
             FROM asset_change c JOIN stage_asset s USING (seq) JOIN {was} ON {joined}",
            of("w", ASSET),
            of("s", ASSET)
        );
        connection.batch(&cursor, DOING)?;
        loop {
            let rows = connection.all(&format!("FETCH {BATCH} FROM updated"), &[], DOING)?;
            if rows.is_empty() {
                break;
            }
            let mut noted: Vec<(AssetId, Happening)> = Vec::new();
            for row in &rows {
                let mut row = Cells::of(row);
                let (before, after, id) = (record(&mut row)?, record(&mut row)?, row.id()?);
                if !overlay.changed.contains_key(&id) {
                    noted.extend(happening(&before, &after).map(|happening| (id, happening)));
                }
            }
            put_happenings(connection, &noted)?;
        }
        connection.batch("CLOSE updated", DOING)?;
    }
    Ok(())
}

/// From the columns of [`ASSET`] and a visibility.
fn record(row: &mut Cells<'_>) -> Result<AssetRecord, StoreError> {
    let (mut record, _) = take_asset(row)?;
    record.visibility = row.word("visibility", Visibility::parse)?;
    Ok(record)
}
