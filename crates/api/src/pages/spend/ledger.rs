//! `/spend/{code}`: what is spent in one area, line by line.

use super::address;
use super::filters::{self, Select};
use super::sums::{said, service};
use super::table::{Cell, Column, Table};
use super::{leave_out, nothing, trouble, words};
use crate::AppState;
use crate::pages::frame::{Frame, page};
use crate::pages::words as plain;
use crate::params::Params;
use crate::problem::Problem;
use crate::spend::{Money, area_code, read_after, read_of_area, read_order, read_prices};
use app::money::{Ask, Order, PageOfLines, Shown, Sum, Told, Turn, Within, share, verb};
use askama::Template;
use atlas::{Atlas, LocalityIx};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;

/// Payees that get most.
const TOP: usize = 10;

/// Lines on a page.
const LINES: usize = 50;

#[derive(Template)]
#[template(path = "spend/ledger.html")]
struct LedgerPage {
    frame: Frame,
    misread: Vec<String>,
    name: String,
    what: String,
    area_href: String,
    all_href: String,
    action: String,
    asked: Vec<String>,
    year: String,
    months: String,
    /// In whose prices the sums are, where not in those of the day.
    prices: Option<String>,
    selects: Vec<Select>,
    /// What the form keeps: the order of the lines.
    kept: Option<(&'static str, &'static str)>,
    /// A number and what it counts.
    figures: Vec<(String, String)>,
    voluntary: Vec<String>,
    services: Table,
    payees: Table,
    lines: Table,
    /// The page after this one, and the first.
    next: Option<String>,
    first: Option<String>,
    csv_href: String,
    json_href: String,
}

/// The page.
pub(super) async fn show(
    State(state): State<AppState>,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let Ok(money) = Money::loaded(&state) else { return nothing() };
    match LedgerPage::of(&state, &money, &code, query.as_deref()).await {
        Ok(found) => page(StatusCode::OK, &found),
        Err(problem) => trouble(problem),
    }
}

/// The ledger of an area, where it has one.
pub(in crate::pages) fn address_if_any(state: &AppState, atlas: &Atlas, ix: LocalityIx) -> Option<String> {
    let ledger = state.live().ledger();
    let place = atlas.place(ix);
    let has_figures = !ledger.is_empty() && ledger.has_area(atlas, place.level(), place.code());
    has_figures.then(|| address::ledger(place.code(), &Ask::default()))
}

impl LedgerPage {
    async fn of(state: &AppState, money: &Money, code: &str, query: Option<&str>) -> Result<Self, Problem> {
        let code = area_code(code);
        let mut params = Params::parse(query)?;
        let asked_for = read_of_area(&mut params);
        let (mut ask, mut misread) = read_prices(&mut params, asked_for);
        let (order, after) = (read_order(&mut params, &mut misread), read_after(&mut params, &mut misread));
        if let Err(problem) = params.finish() {
            misread.push(problem.detail().to_owned());
        }
        let within = loop {
            match money.within(state, &ask, &code, TOP).await? {
                Ok(within) => break within,
                Err(error) => misread.push(leave_out(&mut ask, error)?),
            }
        };
        let lines = money.lines(state, &ask, &code, Turn { order, after, limit: LINES }).await??;
        Ok(Self::filled(money, &ask, &within, &lines, order, after.is_some(), misread))
    }

    fn filled(
        money: &Money,
        ask: &Ask,
        within: &Within,
        lines: &PageOfLines,
        order: Order,
        is_later: bool,
        misread: Vec<String>,
    ) -> Self {
        let area = &within.area;
        let code = area.code.as_str();
        let own = address::lines(code, ask, order);
        let query = address::query(&Ask { level: None, ..ask.clone() }, None);
        // A line is what was paid.
        let paid = address::query(&Ask { level: None, prices: None, ..ask.clone() }, None);
        let level = money.atlas.locality(code).map(|ix| money.atlas.place(ix).level());
        let mut figures = vec![
            (area.sum.all().pence.to_string(), "in all".to_owned()),
            (area.sum.located.pence.to_string(), "located here".to_owned()),
            (area.sum.modelled.pence.to_string(), "estimated".to_owned()),
        ];
        if let (Some(figure), Some((people, year))) = (area.per_head, area.people) {
            let people = plain::number(people as usize);
            let per_head = plain::lower(&words::per_head(ask.class));
            figures.push((figure.to_string(), format!("{per_head} ({people} people in {year})")));
        }
        Self {
            frame: Frame::new(),
            misread,
            what: level.map_or_else(String::new, |level| model::capital(plain::level(level))),
            area_href: crate::pages::address::area(code),
            all_href: address::with("/spend", &address::query(&Ask { level, ..ask.clone() }, None)),
            action: format!("/spend/{code}"),
            asked: filters::said(money, ask),
            year: within.year.map_or_else(|| "without a date".to_owned(), |year| format!("in {year}")),
            months: words::months(within.year, &within.months),
            prices: within.prices.as_ref().map(words::prices),
            selects: filters::selects(money, ask, within.year, false),
            figures,
            voluntary: voluntary(within.voluntary),
            services: services(money, within),
            payees: payees(within),
            lines: lines_table(money, lines, |order| address::lines(code, ask, order), order),
            kept: (order != Order::default()).then(|| ("order", order.as_str())),
            next: lines.next.map(|next| format!("{}#lines", address::and(&own, "after", &next.to_string()))),
            first: is_later.then(|| format!("{own}#lines")),
            csv_href: address::and(
                &address::in_order(address::with(&format!("/api/spend/{code}/lines"), &paid), order),
                "f",
                "csv",
            ),
            json_href: address::and(&address::with(&format!("/api/spend/{code}"), &query), "f", "json"),
            name: area.name.clone(),
        }
    }
}

