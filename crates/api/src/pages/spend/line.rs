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
use app::money::{Ask, Class, Explained, ShareOf, Told};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use model::{Level, Pence};

#[derive(Template)]
#[template(path = "spend/line.html")]
struct LinePage {
    frame: Frame,
    heading: String,
    lead: String,
    because: String,
    certainty: &'static str,
    method: &'static str,
    facts: Vec<(&'static str, String)>,
    weights: Option<String>,
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
        let line = &explained.line;
        let (record, told) = (&line.record, Told::of(line));
        let to = match told.payee {
            Some(name) => format!(" to {name}"),
            None => String::new(),
        };
        let source =
            money.atlas.source(&record.source).map_or(record.source.as_str(), |found| found.title.as_str());
        let file = explained.run.as_ref().map_or("", |run| run.report.file.as_str());
        Self {
            frame: Frame::new(),
            heading: format!("{} {}{to}", record.pence, words::verb(record.kind)),
            lead: format!("By {}, {}", record.payer, record.date.in_words()),
            because: explained.because.clone(),
            certainty: words::certainty(explained.method.certainty()),
            method: explained.method.name(),
            facts: facts(explained, &told),
            weights: explained.weights.as_ref().map(|set| {
                let scope: Vec<String> =
                    set.scope.iter().map(|code| money.atlas.name_of_code(code).to_owned()).collect();
                format!("{} in {}, {}", people(&set.name), plain::and(&scope), set.year)
            }),
            shares: shares(explained, level),
            source: format!("{source}, file {file}, row {}", line.line),
            json_href: format!("/api/spend/lines/{}", line.id),
        }
    }
}

/// Whom weights count: `People aged 65 to 120`.
fn people(name: &str) -> String {
    match name.strip_prefix("population ").and_then(|ages| ages.split_once('-')) {
        Some((from, to)) => format!("People aged {from} to {to}"),
        None => "People of all ages".to_owned(),
    }
}

fn facts(explained: &Explained, told: &Told<'_>) -> Vec<(&'static str, String)> {
    let placed = explained.line.placed.as_ref();
    let class = placed.and_then(|placed| Class::parse(&placed.class));
    let rows = [
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
        ("Entry of the rules that says so", placed.and_then(|placed| placed.mapped_by.clone())),
    ];
    rows.into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|text| !text.is_empty())?)))
        .collect()
}

/// Where its parts go; they add up to it.
fn shares(explained: &Explained, level: Level) -> Option<Table> {
    let row = |share: &ShareOf| {
        let (name, pence) = match share {
            ShareOf::Area(code, name, certainty, pence) => {
                let href = address::ledger(code.as_str(), &Ask::default());
                (Cell::link(name, href).noting(words::certainty(*certainty)), pence)
            }
            ShareOf::Elsewhere(pence) => (Cell::text("Outside the areas that are loaded"), pence),
            ShareOf::Nowhere(pence) => (Cell::text("Not tied to a place"), pence),
        };
        vec![name, Cell::amount(*pence)]
    };
    let each = |share: &ShareOf| match share {
        ShareOf::Area(_, _, _, pence) | ShareOf::Elsewhere(pence) | ShareOf::Nowhere(pence) => *pence,
    };
    let together: Pence = explained.shares.iter().map(each).sum();
    let mut rows: Vec<Vec<Cell>> = explained.shares.iter().map(row).collect();
    rows.push(vec![Cell::text("Together"), Cell::amount(together)]);
    (!explained.shares.is_empty()).then(|| Table {
        id: "shares",
        heading: "Where its parts go".into(),
        columns: vec![Column::text(&one(level)), Column::number("Share")],
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::people;

    #[test]
    fn weights_are_said_in_words() {
        assert_eq!(people("population"), "People of all ages");
        assert_eq!(people("population 65-120"), "People aged 65 to 120");
    }
}
