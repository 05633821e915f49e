use super::asked::{Asked, Format, HTML, Offer};
use super::document::{Document, Part, Said, linked};
use crate::AppState;
use crate::problem::Problem;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

/// The media type under which clients look for the API's description; the text is exactly what they compare with.
pub(crate) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// How documents are offered.
pub(super) const JSON_OR_HTML: &[Offer] = &[(Format::Json, "application/json"), HTML];

/// `GET /ogc/`
pub async fn landing(State(state): State<AppState>, asked: Asked) -> Result<Response, Problem> {
    let atlas = state.atlas();
    let body = json!({
        "title": "assetmap",
        "description": "What a community has: groups, buildings and the areas they are in, near and serve.",
        "attribution": super::sources::attribution(atlas.sources().iter()),
    });
    let more = vec![
        asked.link("service-desc", OPENAPI, "The API's description, OpenAPI 3.0", "/ogc/api"),
        asked.link("service-doc", "text/html", "The API's description as a page", "/ogc/api?f=html"),
        asked.link("conformance", "application/json", "What the API conforms to", "/ogc/conformance"),
        asked.link("data", "application/json", "The collections", "/ogc/collections"),
        asked.link("about", "text/html", "Where the data comes from", "/about"),
    ];
    linked(&asked, JSON_OR_HTML, "This document", body, more, document)
}

fn document(body: &Value) -> Document {
    let entries = vec![
        Said::link("Collections: the features themselves", "/ogc/collections?f=html"),
        Said::link("The API's description", "/ogc/api?f=html"),
        Said::link("What the API conforms to", "/ogc/conformance?f=html"),
    ];
    let attribution = ("Attribution".to_owned(), vec![Said::value(&body["attribution"])]);
    Document::new("Data for programs", body["description"].as_str().unwrap_or_default())
        .with(Part::List { heading: "What there is".into(), entries })
        .with(Part::Facts { heading: "Whose data it is".into(), rows: vec![attribution] })
}
