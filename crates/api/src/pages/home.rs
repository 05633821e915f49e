//! `/`: the start page, a search, or the list of an area, as the query says.

use super::ask::{Ask, Read};
use super::{frame, list, missing, search, start};
use crate::AppState;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// The page.
pub(super) async fn show(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let atlas = state.atlas();
    let read = Ask::read(query.as_deref().unwrap_or_default());
    if read.ask.area.is_empty() {
        return match &*read.q {
            "" => frame::page(StatusCode::OK, &start::StartPage::of(&atlas, &read)),
            _ => answer_search(&atlas, &read),
        };
    }
    match atlas.locality(&read.ask.area) {
        Some(area) => frame::page(StatusCode::OK, &list::ListPage::of(&atlas, area, &read)),
        None => missing::page(format!("No area “{}” is loaded.", read.ask.area)),
    }
}

fn answer_search(atlas: &atlas::Atlas, read: &Read) -> Response {
    match search::only_area(atlas, &read.q) {
        Some(area) => Redirect::to(&Ask { area, ..read.ask.clone() }.link()).into_response(),
        None => frame::page(StatusCode::OK, &search::SearchPage::of(atlas, read)),
    }
}
