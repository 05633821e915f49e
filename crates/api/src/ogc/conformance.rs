use super::asked::Asked;
use super::document::{Document, Part, Said, linked};
use super::landing::JSON_OR_HTML;
use crate::problem::Problem;
use axum::response::Response;
use serde_json::{Value, json};

/// What is true of this API, and nothing more.
pub(super) const CLASSES: &[&str] = &[
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
];

/// `GET /ogc/conformance`
pub async fn conformance(asked: Asked) -> Result<Response, Problem> {
    linked(&asked, JSON_OR_HTML, "This document", json!({"conformsTo": CLASSES}), Vec::new(), document)
}

fn document(body: &Value) -> Document {
    let entries = body["conformsTo"].as_array().into_iter().flatten().map(Said::value).collect();
    Document::new("What the API conforms to", "The conformance classes of OGC standards that are true of it.")
        .below(&[("Data for programs", "/ogc")])
        .with(Part::List { heading: "Conformance classes".into(), entries })
}
