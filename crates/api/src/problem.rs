//! The one place that turns what went wrong into an answer: `application/problem+json`, RFC 9457.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;
use std::any::Any;

/// What went wrong, for the client. Never holds internals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    status: StatusCode,
    title: &'static str,
    detail: String,
}

impl Problem {
    /// 400: the request can't be understood.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            title: "The request can't be understood",
            detail: detail.into(),
        }
    }

    /// 404: there is no such thing.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, title: "There is no such thing", detail: detail.into() }
    }

    /// 405: it is there, but not for that method.
    pub fn method_not_allowed() -> Self {
        Self {
            status: StatusCode::METHOD_NOT_ALLOWED,
            title: "Not with this method",
            detail: "This address answers GET, HEAD and OPTIONS.".into(),
        }
    }

    fn internal() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            title: "Something went wrong here",
            detail: "The fault is ours and was written to the log.".into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        let body = json!({
            "type": "about:blank", "title": self.title, "status": self.status.as_u16(), "detail": self.detail
        });
        (self.status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }
}

/// A panic in a handler is an answer for that request and nobody else's trouble.
pub(crate) fn from_panic(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    Problem::internal().into_response()
}

/// For addresses that are not there.
pub(crate) async fn no_such_address() -> Problem {
    Problem::not_found("There is nothing at this address. /ogc and /api say what there is.")
}

/// For methods that are not served.
pub(crate) async fn no_such_method() -> Problem {
    Problem::method_not_allowed()
}
