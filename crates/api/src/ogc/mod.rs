//! The OGC API: one resource per file.

mod collections;
mod conformance;
mod crs;
mod csv;
mod cursor;
mod geojson;
mod items;
mod landing;
mod openapi;
mod query;
mod schema;

pub use landing::landing;

use crate::AppState;
use crate::problem::{no_such_address, no_such_method};
use axum::Router;
use axum::routing::get;

/// The routes under `/ogc`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(landing))
        .route("/conformance", get(conformance::conformance))
        .route("/api", get(openapi::openapi))
        .route("/collections", get(collections::list))
        .route("/collections/{collection}", get(collections::one))
        .route("/collections/{collection}/queryables", get(schema::queryables))
        .route("/collections/{collection}/schema", get(schema::schema))
        .route("/collections/{collection}/feature-schema", get(schema::feature_schema))
        .route("/collections/{collection}/items", get(items::items))
        .route("/collections/{collection}/items/{id}", get(items::item))
        .fallback(no_such_address)
        .method_not_allowed_fallback(no_such_method)
}
