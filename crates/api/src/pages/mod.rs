//! The pages that people read: HTML from the server, complete without script.
//!
//! A page is three moves: read the address, make a view of the atlas, fill a template. Views are plain values made
//! from an [`Atlas`](atlas::Atlas) alone, so that they can be tested without a server.

mod about;
mod address;
mod area;
mod ask;
mod asset;
mod built;
mod edit;
mod embed;
mod facts;
mod frame;
mod hire;
mod home;
mod list;
mod loaded;
mod map;
mod meeting;
mod missing;
mod picks;
mod search;
mod sheet;
mod shortlist;
mod spend;
mod start;
mod svg;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use frame::{Frame, HAS_MONEY, guard, page};

use crate::AppState;
use axum::Router;
use axum::middleware::from_fn;
use axum::routing::get;

/// The routes of the pages.
pub fn routes() -> Router<AppState> {
    built::warn_if_missing();
    Router::new()
        .route("/", get(home::show))
        .route("/area/{id}", get(area::show))
        .route("/asset/{id}", get(asset::show))
        .route("/asset/new", get(edit::show_new).post(edit::submit_new))
        .route("/asset/{id}/edit", get(edit::show).post(edit::submit))
        .route("/asset/{id}/history", get(edit::history))
        .route("/sign-in", get(edit::sign_in).post(edit::submit_sign_in))
        .route("/about", get(about::show))
        .route("/shortlist", get(shortlist::show))
        .route("/shortlist.html", get(shortlist::show_file))
        .route("/shortlist.xlsx", get(sheet::show_shortlist))
        .route("/list.xlsx", get(sheet::show_list))
        .route("/embed/area/{id}", get(embed::show))
        .route("/api/map", get(map::show))
        .route("/assets/{*file}", get(built::show))
        .route("/favicon.svg", get(built::favicon))
        .merge(spend::routes())
        .fallback(missing::show)
        .layer(from_fn(frame::guard))
}
