//! `/spend`: what is spent in each area, and what is in none of them.

use super::address::{self, Sort};
use super::filters::{self, Select};
use super::picture::Picture;
use super::shades::{Entry, Shades};
use super::sums::{self, said};
use super::table::{Cell, Column, Table};
use super::{leave_out, nothing, trouble, words};
use crate::AppState;
use crate::pages::frame::{Frame, page};
use crate::pages::words as plain;
use crate::params::Params;
use crate::problem::Problem;
use crate::spend::{Money, read, read_prices, usual_level};
use app::money::{AreaSpend, Ask, Class, Prices, Spending, Sum};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use model::Level;
use std::cmp::Reverse;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "spend/areas.html")]
struct AreasPage {
    frame: Frame,
    misread: Vec<String>,
    heading: String,
    /// What is asked for beside the year.
    asked: Vec<String>,
    months: String,
    /// In whose prices all of it is, where not in those of the day.
    prices: Option<String>,
    total: String,
    lines: String,
    /// How much of what runs services the figures stand for.
    running: Option<String>,
    selects: Vec<Select>,
    /// What the form keeps: how the table is sorted.
    kept: Option<(&'static str, &'static str)>,
    /// No month of the year is held.
    is_empty: bool,
    /// Why there is no map, where its shades would tell nothing.
    no_map: Option<String>,
    picture: Option<String>,
    legend: Vec<Entry>,
    /// Whether there is an area without a figure.
    has_gap: bool,
    per_head: String,
    map_href: String,
    areas: Table,
    where_it_goes: Table,
    unnamed: Option<String>,
    undated: Option<String>,
    classes: Table,
    services: Table,
    csv_href: String,
    json_href: String,
    ogc_href: String,
    allocation: Option<String>,
    rules: String,
}

/// The page.
pub(super) async fn show(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let Ok(money) = Money::loaded(&state) else { return nothing() };
    let asked = match asked(&state, &money, query.as_deref()).await {
        Ok(asked) => asked,
        Err(problem) => return trouble(problem),
    };
    page(StatusCode::OK, &AreasPage::of(&money, asked))
}

/// A question that was understood as far as it could be, and its answer.
pub(super) struct Asked {
    pub ask: Ask,
    pub sort: Sort,
    pub misread: Vec<String>,
    pub spending: Arc<Spending>,
}

/// Reads an address. What is not understood is said and left out.
pub(super) async fn asked(state: &AppState, money: &Money, query: Option<&str>) -> Result<Asked, Problem> {
    let mut params = Params::parse(query)?;
    let asked_for = read(&mut params, &money.atlas);
    let (mut ask, mut misread) = read_prices(&mut params, asked_for);
    let sort = params.take("sort");
    let sort = sort.and_then(|word| {
        let known = Sort::parse(&word);
        if known.is_none() {
            misread.push(format!("sort={word}: there is per_head, total, name"));
        }
        known
    });
    if let Err(problem) = params.finish() {
        misread.push(problem.detail().to_owned());
    }
    loop {
        match money.spending(state, &ask).await? {
            Ok(spending) => {
                return Ok(Asked { ask, sort: sort.unwrap_or_default(), misread, spending });
            }
            Err(error) => misread.push(leave_out(&mut ask, error)?),
        }
    }
}

