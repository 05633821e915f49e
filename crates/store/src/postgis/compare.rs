//! What of the staged rows is new or different: tables of changes, beside those of staged rows.

use super::connection::Connection;
use super::money;
use super::stage::Table;
use crate::StoreError;
use crate::tally::MoneyChanges;
use tokio_postgres::Row;

const COMPARING: &str = "comparing the new rows with those in the database";

/// What the comparison found.
#[derive(Debug, Clone, Copy, Default)]
pub struct All {
    pub assets: Changes,
    pub areas: Changes,
    pub postcodes: Changes,
    pub money: MoneyChanges,
}

/// Rows of one table that are new or different.
#[derive(Debug, Clone, Copy, Default)]
pub struct Changes {
    pub created: u64,
    pub updated: u64,
    /// How many public ones more there will be; below zero when more are hidden than shown.
    pub public: i64,
    /// Those that are public and will not be.
    pub hidden: u64,
}

impl Changes {
    pub fn any(self) -> bool {
        self.created + self.updated > 0
    }

    fn of(row: &Row) -> Self {
        let count = |at: usize| row.get::<_, i64>(at) as u64;
        Self { created: count(0), updated: count(1), public: row.get(2), hidden: count(3) }
    }
}

/// Compares everything that is staged.
///
/// # Errors
/// [`StoreError::BadRow`] when a key is staged twice.
pub fn compare(connection: &Connection) -> Result<All, StoreError> {
    for (table, key) in [
        (Table::Asset, "id"),
        (Table::Area, "id"),
        (Table::Postcode, "postcode, source"),
        (Table::Spend, "id"),
        (Table::Population, "area, year, source"),
    ] {
        connection.batch(&format!("ANALYZE {} ({key})", table.name()), COMPARING)?;
        let twice = format!(
            "SELECT max(line) FROM {} GROUP BY {key} HAVING count(*) > 1 ORDER BY 1 LIMIT 1",
            table.name()
        );
        if let Some(row) = connection.all(&twice, &[], COMPARING)?.first() {
            return Err(StoreError::given_twice(row.get::<_, i64>(0) as u64));
        }
    }
    for sql in [
        include_str!("compare_assets.sql"),
        include_str!("compare_areas.sql"),
        include_str!("compare_postcodes.sql"),
    ] {
        connection.batch(sql, COMPARING)?;
    }
    let count = |sql: &str| connection.one(sql, &[], COMPARING).map(|row| Changes::of(&row));
    Ok(All {
        assets: count(
            "SELECT count(*) FILTER (WHERE was_fid IS NULL AND NOT was_sealed),
                    count(*) FILTER (WHERE was_fid IS NOT NULL OR was_sealed),
                    count(fid) - count(was_fid),
                    count(*) FILTER (WHERE was_fid IS NOT NULL AND fid IS NULL)
             FROM asset_change",
        )?,
        areas: count("SELECT count(*) - count(was_fid), count(was_fid), count(*) - count(was_fid), 0::bigint FROM area_change")?,
        postcodes: count(
            "SELECT count(*) FILTER (WHERE NOT was), count(*) FILTER (WHERE was), count(*) FILTER (WHERE NOT was), 0::bigint
             FROM postcode_change",
        )?,
        money: money::compare(connection)?,
    })
}
