//! The API of our own page; anyone may use it. One resource per file.

mod areas;
pub(crate) mod assets;
mod categories;
mod landing;
mod lines_table;
mod openapi;
pub(crate) mod search;
pub(crate) mod spend;

use crate::AppState;
use crate::problem::{no_such_address, no_such_method};
use axum::Router;
use axum::routing::{get, post};
use openapi::Described;

pub(crate) use landing::landing;

/// The routes under `/api`, each with what OpenAPI says of it.
pub fn routes() -> Router<AppState> {
    let asset = get(assets::one).put(assets::put).patch(assets::patch).delete(assets::retire);
    Described::default()
        .route("/", get(landing::landing), openapi::landing())
        .route("/search", get(search::search), openapi::search())
        .route("/areas", get(areas::areas), openapi::areas())
        .route("/categories", get(categories::categories), openapi::categories())
        .route("/assets", post(assets::create), openapi::assets())
        .route("/assets/{id}", asset, openapi::asset())
        .route("/assets/{id}/restore", post(assets::restore), openapi::restore())
        .route("/assets/{id}/history", get(assets::history), openapi::history())
        .route("/spend", get(spend::areas), openapi::spend())
        .route("/spend/{code}", get(spend::area), openapi::spend_of_area())
        .route("/spend/{code}/lines", get(spend::lines), openapi::area_lines())
        .route("/spend/lines/{id}", get(spend::line), openapi::line())
        .elsewhere("/map", openapi::map())
        .elsewhere("/spend/map", openapi::spend_map())
        .router()
        .fallback(no_such_address)
        .method_not_allowed_fallback(no_such_method)
}
