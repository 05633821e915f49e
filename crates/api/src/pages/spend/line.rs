//! `/spend/lines/{id}`: one payment, and why we think that it goes where it goes.

use super::areas::one;
use super::table::{Cell, Column, Table};
use super::{address, nothing, trouble, words};
use crate::AppState;
use crate::pages::frame::{Frame, page};
use crate::pages::missing;
use crate::pages::words as plain;
use crate::params::Params;
use crate::spend::{Money, read};
use app::money::{Ask, Class, Explained, People, Reasons, ShareOf, Told};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use model::{Level, Pence};

#[derive(Template)]
#[template(path = "spend/line.html")]
struct LinePage {
    frame: Frame,
    reasons: Reasons,
    facts: Vec<(&'static str, String)>,
    shares: Option<Table>,
    source: String,
    json_href: String,
}

/// The page.
pub(super) async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let Ok(money) = Money::loaded(&state) else { return nothing() };
    let level = match Params::parse(query.as_deref()) {
        Ok(mut params) => read(&mut params, &money.atlas).0.level.unwrap_or(Level::Ward),
        Err(problem) => return trouble(problem),
    };
    match money.explain(&state, &id, level).await {
        Ok(Some(explained)) => page(StatusCode::OK, &LinePage::of(&money, &explained, level)),
        Ok(None) => missing::page("There is no such payment, or its publisher has withdrawn it.".into()),
        Err(problem) => trouble(problem),
    }
}

impl LinePage {
    fn of(money: &Money, explained: &Explained, level: Level) -> Self {
        let (line, told) = (&explained.line, Told::of(&explained.line));
        let source = &line.record.source;
        let source = money.atlas.source(source).map_or(source.as_str(), |found| found.title.as_str());
        let file = explained.run.as_ref().map_or("", |run| run.report.file.as_str());
        Self {
            frame: Frame::new(),
            reasons: explained.reasons.clone(),
            facts: facts(explained, &told),
            shares: shares(explained, level),
            source: told.row.map_or_else(
                || format!("{source}, file {file}"),
                |row| format!("{source}, file {file}, row {row}"),
            ),
            json_href: format!("/api/spend/lines/{}", line.id),
        }
    }
}

fn facts(explained: &Explained, told: &Told<'_>) -> Vec<(&'static str, String)> {
    let placed = explained.line.placed.as_ref();
    let class = placed.and_then(|placed| Class::parse(&placed.class));
    let rows = [
        ("Left out", explained.reasons.left_out.map(str::to_owned)),
        ("Place", explained.reasons.stated.clone()),
        (
            "Payee",
            Some(words::payee(told) + if told.is_voluntary { " (voluntary organisation)" } else { "" }),
        ),
        ("What for", told.purpose.map(str::to_owned)),
        ("Spent by", told.unit.map(str::to_owned)),
        ("Sort of expense", told.category.map(str::to_owned)),
        ("Reference", told.reference.map(str::to_owned)),
        ("Service", explained.service.clone()),
        ("Sort of money", class.map(|class| class.name().to_owned())),
    ];
    rows.into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|text| !text.is_empty())?)))
        .collect()
}

/// Where its parts go; they add up to it.
fn shares(explained: &Explained, level: Level) -> Option<Table> {
    let people = explained.weights.as_ref().and_then(|set| People::parse(&set.name)).map(People::in_words);
    let people = people.filter(|_| explained.shares.iter().all(|share| counted(share).is_some()));
    let row = |share: &ShareOf| {
        let name = match share {
            ShareOf::Area { code, name, certainty, .. } => {
                let href = address::ledger(code.as_str(), &Ask::default());
                Cell::link(name, href).noting(words::certainty(*certainty))
            }
            ShareOf::Elsewhere(_) => Cell::text("Outside the areas that are loaded"),
            ShareOf::Nowhere(..) => Cell::text("Not tied to a place"),
        };
        let people = people.as_ref().and_then(|_| counted(share)).map(number);
        [Some(name), Some(Cell::amount(share.pence())), people].into_iter().flatten().collect()
    };
    let mut rows: Vec<Vec<Cell>> = explained.shares.iter().map(row).collect();
    let together: Pence = explained.shares.iter().map(ShareOf::pence).sum();
    let all = people.as_ref().map(|_| number(explained.shares.iter().filter_map(counted).sum()));
    let last = [Some(Cell::text("Together")), Some(Cell::amount(together)), all];
    rows.push(last.into_iter().flatten().collect());
    let mut columns = vec![Column::text(&one(level)), Column::number("Share")];
    columns.extend(people.as_ref().map(|people| Column::number(&model::capital(people))));
    (!explained.shares.is_empty()).then(|| Table {
        id: "shares",
        heading: "Its shares".into(),
        columns,
        rows,
    })
}

fn number(people: u64) -> Cell {
    Cell::number(plain::number(people as usize))
}

/// How many of the people by whom it is shared out live where a share goes.
fn counted(share: &ShareOf) -> Option<u64> {
    match share {
        ShareOf::Area { people, .. } => *people,
        ShareOf::Elsewhere(_) | ShareOf::Nowhere(..) => None,
    }
}
