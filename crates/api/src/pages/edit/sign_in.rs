//! `/sign-in`: the token once, and then a cookie.

use crate::AppState;
use crate::editors::COOKIE;
use crate::pages::frame::{Frame, page};
use askama::Template;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    next: String,
    is_wrong: bool,
    /// Whether nobody can sign in at all.
    is_closed: bool,
}

/// To sign in before going on.
pub(super) fn first(next: &str) -> Response {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    Redirect::to(&format!("/sign-in?{query}")).into_response()
}

pub(in crate::pages) async fn show(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    // A link with the token, as the program prints it on a laptop.
    if let Some(secret) = param(query.as_bytes(), "token") {
        return signed_in(&state, &secret, &param(query.as_bytes(), "next").unwrap_or_default());
    }
    let next = param(query.as_bytes(), "next").unwrap_or_default();
    page(
        StatusCode::OK,
        &SignInPage { frame: Frame::new(), next, is_wrong: false, is_closed: state.editors().is_empty() },
    )
}

pub(in crate::pages) async fn submit(State(state): State<AppState>, body: Bytes) -> Response {
    let text = |name| param(&body, name).unwrap_or_default();
    signed_in(&state, text("token").trim(), &text("next"))
}

fn signed_in(state: &AppState, secret: &str, next: &str) -> Response {
    if state.editors().named_by(secret).is_none() {
        let is_closed = state.editors().is_empty();
        let again = SignInPage { frame: Frame::new(), next: next.to_owned(), is_wrong: true, is_closed };
        return page(StatusCode::UNAUTHORIZED, &again);
    }
    // Only to a path of ours.
    let is_ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    let mut response = Redirect::to(if is_ours { next } else { "/" }).into_response();
    let secure = if state.is_https() { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200{secure}");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn param(text: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(text).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}
