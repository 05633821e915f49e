//! Makes the schema and brings it up to date: forward only, each migration one transaction, under a lock that all
//! programs on this database share, so that two that start at once do it once, and one that is killed leaves it undone.

use super::connection::Connection;
use super::locks::{self, MIGRATING, WRITING};
use crate::StoreError;
use model::Fingerprint;

const DOING: &str = "bringing the database's schema up to date";

struct Migration {
    number: u32,
    name: &'static str,
    sql: &'static str,
}

macro_rules! migration {
    ($number:literal, $name:literal) => {
        Migration {
            number: $number,
            name: $name,
            sql: include_str!(concat!("../../../../migrations/postgis/", $name, ".sql")),
        }
    };
}

/// **Add at the end, never edit one that was released**: those that were applied are compared by checksum.
const MIGRATIONS: &[Migration] = &[
    migration!(1, "0001_start"),
    migration!(2, "0002_feed"),
    migration!(3, "0003_edits"),
    migration!(4, "0004_money"),
    migration!(5, "0005_age_bands"),
    migration!(6, "0006_lookups"),
    migration!(7, "0007_parts_of_months"),
];

/// What is there, and what is not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// Nothing of ours.
    Missing,
    /// Ours, of an earlier program.
    Older,
    /// As this program wants it.
    Current,
}

/// Looks at the schema.
///
/// # Errors
/// [`StoreError::Newer`] when a newer program has written it, [`StoreError::Damaged`] when one that was applied is not
/// the one that we know, [`StoreError::NotAStore`] when a schema of that name is somebody else's.
pub fn look(connection: &Connection) -> Result<Schema, StoreError> {
    let row = connection.one(
        "SELECT to_regnamespace('assetmap') IS NOT NULL, to_regclass('assetmap.migrations') IS NOT NULL",
        &[],
        DOING,
    )?;
    match (row.get(0), row.get(1)) {
        (false, _) => return Ok(Schema::Missing),
        (true, false) => {
            return Err(StoreError::NotAStore {
                place: connection.place.to_string(),
                why: "it has a schema named assetmap that assetmap did not make. Name another database"
                    .into(),
            });
        }
        (true, true) => {}
    }
    let found = check(connection)?;
    let applied =
        connection.all("SELECT number, checksum FROM assetmap.migrations ORDER BY number", &[], DOING)?;
    for row in &applied {
        let (number, checksum) = (row.get::<_, i32>(0) as u32, row.get::<_, &str>(1));
        if let Some(known) = MIGRATIONS.iter().find(|m| m.number == number && self::checksum(m) != checksum) {
            return Err(StoreError::Damaged {
                why: format!(
                    "its schema was made by another {}.sql than this program's. Use the program that made it, or \
                     import the original files into a new database",
                    known.name
                ),
            });
        }
    }
    Ok(if found == newest() { Schema::Current } else { Schema::Older })
}

/// The number of the newest migration that was applied.
///
/// # Errors
/// [`StoreError::Newer`] when this program does not know it: it may have been applied since we looked at the schema.
pub fn check(connection: &Connection) -> Result<u32, StoreError> {
    let newest_there = "SELECT coalesce(max(number), 0) FROM assetmap.migrations";
    let found = connection.one(newest_there, &[], DOING)?.get::<_, i32>(0) as u32;
    if found > newest() { Err(StoreError::Newer { found, known: newest() }) } else { Ok(found) }
}

fn newest() -> u32 {
    MIGRATIONS.last().map_or(0, |m| m.number)
}

/// Applies what is missing.
pub fn apply(connection: &Connection) -> Result<(), StoreError> {
    locks::take(connection, MIGRATING)?;
    // An older program that is just writing ends first; it writes no more afterwards.
    locks::take(connection, WRITING)?;
    let mut found = look(connection)?;
    if found == Schema::Missing {
        has_postgis(connection)?;
    }
    while found != Schema::Current {
        let done = if found == Schema::Missing { 0 } else { check(connection)? };
        let Some(next) = MIGRATIONS.iter().find(|m| m.number > done) else { break };
        connection.batch("BEGIN; SET LOCAL statement_timeout = 0", DOING)?;
        connection.batch(next.sql, DOING)?;
        connection.batch(RECORD, DOING)?;
        connection.execute(
            "INSERT INTO assetmap.migrations VALUES ($1, $2, $3)",
            &[&(next.number as i32), &next.name, &checksum(next)],
            DOING,
        )?;
        connection.batch("SELECT assetmap.grant_roles(); COMMIT", DOING)?;
        found = look(connection)?;
    }
    locks::give_back(connection, WRITING)?;
    locks::give_back(connection, MIGRATING)
}

const RECORD: &str = "
    CREATE TABLE IF NOT EXISTS assetmap.migrations (
      number   integer PRIMARY KEY,
      name     text NOT NULL,
      checksum text NOT NULL,
      applied  timestamptz NOT NULL DEFAULT now()
    );
    COMMENT ON TABLE  assetmap.migrations IS 'How this schema came to be';
    COMMENT ON COLUMN assetmap.migrations.number IS 'In this order';
    COMMENT ON COLUMN assetmap.migrations.name IS 'The file in migrations/postgis';
    COMMENT ON COLUMN assetmap.migrations.checksum IS 'Of what was applied';
    COMMENT ON COLUMN assetmap.migrations.applied IS 'When';";

fn checksum(migration: &Migration) -> String {
    let Fingerprint(bytes) = Fingerprint::of([migration.sql.as_bytes()]);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// PostGIS is made when we may; and then names are looked up where it is.
fn has_postgis(connection: &Connection) -> Result<(), StoreError> {
    let there = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis')";
    if connection.one(there, &[], DOING)?.get(0) {
        return Ok(());
    }
    connection
        .batch("CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public; SET search_path = pg_catalog, public", DOING)
        .map_err(|error| match error {
            StoreError::Unavailable { .. } => error,
            error => StoreError::NotAStore {
                place: connection.place.to_string(),
                why: format!(
                    "it has no PostGIS, and we may not add it ({error}). Have an administrator install PostGIS and run \
                     CREATE EXTENSION postgis in this database"
                ),
            },
        })
}
