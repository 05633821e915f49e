//! Makes what is staged the truth, in one transaction.

use super::compare::{All, compare};
use super::connection::Connection;
use super::import::DatabaseImport;
use super::{indexes, money, overlay, put, read};
use crate::tally::{self, Compared};
use crate::{FileReport, Published, Revision, Run, StoreError};
use model::Source;

const PUBLISHING: &str = "publishing the new rows";

/// Starts the transaction that publishes. It holds the store's row to its end, so that revisions have no gaps, and is
/// on disk before it is acknowledged even where the database is set to be less careful.
pub const BEGIN: &str = "
    BEGIN;
    SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
    SELECT FROM assetmap.store FOR UPDATE";

pub fn publish(
    mut import: DatabaseImport,
    given: &Source,
    report: &FileReport,
) -> Result<Published, StoreError> {
    import.still_whole()?;
    tally::check_published_as(given, &import.source)?;
    import.stage.finish()?;
    let connection = &import.stage.connection;
    let before = read::revision(connection)?;
    let stored = read::source(connection, &given.id)?;
    let source = tally::merged(stored.as_ref(), given);
    let overlay = overlay::lay(connection)?;
    let changes = compare(connection)?;
    let [assets, areas, postcodes] = [changes.assets, changes.areas, changes.postcodes];
    let compared = Compared {
        staged: import.staged.all(),
        created: assets.created + areas.created + postcodes.created + changes.money.created,
        updated: assets.updated + areas.updated + postcodes.updated + changes.money.updated,
        withdrawn: changes.money.withdrawn,
        known: read::records_of(connection, &source.id)?,
        source_changed: stored.as_ref() != Some(&source),
    };
    let published = compared.published(read::last_run(connection)? + 1, before);

    connection.batch(BEGIN, PUBLISHING)?;
    if compared.changed() {
        let more = assets.public + areas.public + postcodes.public + changes.money.more();
        put::source(connection, &source, more, compared.source_changed.then_some(published.revision))?;
        if assets.updated > 0 {
            overlay::seal(connection, &overlay, published.run, published.revision)?;
        }
        all(connection, changes, published.run, published.revision)?;
        if postcodes.any() || overlay.unplaced {
            connection.batch("UPDATE assetmap.store SET relocation_due = true", PUBLISHING)?;
        }
        revision(connection, published.revision)?;
        if areas.any() || postcodes.any() || tally::renames(stored.as_ref(), &source) {
            places_changed(connection)?;
        }
    }
    put::run(
        connection,
        &Run {
            run: published.run,
            source: source.id.clone(),
            at: tally::now(),
            revision: published.revision,
            report: report.clone(),
            created: published.created,
            updated: published.updated,
            unchanged: published.unchanged,
        },
    )?;
    connection.batch("COMMIT", PUBLISHING)?;
    indexes::keep_planner_informed(connection, changes);
    Ok(published)
}

/// Puts all staged changes into the tables, stamped with a run and a revision unless they bring their own.
pub fn all(connection: &Connection, changes: All, run: u64, revision: Revision) -> Result<(), StoreError> {
    if changes.assets.any() {
        indexes::made_anew(
            connection,
            &["assetmap.assets", "sealed.raw_rows"],
            changes.assets.created,
            || put::assets(connection, run, revision),
        )?;
    }
    if changes.areas.any() {
        put::areas(connection, run, revision)?;
    }
    if changes.postcodes.any() {
        indexes::made_anew(connection, &["assetmap.postcodes"], changes.postcodes.created, || {
            put::postcodes(connection, revision)
        })?;
    }
    if changes.money.any() {
        indexes::made_anew(
            connection,
            &["assetmap.spend", "sealed.raw_rows"],
            changes.money.created,
            || money::put(connection, run, revision),
        )?;
    }
    Ok(())
}

/// Sets the revision, and wakes whoever listens to the channel `assetmap`.
pub fn revision(connection: &Connection, revision: Revision) -> Result<(), StoreError> {
    connection.execute("UPDATE assetmap.store SET revision = $1", &[&(revision as i64)], PUBLISHING)?;
    connection.execute("SELECT pg_notify('assetmap', $1)", &[&revision.to_string()], PUBLISHING).map(drop)
}

/// Remembers that the publication under way changes other things than assets. After [`revision`].
pub fn places_changed(connection: &Connection) -> Result<(), StoreError> {
    connection.batch("UPDATE assetmap.store SET places_revision = revision", PUBLISHING)
}
