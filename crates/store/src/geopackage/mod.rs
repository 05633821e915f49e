//! The store's first home: a GeoPackage file and, beside it, its sealed twin.
//!
//! - [`files`]: which files there are, and the lock of the one writer. [`open`]: making and opening them.
//!   [`connection`]: the two kinds of connection, reading and writing. [`migrate`]: their schema. [`guard`]: why
//!   nobody else edits them.
//! - [`stage`]: rows on their way in, in a third file that lives only while an import runs. [`publish`]: makes them
//!   the truth. [`sealed`]: which rows of the twin hold at a revision. [`metadata`]: what the GeoPackage says of
//!   itself. [`relocate`]: new positions after new postcodes.
//! - [`edit`]: what a person decides. [`overlay`]: what an import does to what was decided. [`standing`]: one asset, with
//!   what was decided about it and what happened to it.
//! - [`money`]: public money, and where it is placed.
//! - [`take_out`], [`fill`]: everything, to and from another home.
//! - [`read`]: everything that is asked. [`changes`]: what has changed since a revision. [`columns`], [`blob`], [`extent`]: values as they are stored.
//!
//! **Two files do not commit as one.** Every publication first commits its sealed rows, stamped with the revision
//! to come, and then the GeoPackage with that revision. A reader takes only sealed rows that hold at the
//! GeoPackage's revision; sealed rows of a revision that never came are discarded by the next writer.

mod blob;
mod changes;
mod columns;
mod connection;
mod edit;
mod extent;
mod files;
mod fill;
mod guard;
mod metadata;
mod migrate;
mod money;
mod open;
mod overlay;
mod publish;
mod read;
mod relocate;
mod sealed;
mod stage;
mod standing;
mod take_out;

use crate::{
    Allocation, AssetState, Changes, Edit, Edited, Entry, Fill, Happening, Import, Kept, Locate, Money,
    NewAllocation, Placed, PlacedLine, Revision, Run, SpendLine, State, Store, StoreError, Weights,
};
use files::Files;
use model::{AssetId, Postcode, PostcodeRecord, Source};
use rusqlite::Connection;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long an import waits for another one to finish before it gives up.
const PATIENCE: Duration = Duration::from_secs(3);

/// A store in a GeoPackage file, `assetmap.gpkg`, which QGIS and others open as it stands; what is not public is
/// in its sealed twin beside it, `assetmap.sealed`. Any number of programs may read at once while one writes.
///
/// ```
/// use store::{GeoPackage, Store};
/// # let folder = std::env::temp_dir().join(format!("store-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// let store = GeoPackage::create_or_open(folder.join("assetmap.gpkg"))?;
/// assert_eq!(store.revision()?, 0);
/// # drop(store);
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct GeoPackage {
    files: Files,
    readers: Mutex<Vec<Connection>>,
    editing: Mutex<()>,
    patience: Duration,
}

impl GeoPackage {
    /// Opens a store, or makes an empty one when there is no file yet.
    ///
    /// # Errors
    /// When the file is something else, is newer than this program, or its sealed twin is missing or another
    /// store's; when its folder is missing or may not be written.
    pub fn create_or_open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        open::open(path.as_ref(), open::Missing::Create)
    }

    /// Opens a store that is there.
    ///
    /// # Errors
    /// As [`create_or_open`](Self::create_or_open), and when there is no such file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        open::open(path.as_ref(), open::Missing::Refuse)
    }
}

impl Store for GeoPackage {
    fn place(&self) -> String {
        self.files.public.display().to_string()
    }

    fn revision(&self) -> Result<Revision, StoreError> {
        read::revision(&*self.reader()?)
    }

    fn mark(&self, revision: Revision) -> Result<String, StoreError> {
        read::mark(&*self.reader()?, revision)
    }

