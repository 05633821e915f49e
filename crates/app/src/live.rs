use crate::Snapshot;
use crate::money::{Ledger, LiveLedger};
use arc_swap::ArcSwap;
use atlas::{Atlas, AtlasBuilder};
use ingest::locate;
use model::{Asset, AssetId};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{Changes, Edit, Edited, Entry, Revision, Store, StoreError};

/// So many assets at a time are handed on.
const BATCH: usize = 512;

/// Everything public in a store, as an atlas of its newest revision.
///
/// # Errors
/// When the store can't be read.
pub fn load(store: &dyn Store) -> Result<Atlas, StoreError> {
    let mut builder = AtlasBuilder::default();
    let mut batch = Vec::with_capacity(BATCH);
    let revision = store.read_all(&mut |entry| match entry {
        Entry::Source(source) => builder.source(source),
        Entry::Locality(locality) => builder.locality(locality),
        Entry::Postcode(postcode) => builder.postcode(&postcode),
        Entry::Asset(asset) => {
            batch.push(*asset);
            if batch.len() == BATCH {
                builder.assets(std::mem::replace(&mut batch, Vec::with_capacity(BATCH)));
            }
        }
    })?;
    batch.iter().for_each(|asset| builder.asset(asset));
    Ok(builder.build(revision))
}

/// A store and the atlas that answers for it. Whoever asks keeps the atlas that it got; a newer one is swapped in
/// beside it.
pub struct Live {
    store: Box<dyn Store>,
    atlas: ArcSwap<Atlas>,
    /// What has changed since the atlas was last built whole.
    changes: Mutex<Known>,
    rebuilding: Mutex<()>,
    ledger: LiveLedger,
    snapshot: Option<Snapshot>,
    started_from: StartedFrom,
    /// When the store was last seen to agree with the atlas, in seconds since 1970.
    agreed: AtomicI64,
}

/// With more changes than this it is time to build the atlas whole.
const MANY: usize = 2_000;

/// More changes than this at once are not taken in one by one.
const MOST: usize = 5_000;

/// What the first atlas was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartedFrom {
    /// A snapshot, and what has changed since.
    Snapshot,
    /// The store.
    Store,
}

impl StartedFrom {
    /// One word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Snapshot => "snapshot",
            Self::Store => "store",
        }
    }
}

/// An atlas of so many assets is built in a second.
const QUICKLY_BUILT: usize = 100_000;

