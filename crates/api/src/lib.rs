//! **HTTP and serving formats**, and nothing else knows them: `/ogc` (an OGC API), `/api` (for our own page), `/`
//! (the page), `/healthz`. Routes are on one screen, here and in the `mod.rs` of each part; a resource is a file.

mod app_api;
mod base_url;
mod caching;
mod editors;
mod health;
mod observe;
mod ogc;
mod pages;
mod params;
mod problem;
mod server;
mod spend;
mod state;

pub use editors::Editors;
pub use server::serve;
pub use state::AppState;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// Every route.
pub fn router(state: AppState) -> Router {
    observe::start();
    let every = ServiceBuilder::new()
        .layer(from_fn(observe::each))
        .layer(CatchPanicLayer::custom(problem::from_panic))
        .layer(from_fn_with_state(state.clone(), caching::conventions))
        .layer(CompressionLayer::new());
    Router::new()
        .nest("/ogc", ogc::routes())
        .route("/ogc/", get(ogc::landing))
        .nest("/api", app_api::routes())
        .route("/api/", get(app_api::landing))
        .merge(pages::routes())
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(observe::metrics))
        .layer(every)
        .with_state(state)
}
