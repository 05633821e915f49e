//! One change that a person decided on, in one transaction.

use super::cells::{CopyRows, HasNul};
use super::compare::{All, Changes};
use super::connection::{Connection, Params};
use super::standing::{self, Place};
use super::{indexes, locks, migrate, publish, put, read};
use crate::decide::{self, Decided, Moment, Standing, Writing, to_json};
use crate::rows::{ASSET, ASSET_WIDTH, Put, put_asset};
use crate::{Edit, Edited, Happening, KeptRow, Locate, Revision, StoreError, tally};
use model::{Asset, AssetId, AssetRecord, Postcode, Visibility};

const DOING: &str = "saving an edit";

/// An error within is an answer: nothing is wrong with the connection, and nothing was changed.
pub fn edit(
    connection: &Connection,
    edit: &Edit,
    locate: Locate<'_>,
) -> Result<Result<Edited, StoreError>, StoreError> {
    use StoreError::{BadField, Conflict, KeyReused, NoSuchAsset};
    locks::wait_for(connection, locks::WRITING)?;
    migrate::check(connection)?;
    connection.batch(publish::BEGIN, DOING)?;
    let answer = match in_transaction(connection, edit, locate) {
        Ok((edited, hidden)) => {
            connection.batch("COMMIT", DOING)?;
            let assets = Changes { hidden: u64::from(hidden), ..Changes::default() };
            indexes::keep_planner_informed(connection, All { assets, ..All::default() });
            Ok(edited)
        }
        Err(answer @ (BadField(_) | Conflict(_) | KeyReused(_) | NoSuchAsset(_))) => {
            connection.batch("ROLLBACK", DOING)?;
            Err(answer)
        }
        Err(error) => return Err(error),
    };
    locks::give_back(connection, locks::WRITING)?;
    Ok(answer)
}

/// Also says whether something that was public is not any more.
fn in_transaction(
    connection: &Connection,
    edit: &Edit,
    locate: Locate<'_>,
) -> Result<(Edited, bool), StoreError> {
    if let Some(key) = edit.key.as_ref().filter(|key| !key.contains('\0'))
        && let Some((content, id)) = standing::known_key(connection, key)?
    {
        if content != decide::content_of(edit) {
            return Err(StoreError::KeyReused(key.clone()));
        }
        let (_, there) = standing::find(connection, id)?.ok_or(StoreError::NoSuchAsset(id))?;
        return Ok((Edited { asset: there.state(), replayed: true }, false));
    }
    let before = standing::find(connection, edit.action.id())?;
    let now = Moment { revision: read::revision(connection)? + 1, at: tally::now() };
    let place = |record: &AssetRecord| {
        let wanted: Vec<Postcode> = record.postcode.iter().cloned().collect();
        let known = read::postcodes(connection, &wanted)?;
        Ok(locate(record, known.values().next()))
    };
    let there = before.as_ref().map(|(_, standing)| standing);
    let Some(writing) = decide::decide(edit, there, now, place)? else {
        let there = there.expect("only what is there can be left as it is");
        return Ok((Edited { asset: there.state(), replayed: false }, false));
    };
    let from = before.as_ref().map(|(place, _)| *place);
    write(connection, edit, from, &writing)?;
    let public = writing.after.row.staged.value.record.visibility == Visibility::Public;
    let hidden = matches!(from, Some(Place::Public(_))) && !public;
    Ok((Edited { asset: writing.after.state(), replayed: false }, hidden))
}

