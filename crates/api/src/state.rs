use app::Live;
use atlas::Atlas;
use std::sync::Arc;

/// What every handler shares.
#[derive(Clone)]
pub struct AppState {
    live: Arc<Live>,
}

impl AppState {
    /// Answers for a live store.
    pub fn new(live: Arc<Live>) -> Self {
        Self { live }
    }

    /// The atlas that answers now. Take it once in a request and keep it, so that one answer speaks of one revision.
    pub fn atlas(&self) -> Arc<Atlas> {
        self.live.atlas()
    }

    /// The live store.
    pub fn live(&self) -> &Live {
        &self.live
    }
}