/// How much reaches voluntary organisations, of how much, and what nobody can tell.
fn voluntary([voluntary, named, unnamed]: [Sum; 3]) -> Vec<String> {
    let mut sentences = Vec::new();
    if named.lines > 0 {
        sentences.push(match share(voluntary.pence, named.pence) {
            Some(share) => format!(
                "{share} of what goes here to payees who are named reaches voluntary organisations that we know: {} of {}.",
                said(voluntary),
                said(named)
            ),
            None => format!("{} reaches voluntary organisations that we know.", said(voluntary)),
        });
    }
    if unnamed.lines > 0 {
        sentences.push(format!(
            "{} goes to payees who may not be named: nobody can say what they are.",
            said(unnamed)
        ));
    }
    sentences
}

fn services(money: &Money, within: &Within) -> Table {
    let row = |(id, sum): &(Option<String>, app::money::AreaSum)| {
        vec![
            Cell::text(service(money, id.as_deref())),
            Cell::amount(sum.all().pence),
            Cell::amount(sum.located.pence),
            Cell::amount(sum.modelled.pence),
        ]
    };
    Table {
        id: "services",
        heading: "By service".into(),
        columns: vec![
            Column::text("Service"),
            Column::number("Total"),
            Column::number("Located here"),
            Column::number("Estimated"),
        ],
        rows: within.services.iter().map(row).collect(),
    }
}

fn payees(within: &Within) -> Table {
    let row = |(name, is_voluntary, sum): &(String, bool, Sum)| {
        let name = Cell::text(name);
        let name = if *is_voluntary { name.noting("Voluntary organisation") } else { name };
        vec![name, Cell::amount(sum.pence), Cell::lines(*sum)]
    };
    Table {
        id: "payees",
        heading: "Who gets most of it".into(),
        columns: vec![Column::text("Payee"), Column::number("Share that goes here"), Column::number("Lines")],
        rows: within.top.iter().map(row).collect(),
    }
}

fn lines_table(money: &Money, lines: &PageOfLines, href: impl Fn(Order) -> String, order: Order) -> Table {
    let row = |shown: &Shown| {
        let (record, told) = (&shown.line.record, Told::of(&shown.line));
        let placed = shown.line.placed.as_ref();
        let service = service(money, placed.and_then(|placed| placed.service.as_deref()));
        let what = told.purpose.or(told.unit).or(told.category).unwrap_or("Not stated");
        let who = Cell::link(words::payee(&told), address::line(&shown.line.id.to_string()));
        let who = if told.is_voluntary { who.noting("Voluntary organisation") } else { who };
        vec![
            who,
            Cell::amount(shown.share).noting(format!("of {} {}", record.pence, verb(record.kind))),
            // A date stays on one line.
            Cell::text(record.date.in_words().replace(' ', "\u{a0}")),
            Cell::text(service).noting(what),
            Cell::text(words::certainty(shown.method.certainty())).noting(shown.method.name()),
            Cell { note: told.row.map(|row| format!("row {row}")), ..Cell::text(shown.file.clone()) },
        ]
    };
    let by = |column: Column, this: Order| Column {
        href: Some(href(this)),
        sorted: (order == this).then_some("descending"),
        ..column
    };
    Table {
        id: "lines",
        heading: "The lines".into(),
        columns: vec![
            Column::text("Payee, and why it is here"),
            by(Column::number("Share that goes here"), Order::Amount),
            by(Column::text("Date"), Order::Date),
            Column::text("For"),
            Column::text("How it was placed"),
            Column::text("Published in"),
        ],
        rows: lines.lines.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Pence;

    #[test]
    fn what_reaches_voluntary_organisations_is_said_with_its_numbers() {
        let sum = |pence, lines| Sum { pence: Pence(pence), lines };
        assert_eq!(
            voluntary([sum(2_500, 1), sum(10_000, 4), sum(300, 2)]),
            [
                "25% of what goes here to payees who are named reaches voluntary organisations that we know: £25.00 in 1 line of £100.00 in 4 lines.",
                "£3.00 in 2 lines goes to payees who may not be named: nobody can say what they are.",
            ]
        );
        assert_eq!(
            voluntary([sum(0, 0), sum(-100, 1), sum(0, 0)]),
            ["£0.00 in 0 lines reaches voluntary organisations that we know."]
        );
        assert!(voluntary([Sum::default(); 3]).is_empty());
    }
}
