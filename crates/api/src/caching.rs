//! What makes answers cheap to ask again and usable from other sites.

use crate::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};

/// The store's revision that an answer speaks of.
pub(crate) const REVISION: HeaderName = HeaderName::from_static("assetmap-revision");

/// Gives every good answer an entity tag made of the revision, this process and the question, and answers 304 when
/// the client has that already: no body is hashed, or even made.
pub(crate) async fn by_revision(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let revision = state.atlas().revision();
    let tag = entity_tag(revision, &request);
    let mut response = match has_already(request.headers(), &tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => next.run(request).await,
    };
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let headers = response.headers_mut();
        headers.insert(header::ETAG, HeaderValue::from_str(&tag).expect("a tag is plain text"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(REVISION, HeaderValue::from(revision));
        headers.append(header::VARY, HeaderValue::from_static("Accept"));
    }
    response
}

/// Told apart by when this process started: another one may serve another store, or say things in another way.
static STARTED: LazyLock<u128> =
    LazyLock::new(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos()));

/// Weak, because the same answer may go out compressed or not.
fn entity_tag(revision: u64, request: &Request) -> String {
    let mut hash = DefaultHasher::new();
    STARTED.hash(&mut hash);
    request.uri().hash(&mut hash);
    for name in [header::ACCEPT, header::HOST] {
        request.headers().get(name).map(HeaderValue::as_bytes).hash(&mut hash);
    }
    format!("W/\"{revision}-{:016x}\"", hash.finish())
}

fn has_already(headers: &HeaderMap, tag: &str) -> bool {
    let tags = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let same = |theirs: &str| theirs.trim_start_matches("W/") == tag.trim_start_matches("W/");
    tags.flat_map(|list| list.split(',')).any(|theirs| same(theirs.trim()))
}

/// Lets pages of other sites read the answers, and says truthfully which methods there are: a browser's preflight is
/// an OPTIONS that names a method, any other OPTIONS is a client that asks what is allowed.
pub(crate) async fn cross_origin(request: Request, next: Next) -> Response {
    let preflight = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match *request.method() {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        _ => next.run(request).await,
    };
    const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(
            "Assetmap-Revision, Content-Crs, ETag, Link, OGC-NumberMatched, OGC-NumberReturned",
        ),
    );
    if response.status() == StatusCode::NO_CONTENT {
        let headers = response.headers_mut();
        headers.insert(header::ALLOW, METHODS);
        if preflight {
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.insert(
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                HeaderValue::from_static("Accept, Content-Type, If-None-Match, Range"),
            );
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
        }
    }
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
