use crate::base_url::BaseUrl;
use crate::editors::Editors;
use app::{Edit, Edited, Live, StoreError};
use atlas::Atlas;
use axum::http::HeaderMap;
use std::sync::Arc;

/// What every handler shares.
#[derive(Clone)]
pub struct AppState {
    live: Arc<Live>,
    /// The address by which others reach this server, when it was given.
    url: Option<Arc<str>>,
    editors: Arc<Editors>,
}

impl AppState {
    /// Answers for a live store; `url` is the address by which others reach it, where a proxy stands in front.
    pub fn new(live: Arc<Live>, url: Option<String>, editors: Editors) -> Self {
        Self { live, url: url.map(|url| url.trim_end_matches('/').into()), editors: Arc::new(editors) }
    }

    /// Who may change things.
    pub(crate) fn editors(&self) -> &Editors {
        &self.editors
    }

    /// Whether others reach this server by HTTPS.
    pub(crate) fn is_https(&self) -> bool {
        self.url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// Makes a change, on a thread that may wait.
    pub(crate) async fn edit(&self, edit: Edit) -> Result<Edited, StoreError> {
        self.reading(move |live| live.edit(&edit)).await
    }

    /// Asks the store something, on a thread that may wait. A panic there is one here.
    pub(crate) async fn reading<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Live) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let live = self.live.clone();
        let answered = tokio::task::spawn_blocking(move || ask(&live)).await;
        answered.unwrap_or_else(|ended| std::panic::resume_unwind(ended.into_panic()))
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
