//! The pages that people read: HTML from the server, complete without script.

use crate::AppState;
use axum::Router;

/// The routes of the pages.
pub fn routes() -> Router<AppState> {
    Router::new()
}