impl Live {
    /// Reads the store for the first time.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn start(store: Box<dyn Store>) -> Result<Self, StoreError> {
        Self::start_with(store, None)
    }

    /// The same from a snapshot, where there is one that can be used.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn start_with(store: Box<dyn Store>, snapshot: Option<Snapshot>) -> Result<Self, StoreError> {
        let begun = match &snapshot {
            Some(snapshot) => start_from(snapshot, store.as_ref())?,
            None => None,
        };
        let (atlas, changes, started_from) = match begun {
            Some((atlas, changes)) => (atlas, changes, StartedFrom::Snapshot),
            None => (load(store.as_ref())?, HashMap::new(), StartedFrom::Store),
        };
        tracing::info!(from = started_from.as_str(), revision = atlas.revision(), "started");
        let ledger = LiveLedger::start(store.as_ref())?;
        Ok(Self {
            store,
            ledger,
            atlas: ArcSwap::from_pointee(atlas),
            changes: Mutex::new(changes),
            rebuilding: Mutex::default(),
            snapshot,
            started_from,
            agreed: AtomicI64::new(now()),
        })
    }

    /// What the first atlas was made from.
    pub fn started_from(&self) -> StartedFrom {
        self.started_from
    }

    /// The atlas that answers now.
    pub fn atlas(&self) -> Arc<Atlas> {
        self.atlas.load_full()
    }

    /// The ledger of public money that answers now.
    pub fn ledger(&self) -> Arc<Ledger> {
        self.ledger.get()
    }

    /// The store itself.
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// How long ago the store was last seen to agree with the atlas.
    pub fn age_seconds(&self) -> i64 {
        (now() - self.agreed.load(Ordering::Relaxed)).max(0)
    }

    /// Makes a change that a person decided on. When this returns it is on disk, and in every answer after.
    ///
    /// # Errors
    /// Those of [`Store::edit`]. When only reading it back fails, it is in the answers as soon as that works again.
    pub fn edit(&self, edit: &Edit) -> Result<Edited, StoreError> {
        let edited = self.store.edit(edit, &locate)?;
        if let Err(error) = self.refresh() {
            tracing::warn!(%error, "a change is saved, but not yet in the answers");
        }
        Ok(edited)
    }

    /// Waits for the next change, but no longer than `at_most`, and takes it in; says whether there was one.
    ///
    /// # Errors
    /// When the store can't be read; the old atlas stays.
    pub fn follow(&self, at_most: Duration) -> Result<bool, StoreError> {
        self.store.wait_for_change(self.atlas.load().revision(), at_most)?;
        self.refresh()
    }

    /// Takes in what has changed in the store; says whether anything had. The old atlas answers meanwhile.
    ///
    /// # Errors
    /// When the store can't be read; the old atlas stays.
    pub fn refresh(&self) -> Result<bool, StoreError> {
        let mut known = lock(&self.changes);
        let atlas = self.atlas();
        if self.store.revision()? == atlas.revision() {
            self.agreed.store(now(), Ordering::Relaxed);
            self.ledger.catch_up(self.store())?;
            return Ok(false);
        }
        match self.store.changes(atlas.revision(), MOST)? {
            Changes::Assets { revision, sources, assets } => {
                known.extend(assets);
                self.answer_with(atlas.with_changes(revision, sources, each(&known)));
                self.ledger.refresh(self.store(), false)?;
                Ok(true)
            }
            Changes::Everything => {
                drop(known);
                self.rebuild(atlas.revision())?;
                Ok(true)
            }
        }
    }

    /// Builds the atlas whole when much has changed since; says whether it did. The old one takes in changes and answers
    /// meanwhile.
    ///
    /// # Errors
    /// When the store can't be read; the old atlas stays.
    pub fn compact(&self) -> Result<bool, StoreError> {
        let atlas = self.atlas();
        if atlas.changed_assets() < MANY {
            return Ok(false);
        }
        self.rebuild(atlas.revision()).map(|()| true)
    }

    /// Reads everything, unless another thread has done so since the atlas had this revision.
    fn rebuild(&self, since: Revision) -> Result<(), StoreError> {
        let _one_at_a_time = lock(&self.rebuilding);
        let before = self.atlas();
        if before.revision() > since && before.changed_assets() < MANY {
            return Ok(());
        }
        if let Some(snapshot) = &self.snapshot {
            snapshot.remove();
        }
        let whole = Arc::new(load(self.store.as_ref())?);
        self.take_over(&whole)?;
        self.write_snapshot(&whole);
        Ok(())
    }

    /// Answers with an atlas that was built whole, and what was taken in meanwhile.
    fn take_over(&self, whole: &Arc<Atlas>) -> Result<(), StoreError> {
        let mut known = lock(&self.changes);
        // What was taken in meanwhile is newer than what was read.
        if self.atlas.load().revision() > whole.revision() {
            match self.store.changes(whole.revision(), MOST)? {
                Changes::Assets { revision, sources, assets } => {
                    *known = assets.into_iter().collect();
                    self.answer_with(whole.with_changes(revision, sources, each(&known)));
                }
                // The next look reads again.
                Changes::Everything => {}
            }
        } else {
            known.clear();
            self.swap(whole.clone());
        }
        drop(known);
        self.ledger.refresh(self.store(), true)
    }

    /// Writes the snapshot when there is none, things are quiet, and one is wanted. To be called now and then.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn keep_snapshot(&self) -> Result<(), StoreError> {
        if self.snapshot_is_due() { self.keep(usize::MAX) } else { Ok(()) }
    }

    /// Whether [`keep_snapshot`](Self::keep_snapshot) has something to do.
    pub fn snapshot_is_due(&self) -> bool {
        self.snapshot.as_ref().is_some_and(Snapshot::is_due)
    }

    /// Writes the snapshot when there is none and one is wanted, unless the atlas had to be built anew for it and that would
    /// take long. To be called at the end.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn keep_snapshot_at_end(&self) -> Result<(), StoreError> {
        self.keep(QUICKLY_BUILT)
    }

    /// Writes the snapshot; builds the atlas for it if it has no more assets than this.
    fn keep(&self, build_up_to: usize) -> Result<(), StoreError> {
        let one_at_a_time = lock(&self.rebuilding);
        if self.snapshot.as_ref().is_none_or(Snapshot::is_there) {
            return Ok(());
        }
        let atlas = self.atlas();
        if atlas.is_whole() {
            self.write_snapshot(&atlas);
            return Ok(());
        }
        drop(one_at_a_time);
        if atlas.asset_count() <= build_up_to { self.rebuild(atlas.revision()) } else { Ok(()) }
    }

    /// Writes an atlas that was built whole, unless something in it has gone since.
    fn write_snapshot(&self, whole: &Atlas) {
        let Some(snapshot) = &self.snapshot else { return };
        let ticket = {
            // So that nothing is taken in between the two.
            let _known = lock(&self.changes);
            let ticket = snapshot.ticket();
            if self.atlas().has_lost_something() {
                return;
            }
            ticket
        };
        snapshot.write(ticket, whole, self.store.as_ref());
    }

    /// Answers with an atlas to which something was added. What has gone from it goes from the disk first.
    fn answer_with(&self, atlas: Atlas) {
        if let Some(snapshot) = &self.snapshot {
            snapshot.changed();
            if atlas.has_lost_something() {
                snapshot.remove();
            }
        }
        self.swap(Arc::new(atlas));
    }

    fn swap(&self, atlas: Arc<Atlas>) {
        self.atlas.store(atlas);
        self.agreed.store(now(), Ordering::Relaxed);
    }
}

