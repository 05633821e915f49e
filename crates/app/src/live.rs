use arc_swap::ArcSwap;
use atlas::{Atlas, AtlasBuilder};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Entry, Store, StoreError};

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
    refreshing: Mutex<()>,
}

impl Live {
    /// Reads the store for the first time.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn start(store: Box<dyn Store>) -> Result<Self, StoreError> {
        let atlas = load(store.as_ref())?;
        Ok(Self { store, atlas: ArcSwap::from_pointee(atlas), refreshing: Mutex::new(()) })
    }

    /// The atlas that answers now.
    pub fn atlas(&self) -> Arc<Atlas> {
        self.atlas.load_full()
    }

    /// The store itself.
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// Reads the store again if it has a newer revision; says whether it had. The old atlas answers meanwhile.
    ///
    /// # Errors
    /// When the store can't be read; the old atlas stays.
    pub fn refresh(&self) -> Result<bool, StoreError> {
        let _one_at_a_time = self.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.store.revision()? == self.atlas.load().revision() {
            return Ok(false);
        }
        self.atlas.store(Arc::new(load(self.store.as_ref())?));
        Ok(true)
    }
}
