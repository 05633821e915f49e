use crate::AppState;
use crate::params::Params;
use crate::problem::Problem;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};

/// The media type under which clients look for the API's description; the text is exactly what they compare with.
pub(super) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// `GET /ogc/`
pub async fn landing(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    only_f(query.as_deref())?;
    let base = state.base_url(&headers);
    let link = |rel: &str, kind: &str, title: &str, path: &str| json!({"rel": rel, "type": kind, "title": title, "href": base.link(path)});
    Ok(Json(json!({
        "title": "assetmap",
        "description": "What a community has: groups, buildings and the areas they are in, near and serve.",
        "attribution": attribution(&state),
        "links": [
            link("self", "application/json", "This document", "/ogc/"),
            link("service-desc", OPENAPI, "The API's description, OpenAPI 3.0", "/ogc/api"),
            link("service-doc", "text/html", "Where the data comes from", "/about"),
            link("conformance", "application/json", "What the API conforms to", "/ogc/conformance"),
            link("data", "application/json", "The collections", "/ogc/collections"),
        ],
    })))
}

/// Of all sources, each once.
fn attribution(state: &AppState) -> String {
    let atlas = state.atlas();
    let mut all: Vec<&str> = atlas.sources().iter().filter_map(|s| s.attribution.as_deref()).collect();
    all.sort_unstable();
    all.dedup();
    all.join(" ")
}

/// Takes `f=json` and nothing else.
pub(super) fn only_f(query: Option<&str>) -> Result<(), Problem> {
    let mut params = Params::parse(query)?;
    params.take_as("f", |f| if f == "json" { Ok(()) } else { Err("there is json".into()) })?;
    params.finish()
}