/// The changes since an atlas was built whole.
type Known = HashMap<AssetId, Option<Asset>>;

/// The atlas of a snapshot with what has changed since; `None` when the store has to be read.
fn start_from(snapshot: &Snapshot, store: &dyn Store) -> Result<Option<(Atlas, Known)>, StoreError> {
    let put_aside = |error: std::io::Error| {
        if error.kind() != std::io::ErrorKind::NotFound {
            tracing::info!(%error, "the snapshot can't be used; reading the store");
        }
    };
    let Ok(head) = snapshot.look(store).map_err(put_aside) else { return Ok(None) };
    let changes = match store.revision()? == head.revision {
        true => None,
        false => Some(store.changes(head.revision, MOST)?),
    };
    if matches!(changes, Some(Changes::Everything)) {
        tracing::info!("too much has changed since the snapshot; reading the store");
        return Ok(None);
    }
    let Ok(atlas) = snapshot.read(&head).map_err(put_aside) else { return Ok(None) };
    let Some(Changes::Assets { revision, sources, assets }) = changes else {
        return Ok(Some((atlas, Known::new())));
    };
    let known: Known = assets.into_iter().collect();
    let atlas = atlas.with_changes(revision, sources, each(&known));
    if atlas.has_lost_something() {
        snapshot.remove();
    }
    Ok(Some((atlas, known)))
}

fn each(known: &Known) -> impl Iterator<Item = (AssetId, Option<&Asset>)> {
    known.iter().map(|(id, asset)| (*id, asset.as_ref()))
}

/// A panic elsewhere leaves the atlas whole: it is swapped in one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
