//! Rows on their way in: checked for doubles, kept in the staging file, and forgotten unless published.

use super::columns::Binder;
use super::connection::Writer;
use super::extent::Extent;
use super::publish;
use crate::error::Doing;
use crate::money::rows::{POPULATION, POPULATION_WIDTH, SPEND, SPEND_WIDTH, put_population, put_spend};
use crate::rows::{self, ASSET, ASSET_WIDTH, LOCALITY, LOCALITY_WIDTH, POSTCODE, POSTCODE_WIDTH};
use crate::tally;
use crate::{FileReport, Import, Published, Staged, StoreError};
use model::{
    Asset, AssetId, LocalityRecord, PopulationRecord, Postcode, PostcodeRecord, Source, SpendRecord,
    Visibility,
};
use rusqlite::ErrorCode;

const STAGING: &str = "staging rows";

/// One import of one file.
pub struct FileImport {
    pub(super) writer: Writer,
    pub(super) source: String,
    pub(super) staged: tally::Staged,
    /// Around the public assets and the areas that are staged.
    pub(super) extents: Extents,
    failed: bool,
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
            staged: tally::Staged::default(),
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
        stage: impl Fn(&mut Binder<'_, '_>, &Staged<T>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        self.still_whole()?;
        self.failed = true;
        let tx = self.writer.conn.unchecked_transaction().doing(STAGING)?;
        let mut statement = tx.prepare_cached(insert).doing(STAGING)?;
        for row in batch {
            if let Some(theirs) = source_of(&row.value) {
                tally::check_source(theirs, &self.source, row.line)?;
            }
            let mut binder = Binder::new(&mut statement);
            match stage(&mut binder, row).and_then(|()| binder.execute()) {
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
        tally::still_whole(self.failed)
    }
}

impl Import for FileImport {
    fn assets(&mut self, batch: Vec<Staged<Asset>>) -> Result<(), StoreError> {
        let insert = format!(
            "INSERT INTO stage.asset (id, half, visibility, correspondence, line, fingerprint, raw, {}) VALUES (?{})",
            ASSET,
            ", ?".repeat(6 + ASSET_WIDTH)
        );
        self.batch(
            &insert,
            &batch,
            |a| Some(&a.record.source),
            |insert, row| {
                let (asset, id) = (&row.value.record, row.id());
                insert.bind(id.to_string())?;
                insert.bind(id.as_u128() as i64)?;
                insert.bind(asset.visibility.as_str())?;
                insert.bind(asset.correspondence.as_ref().map(Postcode::as_str))?;
                insert.bind(row.line)?;
                insert.bind(row.fingerprint.0)?;
                insert.bind(&row.raw)?;
                rows::put_asset(insert, asset, row.value.located)
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
            LOCALITY,
            ", ?".repeat(3 + LOCALITY_WIDTH)
        );
        self.batch(
            &insert,
            &batch,
            |a| Some(&a.source),
            |insert, row| {
                insert.bind(AssetId::of(&row.value.source, &row.value.key).to_string())?;
                insert.bind(row.line)?;
                insert.bind(row.fingerprint.0)?;
                insert.bind(&row.raw)?;
                rows::put_locality(insert, &row.value)
            },
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
            POSTCODE,
            ", ?".repeat(POSTCODE_WIDTH)
        );
        self.batch(
            &insert,
            &batch,
            |_| None,
            |insert, row| {
                insert.bind(row.fingerprint.0)?;
                rows::put_postcode(insert, &row.value)
            },
        )?;
        self.staged.postcodes += batch.len() as u64;
        Ok(())
    }

    fn spend(&mut self, batch: Vec<Staged<SpendRecord>>) -> Result<(), StoreError> {
        let insert = format!(
            "INSERT INTO stage.spend (id, line, fingerprint, raw, {}) VALUES (?{})",
            SPEND,
            ", ?".repeat(3 + SPEND_WIDTH)
        );
        self.batch(
            &insert,
            &batch,
            |line| Some(&line.source),
            |insert, row| {
                insert.bind(AssetId::of(&row.value.source, &row.value.key).to_string())?;
                insert.bind(row.line)?;
                insert.bind(row.fingerprint.0)?;
                insert.bind(&row.raw)?;
                put_spend(insert, &row.value)
            },
        )?;
        self.staged.spend += batch.len() as u64;
        Ok(())
    }

    fn populations(&mut self, batch: Vec<Staged<PopulationRecord>>) -> Result<(), StoreError> {
        let insert = format!(
            "INSERT INTO stage.population (fingerprint, {}) VALUES (?{})",
            POPULATION,
            ", ?".repeat(POPULATION_WIDTH)
        );
        self.batch(
            &insert,
            &batch,
            |people| Some(&people.source),
            |insert, row| {
                insert.bind(row.fingerprint.0)?;
                put_population(insert, &row.value)
            },
        )?;
        self.staged.populations += batch.len() as u64;
        Ok(())
    }

    fn publish(self: Box<Self>, source: &Source, report: &FileReport) -> Result<Published, StoreError> {
        publish::publish(*self, source, report)
    }
}