impl AreasPage {
    fn of(money: &Money, asked: Asked) -> Self {
        let Asked { ask, sort, misread, spending } = asked;
        let shades = Shades::of(spending.areas.iter().filter_map(|area| area.per_head));
        let query = address::query(&ask, None);
        // The collection has the prices of the day alone.
        let paid = Ask { prices: None, ..ask.clone() };
        let levels = plain::lower(&plain::levels(spending.level));
        let year = spending.year.map_or_else(|| "without a date".to_owned(), |year| format!("in {year}"));
        Self {
            frame: Frame::new(),
            misread,
            heading: format!("What is spent {year}"),
            asked: filters::said(money, &ask),
            months: words::months(spending.year, &spending.months),
            prices: spending.prices.as_ref().map(words::prices),
            total: spending.asked.pence.to_string(),
            lines: plain::count(spending.asked.lines as usize, "line", "lines"),
            running: spending.running.map(|running| running.sentence(spending.level)),
            selects: filters::selects(money, &ask, spending.year, true),
            kept: (sort != Sort::default()).then(|| ("sort", sort.word())),
            is_empty: spending.asked == Sum::default(),
            no_map: words::no_map(&spending, &shades),
            picture: Picture::of(money, &ask, &spending, &shades).svg(),
            legend: shades.legend(),
            has_gap: spending.areas.iter().any(|area| area.per_head.is_none()),
            per_head: words::per_head(ask.class) + &of_year(&spending),
            map_href: address::with("/api/spend/map", &query),
            areas: areas(money, &ask, &spending, sort),
            where_it_goes: sums::where_it_goes(&spending, &levels),
            unnamed: (spending.unnamed.lines > 0).then(|| said(spending.unnamed)),
            undated: (spending.undated.lines > 0).then(|| said(spending.undated)),
            classes: sums::classes(&spending),
            services: sums::services(money, &spending),
            csv_href: address::and(&address::with("/api/spend", &query), "f", "csv"),
            json_href: address::and(&address::with("/api/spend", &query), "f", "json"),
            ogc_href: address::with("/ogc/collections/locality-spend/items", &address::query(&paid, None)),
            allocation: money.ledger.allocation.as_ref().map(|allocation| allocation.allocation.to_string()),
            rules: money.ledger.rules.version().to_owned(),
        }
    }
}

/// `, in prices of 2024-25`
fn of_year(spending: &Spending) -> String {
    let year = spending.prices.as_ref().map(|prices: &Prices| format!(", in prices of {}", prices.year));
    year.unwrap_or_default()
}

/// The areas, each with a link to its ledger.
fn areas(money: &Money, ask: &Ask, spending: &Spending, sort: Sort) -> Table {
    let usual = usual_level(&money.atlas);
    let mut sorted: Vec<&AreaSpend> = spending.areas.iter().collect();
    match sort {
        // They come by code.
        Sort::Name => sorted.sort_by(|a, b| a.name.cmp(&b.name)),
        Sort::Total => sorted.sort_by_key(|area| Reverse(area.sum.all().pence)),
        Sort::PerHead => sorted.sort_by_key(|area| Reverse(area.per_head)),
    }
    let by = |column: Column, this: Sort, direction: &'static str| Column {
        href: Some(address::areas(ask, usual, this)),
        sorted: (sort == this).then_some(direction),
        ..column
    };
    let row = |area: &&AreaSpend| {
        let people = match area.people {
            Some((people, year)) => format!("{} people ({year})", plain::number(people as usize)),
            None => "People not known".to_owned(),
        };
        vec![
            Cell::link(&area.name, address::ledger(area.code.as_str(), ask)).noting(people),
            area.per_head.map_or_else(|| Cell::number("No figure"), Cell::amount),
            Cell::amount(area.services),
            Cell::amount(area.sum.located.pence),
            Cell::amount(area.sum.modelled.pence),
            Cell::amount(area.sum.all().pence),
        ]
    };
    let services = match ask.class {
        None | Some(Class::Service) => "Running services",
        Some(class) => class.name(),
    };
    let what = plain::lower(&plain::levels(spending.level));
    Table {
        id: "areas",
        heading: format!("By area: {what}{}", of_year(spending)),
        columns: vec![
            by(Column::text(&one(spending.level)), Sort::Name, "ascending"),
            by(Column::number("Per head"), Sort::PerHead, "descending"),
            Column::number(services),
            Column::number("Located here"),
            Column::number("Estimated"),
            by(Column::number("Total"), Sort::Total, "descending"),
        ],
        rows: sorted.iter().map(row).collect(),
    }
}

/// A level at the head of a column.
pub(super) fn one(level: Level) -> String {
    model::capital(level.one())
}
