use crate::ogc::OPENAPI;
use crate::ogc::asked::Asked;
use crate::ogc::document::add_link_header;
use crate::params::Params;
use crate::problem::Problem;
use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// `GET /api`: what there is.
pub async fn landing(asked: Asked) -> Result<Response, Problem> {
    Params::parse(asked.query.as_deref())?.finish()?;
    let links = [
        asked.link("self", "application/json", "This document", "/api"),
        asked.link("service-desc", OPENAPI, "The API's description, OpenAPI 3.0", "/api/openapi.json"),
        asked.link("related", "application/json", "The OGC API", "/ogc"),
        asked.link("about", "text/html", "Where the data comes from", "/about"),
    ];
    let body = json!({
        "title": "assetmap",
        "description": "What a community has, and what public money is spent on it: the API of assetmap's own pages; anyone may use it.",
        "links": links,
    });
    let mut response = Json(body).into_response();
    add_link_header(&mut response, &links);
    Ok(response)
}
