use super::landing::only_f;
use crate::problem::Problem;
use axum::Json;
use axum::extract::RawQuery;
use serde_json::{Value, json};

/// What is true of this API, and nothing more.
pub(super) const CLASSES: &[&str] = &[
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
];

/// `GET /ogc/conformance`
pub async fn conformance(RawQuery(query): RawQuery) -> Result<Json<Value>, Problem> {
    only_f(query.as_deref())?;
    Ok(Json(json!({"conformsTo": CLASSES})))
}
