//! `/spend/units`: the largest units that the rules do not know yet.

use super::nothing;
use super::table::{Cell, Column, Table};
use crate::AppState;
use crate::pages::frame::{Frame, page};
use crate::pages::words as plain;
use crate::spend::Money;
use app::money::UnmappedUnit;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use model::Pence;

const MOST: usize = 100;

#[derive(Template)]
#[template(path = "spend/units.html")]
struct UnitsPage {
    frame: Frame,
    count: String,
    all: String,
    /// How many are shown, where that is not all.
    shown: Option<usize>,
    units: Table,
}

/// The page.
pub(super) async fn show(State(state): State<AppState>) -> Response {
    let Ok(money) = Money::loaded(&state) else { return nothing() };
    page(StatusCode::OK, &UnitsPage::of(money.ledger.unmapped_units()))
}

impl UnitsPage {
    fn of(units: &[UnmappedUnit]) -> Self {
        let all: Pence = units.iter().map(|unit| unit.pence).sum();
        let or_not_stated =
            |text: &str| if text.is_empty() { "Not stated".to_owned() } else { text.to_owned() };
        let row = |unit: &UnmappedUnit| {
            vec![
                Cell { note: Some(unit.payer.clone()), ..Cell::text(or_not_stated(&unit.unit)) },
                Cell { note: unit.purpose.clone(), ..Cell::text(or_not_stated(&unit.category)) },
                Cell::amount(unit.pence),
                Cell::number(plain::number(unit.lines as usize)),
            ]
        };
        Self {
            frame: Frame::new(),
            count: plain::count(units.len(), "unit", "units"),
            all: all.to_string(),
            shown: (units.len() > MOST).then_some(MOST),
            units: Table {
                id: "units",
                heading: "The largest first".into(),
                columns: vec![
                    Column::text("Unit and payer"),
                    Column::text("Sort of expense, and one purpose"),
                    Column::number("Amount"),
                    Column::number("Lines"),
                ],
                rows: units.iter().take(MOST).map(row).collect(),
            },
        }
    }
}
