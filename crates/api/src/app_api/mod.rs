//! The API of our own page; anyone may use it. One resource per file.

mod areas;
pub(crate) mod assets;
mod categories;
pub(crate) mod search;
pub(crate) mod spend;

use crate::AppState;
use crate::problem::{no_such_address, no_such_method};
use axum::Router;
use axum::routing::{get, post};

/// The routes under `/api`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/search", get(search::search))
        .route("/areas", get(areas::areas))
        .route("/categories", get(categories::categories))
        .route("/assets", post(assets::create))
        .route("/assets/{id}", get(assets::one).put(assets::put).patch(assets::patch).delete(assets::retire))
        .route("/assets/{id}/restore", post(assets::restore))
        .route("/assets/{id}/history", get(assets::history))
        .route("/spend", get(spend::areas))
        .route("/spend/{code}", get(spend::area))
        .route("/spend/{code}/lines", get(spend::lines))
        .route("/spend/lines/{id}", get(spend::line))
        .fallback(no_such_address)
        .method_not_allowed_fallback(no_such_method)
}
