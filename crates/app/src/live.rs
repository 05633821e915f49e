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

/// Everything public in a store, as an atlas of its newest revision.
///
/// # Errors
/// When the store can't be read.
pub fn load(store: &dyn Store) -> Result<Atlas, StoreError> {
    let mut builder = AtlasBuilder::default();
    let revision = store.read_all(&mut |entry| match entry {
        Entry::Source(source) => builder.source(source),
        Entry::Locality(locality) => builder.locality(locality),
        Entry::Postcode(postcode) => builder.postcode(&postcode),
        Entry::Asset(asset) => builder.asset(&asset),
    })?;
    Ok(builder.build(revision))
}

/// A store and the atlas that answers for it. Whoever asks keeps the atlas that it got; a newer one is swapped in
/// beside it.
pub struct Live {
    store: Box<dyn Store>,
    atlas: ArcSwap<Atlas>,
    /// What has changed since the atlas was last built whole.
    changes: Mutex<HashMap<AssetId, Option<Asset>>>,
    rebuilding: Mutex<()>,
    ledger: LiveLedger,
    /// When the store was last seen to agree with the atlas, in seconds since 1970.
    agreed: AtomicI64,
}

/// With more changes than this it is time to build the atlas whole.
const MANY: usize = 2_000;

/// More changes than this at once are not taken in one by one.
const MOST: usize = 5_000;

impl Live {
    /// Reads the store for the first time.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn start(store: Box<dyn Store>) -> Result<Self, StoreError> {
        let atlas = load(store.as_ref())?;
        let ledger = LiveLedger::start(store.as_ref(), &atlas)?;
        Ok(Self {
            store,
            ledger,
            atlas: ArcSwap::from_pointee(atlas),
            changes: Mutex::default(),
            rebuilding: Mutex::default(),
            agreed: AtomicI64::new(now()),
        })
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
            self.ledger.catch_up(self.store(), &atlas)?;
            return Ok(false);
        }
        match self.store.changes(atlas.revision(), MOST)? {
            Changes::Assets { revision, sources, assets } => {
                known.extend(assets);
                self.swap(atlas.with_changes(revision, sources, each(&known)));
                self.ledger.refresh(self.store(), &self.atlas(), false)?;
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
        let whole = load(self.store.as_ref())?;
        let mut known = lock(&self.changes);
        // What was taken in meanwhile is newer than what was read.
        if self.atlas.load().revision() > whole.revision() {
            match self.store.changes(whole.revision(), MOST)? {
                Changes::Assets { revision, sources, assets } => {
                    *known = assets.into_iter().collect();
                    self.swap(whole.with_changes(revision, sources, each(&known)));
                }
                // The next look reads again.
                Changes::Everything => {}
            }
        } else {
            known.clear();
            self.swap(whole);
        }
        drop(known);
        self.ledger.refresh(self.store(), &self.atlas(), true)
    }

    fn swap(&self, atlas: Atlas) {
        self.atlas.store(Arc::new(atlas));
        self.agreed.store(now(), Ordering::Relaxed);
    }
}

fn each(known: &HashMap<AssetId, Option<Asset>>) -> impl Iterator<Item = (AssetId, Option<&Asset>)> {
    known.iter().map(|(id, asset)| (*id, asset.as_ref()))
}

/// A panic elsewhere leaves the atlas whole: it is swapped in one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
