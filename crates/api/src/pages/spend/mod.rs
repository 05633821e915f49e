//! `/spend`: public money, for people who ask what is spent where, and why we think so.

mod address;
mod areas;
mod filters;
mod ledger;
mod line;
mod map;
mod method;
mod picture;
mod shades;
mod sums;
mod table;
mod units;
mod words;

pub(super) use ledger::address_if_any;

use super::frame::{Frame, page};
use crate::AppState;
use crate::problem::Problem;
use app::money::{Ask, AskError};
use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The routes of money.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/spend", get(areas::show))
        .route("/spend/method", get(method::show))
        .route("/spend/units", get(units::show))
        .route("/spend/lines/{id}", get(line::show))
        .route("/spend/{code}", get(ledger::show))
        .route("/api/spend/map", get(map::show))
}

#[derive(Template)]
#[template(path = "spend/nothing.html")]
struct NothingPage {
    frame: Frame,
}

/// Where no money is loaded: that, and not that nothing is spent.
fn nothing() -> Response {
    page(StatusCode::NOT_FOUND, &NothingPage { frame: Frame::new() })
}

/// Leaves out of a question what can't be answered, and says why. Without the area there is nothing left to ask.
fn leave_out(ask: &mut Ask, error: AskError) -> Result<String, Problem> {
    match error {
        AskError::NoPayer(..) => ask.payer = None,
        AskError::NoService(..) => ask.service = None,
        AskError::NoDeflator(..) => ask.prices = None,
        AskError::NoArea(..) => return Err(error.into()),
    }
    Ok(error.to_string())
}

/// A problem as a page.
fn trouble(problem: Problem) -> Response {
    match problem.status() {
        StatusCode::NOT_FOUND => super::missing::page(problem.detail().to_owned()),
        _ => problem.into_response(),
    }
}
