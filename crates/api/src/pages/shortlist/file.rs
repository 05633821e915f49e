//! `/shortlist.html`: the shortlist as one file that opens without this server, for a message or a memory stick.

use super::Shortlist;
use crate::AppState;
use crate::pages::ask::Ask;
use crate::pages::frame::page;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

#[derive(Template)]
#[template(path = "shortlist_file.html")]
pub(in crate::pages) struct ShortlistFile {
    pub shortlist: Shortlist,
    /// The start of links back here.
    pub base: String,
    /// The same shortlist here.
    pub href: String,
    pub revision: u64,
}

/// The file.
pub(in crate::pages) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let atlas = state.atlas();
    let ask = Ask::read(query.as_deref().unwrap_or_default()).ask;
    let base = state.base_url(&headers);
    let file = ShortlistFile {
        shortlist: Shortlist::of(&atlas, &ask),
        href: base.link(&ask.shortlist("")),
        base: base.link(""),
        revision: atlas.revision(),
    };
    let mut response = page(StatusCode::OK, &file);
    let name = HeaderValue::from_static("attachment; filename=\"shortlist.html\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    response
}
