//! What all pages have in common: the frame around them, and the headers that guard them.

use super::built::{Built, built};
use super::embed;
use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

/// For the template that all pages fill.
pub(crate) struct Frame {
    pub built: &'static Built,
    /// What stands in the search box.
    pub q: String,
    /// Whether there is public money to show.
    pub has_money: bool,
}

tokio::task_local! {
    /// Whether the store of this request has public money: every page's frame leads to it.
    pub(crate) static HAS_MONEY: bool;
}

impl Frame {
    pub fn new() -> Self {
        Self::searching("")
    }

    /// With a text in the search box.
    pub fn searching(q: &str) -> Self {
        let has_money = HAS_MONEY.try_with(|has| *has).unwrap_or(false);
        Self { built: built(), q: q.to_owned(), has_money }
    }
}

/// A filled template as an answer.
pub(crate) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here. The fault is ours.\n")
                .into_response()
        }
    }
}

/// Nothing runs or is drawn that does not come from here. The map draws with data: images and its own worker file.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// For what is made to stand in other sites: anyone may frame it, and nothing runs in it.
const POLICY_IN_FRAMES: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors *";

/// Sets the guarding headers.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let is_embed = request.uri().path().starts_with(embed::PATH);
    let mut response = next.run(request).await;
    let policy = if is_embed && response.status().is_success() { POLICY_IN_FRAMES } else { POLICY };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}