fn write(
    connection: &Connection,
    edit: &Edit,
    from: Option<Place>,
    writing: &Writing,
) -> Result<(), StoreError> {
    let Standing { row, decided } = &writing.after;
    let (record, id) = (&row.staged.value.record, row.staged.value.id);
    let (text, revision) = (id.to_string(), row.revision as i64);
    let run = |sql: &str, params: Params<'_>| connection.execute(sql, params, DOING);
    if let Some(decided) = decided {
        put_decided(connection, id, decided, row.revision)?;
    }
    put_happenings(connection, &[(id, writing.happening.clone())])?;
    if let Some(key) = &edit.key {
        let content = decide::content_of(edit).0;
        let sql = "INSERT INTO sealed.edit_keys VALUES ($1, $2, $3::text::uuid, $4)";
        run(sql, &[key, &&content[..], &text, &revision])?;
    }
    let public = record.visibility == Visibility::Public;
    match from {
        Some(Place::Public(fid)) => {
            run("DELETE FROM assetmap.assets WHERE fid = $1", &[&fid])?;
            if !public {
                run("DELETE FROM sealed.correspondence WHERE fid = $1", &[&fid])?;
                let buried = "INSERT INTO assetmap.tombstones VALUES ($1::text::uuid, $2)
                              ON CONFLICT (id) DO UPDATE SET revision = excluded.revision";
                run(buried, &[&text, &revision])?;
            }
        }
        Some(Place::Sealed) => _ = run("DELETE FROM sealed.assets WHERE id = $1::text::uuid", &[&text])?,
        None => {
            let raw = "INSERT INTO sealed.raw_rows VALUES ('assets', $1::text::uuid, $2::text::json)";
            run(raw, &[&text, &row.staged.raw])?;
        }
    }
    let was_public = matches!(from, Some(Place::Public(_)));
    match from {
        _ if !public => put_row(connection, row, None)?,
        Some(Place::Public(fid)) => put_row(connection, row, Some(fid))?,
        _ => {
            let next = "UPDATE assetmap.store SET last_asset = last_asset + 1 RETURNING last_asset";
            let fid: i64 = connection.one(next, &[], DOING)?.get(0);
            put_row(connection, row, Some(fid))?;
            if let Some(postcode) = &record.correspondence {
                run("INSERT INTO sealed.correspondence VALUES ($1, $2)", &[&fid, &postcode.as_str()])?;
            }
            run("DELETE FROM assetmap.tombstones WHERE id = $1::text::uuid", &[&text])?;
        }
    }
    let stored = read::source(connection, &record.source)?;
    if public != was_public || stored.is_none() {
        let made = stored.is_none().then_some(row.revision);
        let source = stored.unwrap_or_else(decide::entered);
        put::source(connection, &source, i64::from(public) - i64::from(was_public), made)?;
    }
    publish::revision(connection, row.revision)
}

/// Among the public assets under this number, or among the sealed ones.
fn put_row(connection: &Connection, row: &KeptRow<Asset>, fid: Option<i64>) -> Result<(), StoreError> {
    let asset = &row.staged.value;
    let both = format!("id, line, fingerprint, run, revision, {ASSET}");
    let (into, more) = match fid {
        Some(_) => (format!("assetmap.assets ({both}, fid)"), 1),
        None => (format!("sealed.assets ({both}, visibility, correspondence)"), 2),
    };
    let mut rows = CopyRows::of(5 + ASSET_WIDTH + more);
    let mut put = || -> Result<(), HasNul> {
        rows.start_row();
        rows.id(asset.id);
        rows.whole(row.staged.line);
        rows.fingerprint(row.staged.fingerprint);
        rows.whole(row.run);
        rows.whole(row.revision);
        put_asset(&mut rows, &asset.record, asset.located)?;
        match fid {
            Some(fid) => rows.whole(fid as u64),
            None => {
                rows.text(Some(asset.record.visibility.as_str()))?;
                rows.text(asset.record.correspondence.as_ref().map(Postcode::as_str))?;
            }
        }
        Ok(())
    };
    put().map_err(|HasNul| StoreError::unreadable("text without the character NUL", &asset.record.name))?;
    connection.copy_in(&into, rows, DOING)
}

/// What is decided from now on, instead of what was.
pub fn put_decided(
    connection: &Connection,
    id: AssetId,
    decided: &Decided,
    revision: Revision,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO sealed.decided VALUES ($1::text::uuid, $2::text::json, $3)
               ON CONFLICT (id) DO UPDATE SET decided = excluded.decided, revision = excluded.revision";
    let params: Params<'_> = &[&id.to_string(), &to_json(decided), &(revision as i64)];
    connection.execute(sql, params, DOING).map(drop)
}

pub fn put_happenings(
    connection: &Connection,
    happenings: &[(AssetId, Happening)],
) -> Result<(), StoreError> {
    let ids: Vec<String> = happenings.iter().map(|(id, _)| id.to_string()).collect();
    let revisions: Vec<i64> = happenings.iter().map(|(_, h)| h.revision as i64).collect();
    let texts: Vec<String> = happenings.iter().map(|(_, h)| to_json(h)).collect();
    let sql = "INSERT INTO sealed.history SELECT id::uuid, revision, happening::json
               FROM unnest($1::text[], $2::bigint[], $3::text[]) AS h (id, revision, happening)";
    connection.execute(sql, &[&ids, &revisions, &texts], DOING).map(drop)
}
