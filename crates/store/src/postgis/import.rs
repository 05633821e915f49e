//! One file on its way in.

use super::connection::Connection;
use super::publish;
use super::stage::{OfAnotherStore, Stage};
use crate::{FileReport, Import, Published, Staged, StoreError, tally};
use model::{Asset, LocalityRecord, PopulationRecord, PostcodeRecord, Source, SpendRecord};

/// One import of one file.
pub struct DatabaseImport {
    pub(super) stage: Stage,
    pub(super) source: String,
    pub(super) staged: tally::Staged,
    failed: bool,
}

impl DatabaseImport {
    pub fn begin(writer: Connection, source: &Source) -> Result<Self, StoreError> {
        Ok(Self {
            stage: Stage::begin(writer)?,
            source: source.id.clone(),
            staged: tally::Staged::default(),
            failed: false,
        })
    }

    pub(super) fn still_whole(&self) -> Result<(), StoreError> {
        tally::still_whole(self.failed)
    }

    /// After a failure the import can only be dropped.
    fn guarded(&mut self, stage: impl FnOnce(&mut Self) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.still_whole()?;
        self.failed = true;
        stage(self)?;
        self.failed = false;
        Ok(())
    }

    fn is_ours<T>(&self, batch: &[Staged<T>], source: impl Fn(&T) -> &str) -> Result<(), StoreError> {
        batch.iter().try_for_each(|row| tally::check_source(source(&row.value), &self.source, row.line))
    }
}

impl Import for DatabaseImport {
    fn assets(&mut self, batch: Vec<Staged<Asset>>) -> Result<(), StoreError> {
        self.guarded(|import| {
            import.is_ours(&batch, |asset| &asset.record.source)?;
            import.staged.assets += batch.len() as u64;
            import.stage.assets(batch.iter().map(|row| (row, None)))
        })
    }

    fn areas(&mut self, batch: Vec<Staged<LocalityRecord>>) -> Result<(), StoreError> {
        self.guarded(|import| {
            import.is_ours(&batch, |area| &area.source)?;
            import.staged.areas += batch.len() as u64;
            import.stage.areas(batch.iter().map(|row| (row, None)))
        })
    }

    fn postcodes(&mut self, batch: Vec<Staged<PostcodeRecord>>) -> Result<(), StoreError> {
        self.guarded(|import| {
            import.staged.postcodes += batch.len() as u64;
            let source = import.source.clone();
            import.stage.postcodes(&source, batch.iter().map(|row| (row, None)))
        })
    }

    fn spend(&mut self, batch: Vec<Staged<SpendRecord>>) -> Result<(), StoreError> {
        self.guarded(|import| {
            import.is_ours(&batch, |line| &line.source)?;
            import.staged.spend += batch.len() as u64;
            import.stage.spend(batch.iter().map(|row| (row, None, OfAnotherStore::default())))
        })
    }

    fn populations(&mut self, batch: Vec<Staged<PopulationRecord>>) -> Result<(), StoreError> {
        self.guarded(|import| {
            import.is_ours(&batch, |people| &people.source)?;
            import.staged.populations += batch.len() as u64;
            import.stage.populations(batch.iter().map(|row| (row.line, row.fingerprint, &row.value, None)))
        })
    }

    fn publish(self: Box<Self>, source: &Source, report: &FileReport) -> Result<Published, StoreError> {
        publish::publish(*self, source, report)
    }
}
