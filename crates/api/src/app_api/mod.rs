//! The API of our own page; anyone may use it. One resource per file.

mod areas;
mod categories;
pub(crate) mod search;

use crate::AppState;
use crate::problem::{no_such_address, no_such_method};
use axum::Router;
use axum::routing::get;

/// The routes under `/api`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/search", get(search::search))
        .route("/areas", get(areas::areas))
        .route("/categories", get(categories::categories))
        .fallback(no_such_address)
        .method_not_allowed_fallback(no_such_method)
}
