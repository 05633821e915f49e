//! **HTTP and serving formats**, and nothing else knows them: `/ogc` (an OGC API), `/api` (for our own page), `/`
//! (the page), `/healthz`. Routes are on one screen, here; a resource is a file.

mod pages;
mod state;

pub use state::AppState;

use axum::Router;

/// Every route.
pub fn router(state: AppState) -> Router {
    Router::new().merge(pages::routes()).with_state(state)
}