    fn begin_import(&self, source: &Source) -> Result<Box<dyn Import + '_>, StoreError> {
        Ok(Box::new(stage::FileImport::begin(self.writer()?, source)?))
    }

    fn postcodes(&self, wanted: &[Postcode]) -> Result<HashMap<Postcode, PostcodeRecord>, StoreError> {
        read::postcodes(&*self.reader()?, wanted)
    }

    fn read_all(&self, visit: &mut dyn FnMut(Entry)) -> Result<Revision, StoreError> {
        let reader = self.reader()?;
        connection::let_readers_and_writer_meet(&reader);
        read::everything(&reader, visit)
    }

    fn relocation_is_due(&self) -> Result<bool, StoreError> {
        read::relocation_is_due(&*self.reader()?)
    }

    fn relocate(&self, locate: Locate<'_>) -> Result<u64, StoreError> {
        relocate::relocate(self.writer()?, locate)
    }

    fn changes(&self, after: Revision, most: usize) -> Result<Changes, StoreError> {
        changes::changes(&*self.reader()?, after, most)
    }

    fn wait_for_change(&self, after: Revision, at_most: Duration) -> Result<Revision, StoreError> {
        changes::wait(&*self.reader()?, after, at_most)
    }

    fn edit(&self, edit: &Edit, locate: Locate<'_>) -> Result<Edited, StoreError> {
        // Who waits in this program is woken at once; who waits in another looks again and again.
        let _turn = self.editing.lock().unwrap_or_else(PoisonError::into_inner);
        edit::edit(self.writer()?, edit, locate)
    }

    fn asset(&self, id: AssetId) -> Result<Option<AssetState>, StoreError> {
        let reader = self.reader()?;
        let (tx, revision) = sealed::snapshot(&reader)?;
        Ok(standing::find(&tx, revision, id)?.map(|(_, standing)| standing.state()))
    }

    fn history(
        &self,
        id: AssetId,
        before: Option<Revision>,
        limit: usize,
    ) -> Result<Vec<Happening>, StoreError> {
        let reader = self.reader()?;
        let (tx, revision) = sealed::snapshot(&reader)?;
        standing::history(&tx, revision, id, before, limit)
    }

    fn runs(&self, before: Option<u64>, limit: usize) -> Result<Vec<Run>, StoreError> {
        read::runs(&*self.reader()?, before, limit)
    }

    fn counts(&self) -> Result<Vec<(String, u64)>, StoreError> {
        read::counts(&*self.reader()?)
    }

    fn money(&self, visit: &mut dyn FnMut(Money)) -> Result<Revision, StoreError> {
        let reader = self.reader()?;
        connection::let_readers_and_writer_meet(&reader);
        money::money(&reader, visit)
    }

    fn money_revision(&self) -> Result<Revision, StoreError> {
        money::money_revision(&*self.reader()?)
    }

    fn spend_lines(&self, numbers: &[u64]) -> Result<Vec<SpendLine>, StoreError> {
        money::lines(&*self.reader()?, numbers)
    }

    fn spend_line(&self, id: AssetId) -> Result<Option<(SpendLine, String)>, StoreError> {
        money::line(&*self.reader()?, id)
    }

    fn allocate(
        &self,
        new: &NewAllocation,
        weights: &[Weights],
        placed: &[(u64, Placed)],
    ) -> Result<Allocation, StoreError> {
        money::allocate(self.writer()?, new, weights, placed)
    }

    fn allocations(&self, before: Option<u64>, limit: usize) -> Result<Vec<Allocation>, StoreError> {
        money::allocations(&*self.reader()?, before, limit)
    }

    fn placements(&self, allocation: u64, visit: &mut dyn FnMut(PlacedLine)) -> Result<(), StoreError> {
        money::placements(&*self.reader()?, allocation, visit)
    }

    fn take_out(&self, visit: &mut dyn FnMut(Kept) -> Result<(), StoreError>) -> Result<State, StoreError> {
        let reader = self.reader()?;
        connection::let_readers_and_writer_meet(&reader);
        take_out::take_out(&reader, visit)
    }

    fn fill(&self) -> Result<Box<dyn Fill + '_>, StoreError> {
        Ok(Box::new(fill::FileFill::begin(self.writer()?, &self.files)?))
    }
}

/// Leaves one plain file to hand around, unless others still have it open.
impl Drop for GeoPackage {
    fn drop(&mut self) {
        if let Ok(readers) = self.readers.get_mut() {
            readers.clear();
        }
        connection::leave_plain_files(&self.files);
    }
}
