//! The OGC API: one resource per file, each as JSON and as a page ([`document`]).

mod about_area;
mod area_items;
pub(crate) mod asked;
mod collections;
mod conformance;
mod crs;
pub(crate) mod csv;
mod cursor;
mod datetime;
pub(crate) mod document;
mod geojson;
mod item;
mod items;
mod items_page;
mod landing;
pub(crate) mod link;
mod openapi;
mod query;
mod schema;
mod sources;

pub(crate) use landing::OPENAPI;
pub use landing::landing;

use crate::AppState;
use crate::problem::{no_such_address, no_such_method};
use axum::Router;
use axum::middleware::from_fn;
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
        .route("/collections/{collection}/items/{id}", get(item::item))
        .fallback(no_such_address)
        .method_not_allowed_fallback(no_such_method)
        .layer(from_fn(crate::pages::guard))
}
