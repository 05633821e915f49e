//! Addresses where nothing is.

use super::frame::{Frame, page as answer};
use askama::Template;
use axum::Json;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

#[derive(Template)]
#[template(path = "missing.html")]
struct MissingPage {
    frame: Frame,
    what: String,
}

/// A page that says what is not there and offers the search.
pub(super) fn page(what: String) -> Response {
    answer(StatusCode::NOT_FOUND, &MissingPage { frame: Frame::new(), what })
}

/// For every address that no route has.
pub(super) async fn show(uri: Uri) -> Response {
    if uri.path().starts_with("/ogc") || uri.path().starts_with("/api") {
        return problem("There is nothing at this address. /ogc and /api say what there is.");
    }
    page("There is no page at this address.".into())
}

/// The same for programs.
pub(super) fn problem(detail: &str) -> Response {
    let body =
        json!({"type": "about:blank", "title": "There is no such thing", "status": 404, "detail": detail});
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "application/problem+json")], Json(body)).into_response()
}
