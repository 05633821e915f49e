//! **HTTP and serving formats**, and nothing else knows them: `/ogc` (an OGC API), `/api` (for our own page), `/`
//! (the page), `/healthz`. Routes are on one screen, here and in the `mod.rs` of each part; a resource is a file.

mod app_api;
mod base_url;
mod caching;
mod health;
mod ogc;
mod pages;
mod params;
mod problem;
mod server;
mod state;

pub use server::serve;
pub use state::AppState;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::trace::TraceLayer;

/// Every route.
pub fn router(state: AppState) -> Router {
    let data = Router::new()
        .nest("/ogc", ogc::routes())
        .route("/ogc/", get(ogc::landing))
        .nest("/api", app_api::routes())
        .layer(from_fn_with_state(state.clone(), caching::by_revision));
    Router::new()
        .merge(data)
        .merge(pages::routes())
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .layer(CompressionLayer::new())
        .layer(from_fn(caching::cross_origin))
        .layer(from_fn(base_url::name_host))
        .layer(CatchPanicLayer::custom(problem::from_panic))
        .layer(TraceLayer::new_for_http())
        .with_state(state)
}
