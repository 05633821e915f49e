//! Rows on their way in: checked for doubles, kept in the staging file, and forgotten unless published.

use super::columns::{self, Staging};
use super::connection::Writer;
use super::extent::Extent;
use super::publish;
use crate::error::Doing;
use crate::{FileReport, Import, Published, Staged, StoreError};
use model::{Asset, LocalityRecord, PostcodeRecord, Source, Visibility};
use rusqlite::{ErrorCode, Statement};

const STAGING: &str = "staging rows";

/// One import of one file.
pub struct FileImport {
    pub(super) writer: Writer,
    pub(super) source: String,
    pub(super) staged: Counts,
    /// Around the public assets and the areas that are staged.
    pub(super) extents: Extents,
    failed: bool,
}

/// How many rows are staged.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub assets: u64,
    pub areas: u64,
    pub postcodes: u64,
}

/// Boxes around what is staged.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extents {
    pub assets: Extent,
    pub areas: Extent,
}

impl FileImport {
    pub fn begin(writer: Writer, source: &Source) -> Result<Self, StoreError> {
        writer.conn.execute_batch(include_str!("stage.sql")).doing("making room for new rows")?;
        Ok(Self {
            writer,
            source: source.id.clone(),
            staged: Counts::default(),
            extents: Extents::default(),
            failed: false,
        })
    }

    /// Stages a batch in one transaction. The staging file has no journal, so that after a failure nothing in it is
    /// to be trusted, and the import can only be dropped.
    fn batch<T>(
        &mut self,
        insert: &str,
        batch: &[Staged<T>],
        source_of: impl Fn(&T) -> Option<&str>,
        stage: impl Fn(&mut Statement<'_>, &Staged<T>) -> rusqlite::Result<usize>,
    ) -> Result<(), StoreError> {
        self.still_whole()?;
        self.failed = true;
        let tx = self.writer.conn.unchecked_transaction().doing(STAGING)?;
        let mut statement = tx.prepare_cached(insert).doing(STAGING)?;
        for row in batch {
            let bad = |why: String| StoreError::BadRow { line: row.line, why };
            if let Some(theirs) = source_of(&row.value).filter(|theirs| *theirs != self.source) {
                return Err(bad(format!("it is of the source {theirs}, in an import of {}", self.source)));
            }
            match stage(&mut statement, row) {
                Err(e) if e.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                    return Err(StoreError::given_twice(row.line));
                }
                done => done.doing(STAGING)?,
            };
        }
        drop(statement);
        tx.commit().doing(STAGING)?;
        self.failed = false;
        Ok(())
    }

    pub(super) fn still_whole(&self) -> Result<(), StoreError> {
        if self.failed {
            return Err(StoreError::Misused { why: "rows were given after a row had failed" });
        }
        Ok(())
    }
}

impl Import for FileImport {
    fn assets(&mut self, batch: Vec<Staged<Asset>>) -> Result<(), StoreError> {
        let insert = format!(
            "INSERT INTO stage.asset (id, half, visibility, correspondence, line, fingerprint, raw, {}) VALUES (?{})",
            columns::ASSET,
            ", ?".repeat(6 + columns::ASSET_WIDTH)
        );
        self.batch(
            &insert,
            &batch,
            |a| Some(&a.record.source),
            |insert, row| {
                let asset = &row.value;
                columns::stage_asset(insert, &Staging::of(row), &asset.record, asset.located)
            },
        )?;
        self.staged.assets += batch.len() as u64;
        let public = batch.iter().filter(|row| row.value.record.visibility == Visibility::Public);
        for located in public.filter_map(|row| row.value.located) {
            self.extents.assets.add(located.position.lon(), located.position.lat());
        }
        Ok(())
    }

    fn areas(&mut self, batch: Vec<Staged<LocalityRecord>>) -> Result<(), StoreError> {
        let insert = format!(
            "INSERT INTO stage.area (id, line, fingerprint, raw, {}) VALUES (?{})",
            columns::LOCALITY,
            ", ?".repeat(13)
        );
        self.batch(
            &insert,
            &batch,
            |a| Some(&a.source),
            |insert, row| columns::stage_locality(insert, &Staging::of(row), &row.value),
        )?;
        self.staged.areas += batch.len() as u64;
        for corner in batch.iter().flat_map(|row| &row.value.boundary).flat_map(|p| &p.exterior().0) {
            self.extents.areas.add(corner.x, corner.y);
        }
        Ok(())
    }

    fn postcodes(&mut self, batch: Vec<Staged<PostcodeRecord>>) -> Result<(), StoreError> {
        let insert = format!(
            "INSERT INTO stage.postcode (fingerprint, {}) VALUES (?{})",
            columns::POSTCODE,
            ", ?".repeat(8)
        );
        self.batch(
            &insert,
            &batch,
            |_| None,
            |insert, row| columns::stage_postcode(insert, row.fingerprint, &row.value),
        )?;
        self.staged.postcodes += batch.len() as u64;
        Ok(())
    }

    fn publish(self: Box<Self>, source: &Source, report: &FileReport) -> Result<Published, StoreError> {
        publish::publish(*self, source, report)
    }
}

impl<'a> Staging<'a> {
    fn of<T>(row: &'a Staged<T>) -> Self {
        Self { line: row.line, fingerprint: row.fingerprint, raw: &row.raw }
    }
}
