use crate::base_url::BaseUrl;
use app::Live;
use atlas::Atlas;
use axum::http::HeaderMap;
use std::sync::Arc;

/// What every handler shares.
#[derive(Clone)]
pub struct AppState {
    live: Arc<Live>,
    /// The address by which others reach this server, when it was given.
    url: Option<Arc<str>>,
}

impl AppState {
    /// Answers for a live store; `url` is the address by which others reach it, where a proxy stands in front.
    pub fn new(live: Arc<Live>, url: Option<String>) -> Self {
        Self { live, url: url.map(|url| url.trim_end_matches('/').into()) }
    }

    /// The atlas that answers now. Take it once in a request and keep it, so that one answer speaks of one revision.
    pub fn atlas(&self) -> Arc<Atlas> {
        self.live.atlas()
    }

    /// The live store.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// The start of every absolute link in an answer.
    pub(crate) fn base_url(&self, headers: &HeaderMap) -> BaseUrl {
        BaseUrl::of(self.url.as_deref(), headers)
    }
}
