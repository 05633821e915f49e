use super::Ledger;
use arc_swap::ArcSwap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::{Store, StoreError};

/// The ledger that answers now. Whoever asks keeps the one that it got; a newer one is swapped in beside it.
pub(crate) struct LiveLedger {
    ledger: ArcSwap<Ledger>,
    /// Whether it is known to be older than the store.
    is_behind: AtomicBool,
}

impl LiveLedger {
    pub fn start(store: &dyn Store) -> Result<Self, StoreError> {
        let ledger = ArcSwap::from_pointee(Ledger::load(store)?);
        Ok(Self { ledger, is_behind: AtomicBool::new(false) })
    }

    pub fn get(&self) -> Arc<Ledger> {
        self.ledger.load_full()
    }

    /// Reads the money again when it has changed since, or the areas have.
    pub fn refresh(&self, store: &dyn Store, areas_changed: bool) -> Result<(), StoreError> {
        // Until it is seen to be as new as the store, also where asking fails.
        self.is_behind.store(true, Ordering::Release);
        if areas_changed || store.money_revision()? > self.ledger.load().revision {
            self.ledger.store(Arc::new(Ledger::load(store)?));
        }
        self.is_behind.store(false, Ordering::Release);
        Ok(())
    }

    /// Goes on with a [`refresh`](Self::refresh) that failed.
    pub fn catch_up(&self, store: &dyn Store) -> Result<(), StoreError> {
        if self.is_behind.load(Ordering::Acquire) { self.refresh(store, true) } else { Ok(()) }
    }
}
