//! The one place that turns what went wrong into an answer: `application/problem+json`, RFC 9457.

use app::StoreError;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Map, Value};
use std::any::Any;

/// What went wrong, for the client. Never holds internals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    status: StatusCode,
    title: &'static str,
    detail: String,
    /// Further members.
    more: Map<String, Value>,
    /// After how many seconds it is worth asking again.
    retry_after: Option<u32>,
}

impl Problem {
    fn new(status: StatusCode, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, title, detail: detail.into(), more: Map::new(), retry_after: None }
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What is said of it.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// With a further member.
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.more.insert(name.to_owned(), value);
        self
    }

    /// 400: the request can't be understood.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "The request can't be understood", detail)
    }

    /// 401: only for those who may.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "A token is needed", detail)
    }

    /// 403: for nobody.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "This is not allowed", detail)
    }

    /// 404: there is no such thing.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "There is no such thing", detail)
    }

    /// 405: it is there, but not for that method.
    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "Not with this method",
            "OPTIONS says which methods this address answers.",
        )
    }

    /// 409: it is not as the client thinks.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "Somebody was faster", detail)
    }

    /// 422: it is understood, and can't be so.
    pub fn unprocessable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "This can't be so", detail)
    }

    /// 428: the client has to say what it has seen.
    pub fn precondition_required(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::PRECONDITION_REQUIRED, "Say what you have seen", detail)
    }

    /// 503: not now; ask again in some seconds.
    pub fn unavailable(detail: impl Into<String>, retry_after: u32) -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "Not at the moment", detail);
        Self { retry_after: Some(retry_after), ..problem }
    }

    /// 500: our fault.
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something went wrong here",
            "The fault is ours and was written to the log.",
        )
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(now) => {
                Self::conflict("Somebody else has changed this since you saw it; nothing was changed now.")
                    .with("revision", now.revision.into())
            }
            StoreError::NoSuchAsset(_) => Self::not_found(error.to_string()),
            StoreError::KeyReused(_) => Self::unprocessable(error.to_string()),
            StoreError::BadField(bad) => Self::unprocessable(bad.to_string()).with("field", bad.field.into()),
            StoreError::Busy { .. } => {
                Self::unavailable("Somebody else is writing; nothing was changed. Try again.", 2)
            }
            StoreError::Unavailable { .. } => Self::unavailable(
                "The database does not answer at the moment; what is known is still shown. Send a change again: with \
                 the same Idempotency-Key, or the ETag that you have seen, it is made once at most.",
                5,
            ),
            StoreError::Newer { .. } => Self::unavailable(
                "The data is that of a newer assetmap than this server, which only shows it until it is replaced; \
                 nothing was changed.",
                60,
            ),
            error => {
                tracing::error!(%error, "the store failed");
                Self::internal()
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        let mut body = self.more;
        body.insert("type".into(), "about:blank".into());
        body.insert("title".into(), self.title.into());
        body.insert("status".into(), self.status.as_u16().into());
        body.insert("detail".into(), self.detail.into());
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, kind, Value::Object(body).to_string()).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
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
