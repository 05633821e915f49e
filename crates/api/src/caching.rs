//! What makes every answer cheap to ask again and usable from other sites.

use crate::pages::HAS_MONEY;
use crate::problem::Problem;
use crate::{AppState, base_url};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The store's revision that an answer speaks of.
pub(crate) const REVISION: HeaderName = HeaderName::from_static("assetmap-revision");

/// What every answer does, whatever its route: it names its revision, lets pages of other sites read it, and is not
/// guessed about. In one layer, since each costs as much as a small answer.
pub(crate) async fn conventions(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    base_url::name_host(&mut request);
    let has_money = !state.live().ledger().is_empty();
    let mut response = HAS_MONEY.scope(has_money, answer(&state, request, next)).await;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static(
            "Assetmap-Revision, Content-Crs, ETag, Link, OGC-NumberMatched, OGC-NumberReturned",
        ),
    );
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

async fn answer(state: &AppState, request: Request, next: Next) -> Response {
    let preflight = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    match *request.method() {
        Method::OPTIONS => allowed(preflight),
        Method::GET | Method::HEAD if is_data(request.uri().path()) => {
            by_revision(state, request, next).await
        }
        _ => next.run(request).await,
    }
}

/// Whether a path's answers are made of the atlas and the ledger, and nothing else.
fn is_data(path: &str) -> bool {
    path.starts_with("/ogc") || path.starts_with("/api")
}

/// Gives a good answer an entity tag made of the revision, this process and the question, and answers 304 when the
/// client has that already: no body is hashed, or even made.
async fn by_revision(state: &AppState, request: Request, next: Next) -> Response {
    if let Err(problem) = at_least(state, request.headers()).await {
        return problem.into_response();
    }
    let revision = state.atlas().revision();
    // Money is read a moment after the atlas, and then it is another answer.
    let tag = entity_tag(revision, state.live().ledger().revision, &request);
    let mut response = match has_already(request.headers(), &tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => next.run(request).await,
    };
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let headers = response.headers_mut();
        // One asset as its editors see it has a tag of its own.
        if !headers.contains_key(header::ETAG) {
            headers.insert(header::ETAG, HeaderValue::try_from(tag).expect("a tag is plain text"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        }
        headers.insert(REVISION, HeaderValue::from(revision));
        headers.append(header::VARY, HeaderValue::from_static("Accept"));
    }
    response
}

/// Which methods there are: a browser's preflight is an OPTIONS that names a method, any other OPTIONS is a client
/// that asks what is allowed.
fn allowed(preflight: bool) -> Response {
    const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, METHODS);
    if preflight {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("Accept, Assetmap-At-Least, Content-Type, If-None-Match, Range"),
        );
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    response
}

/// A client that has just changed something through another server may ask for an answer that knows of it.
const AT_LEAST: HeaderName = HeaderName::from_static("assetmap-at-least");

/// How long to wait for a revision that a client asks for.
const PATIENCE: Duration = Duration::from_secs(3);

async fn at_least(state: &AppState, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(value) = headers.get(AT_LEAST) else { return Ok(()) };
    let wanted: Option<u64> = value.to_str().ok().and_then(|text| text.trim().parse().ok());
    let wanted = wanted.ok_or_else(|| Problem::bad_request("Assetmap-At-Least: this is no revision"))?;
    let start = Instant::now();
    while state.atlas().revision() < wanted {
        let _ = state.reading(|live| live.refresh()).await;
        if state.atlas().revision() < wanted {
            if start.elapsed() > PATIENCE {
                let now = state.atlas().revision();
                return Err(Problem::unavailable(format!("This server is at revision {now} as yet."), 2));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    Ok(())
}

/// Told apart by when this process started: another one may serve another store, or say things in another way.
static STARTED: LazyLock<u128> =
    LazyLock::new(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos()));

/// Weak, because the same answer may go out compressed or not.
fn entity_tag(revision: u64, money: u64, request: &Request) -> String {
    let mut hash = DefaultHasher::new();
    STARTED.hash(&mut hash);
    money.hash(&mut hash);
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
