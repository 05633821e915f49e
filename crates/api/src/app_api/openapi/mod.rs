//! `/api/openapi.json`: what `/api` answers, in OpenAPI 3.0.3. Each resource is described in a file of its own; a route
//! is added together with its description, so that there is none without.

mod areas;
mod assets;
mod categories;
mod described;
mod landing;
mod lines;
mod maps;
mod operation;
mod schema;
mod search;
mod shared;
mod spend;
#[cfg(test)]
mod tests;

pub(super) use areas::areas;
pub(super) use assets::{asset, assets, history, restore};
pub(super) use categories::categories;
pub(super) use described::Described;
pub(super) use landing::landing;
pub(super) use lines::{area_lines, line};
pub(super) use maps::{map, spend_map};
pub(super) use search::search;
pub(super) use spend::{spend, spend_of_area};

use crate::ogc::OPENAPI;
use crate::ogc::asked::Asked;
use crate::params::Params;
use crate::problem::Problem;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use operation::operation;
use serde_json::{Map, Value, json};

/// Where it is, below `/api`.
const PATH: &str = "/openapi.json";

/// `GET /api/openapi.json`
async fn show(mut description: Value, asked: Asked) -> Result<Response, Problem> {
    Params::parse(asked.query.as_deref())?.finish()?;
    description["servers"][0]["url"] = json!(asked.address("/api"));
    Ok(([(header::CONTENT_TYPE, OPENAPI)], description.to_string()).into_response())
}

/// The description of itself.
fn own() -> Value {
    let itself = operation("openapi", "This description").gives_as(
        OPENAPI,
        "The description",
        json!({"type": "object"}),
    );
    json!({"get": itself.fails(&[400]).done()})
}

fn document(paths: Map<String, Value>) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "assetmap",
            "description": "What a community has, and what public money is spent on it: the API of assetmap's own pages; anyone may use it. The OGC API is described at /ogc/api. Coordinates are WGS84 longitude, latitude in degrees; distances are metres; amounts of money are whole pence; codes are text. Good answers have an ETag: ask again with If-None-Match and get 304 until something has changed. A parameter that is not known is a 400, but for the maps.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "MIT OR Apache-2.0"}
        },
        "servers": [{"url": "/api"}],
        "paths": paths,
        "components": {
            "schemas": schema::all(),
            "parameters": shared::parameters(),
            "responses": shared::responses(),
            "headers": shared::headers(),
            "securitySchemes": shared::security(),
        },
    })
}
