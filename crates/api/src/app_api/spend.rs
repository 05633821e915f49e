//! `/api/spend`: what public money is spent where, and why we think so. Amounts are whole pence.

use super::lines_table;
use crate::AppState;
use crate::ogc::asked::{Asked, Format, Offer};
use crate::ogc::csv;
use crate::ogc::document::add_link_header;
use crate::ogc::link::Link;
use crate::params::Params;
use crate::problem::Problem;
use crate::spend::{Money, area_code, read, read_after, read_of_area, read_order, read_prices, strict};
use app::money::{Ask, AskError, Class, Ledger, Spending, Turn, price_years};
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use model::{Basis, Level};
use serde_json::{Value, json};

/// JSON, or a table of what is listed in it.
const TABLE: &[Offer] = &[(Format::Json, "application/json"), (Format::Csv, "text/csv")];

/// How many of the payees that get most are named.
const TOP: usize = 10;

pub(super) const DEFAULT_LINES: usize = 100;
pub(super) const MOST_LINES: usize = 1_000;

/// How many lines of a table of all are read at once. Each time the book is looked through anew, and a few megabytes are
/// held.
const AT_ONCE: usize = 2_000;

/// The columns of the table of areas: the properties of an area, then what was asked.
const AREAS: [&str; 20] = [
    "code",
    "name",
    "level",
    "year",
    "months_held",
    "basis",
    "pence",
    "located_pence",
    "modelled_pence",
    "service_pence",
    "population",
    "population_year",
    "per_head_pence",
    "prices",
    "real_pence",
    "real_located_pence",
    "real_modelled_pence",
    "real_service_pence",
    "real_per_head_pence",
    "allocation",
];

/// `GET /api/spend[?level=ward&year=2026-27&payer=NAME&service=ID&class=WORD&basis=paid&prices=2024-25]`: what is spent in
/// each area, and what is in none of them.
pub async fn areas(State(state): State<AppState>, asked: Asked) -> Result<Response, Problem> {
    let money = Money::loaded(&state)?;
    let mut params = Params::parse(asked.query.as_deref())?;
    let format = asked.format(&mut params, TABLE)?;
    let asked_for = read(&mut params, &money.atlas);
    let ask = strict(read_prices(&mut params, asked_for))?;
    params.finish()?;
    let paid = Ask { prices: None, ..ask.clone() };
    let spending = money.spending(&state, &paid).await??;
    let mut body = body(&money, &paid, &spending);
    if let Some(year) = ask.prices {
        spending.in_prices_of(year).map_err(AskError::from)?.add_real(&mut body);
    }
    let links = asked.own_links(format, TABLE, "This answer");
    if format == Format::Csv {
        let areas = body["localities"].as_array().map(Vec::as_slice).unwrap_or_default();
        return Ok(table("spend", &AREAS, areas, &body, &links));
    }
    Ok(answer(body, &links))
}

/// What is spent, with what a client needs to ask otherwise.
pub(crate) fn body(money: &Money, ask: &Ask, spending: &Spending) -> Value {
    let ledger = &money.ledger;
    let mut body = spending.to_json();
    name_services(&mut body, ledger);
    body["payer"] = json!(ask.payer);
    body["service"] = json!(ask.service);
    body["class"] = json!(ask.class.map(Class::as_str));
    about(&mut body, ledger);
    body["choices"] = choices(money, ask);
    body
}

/// Says of each service how it is called.
fn name_services(body: &mut Value, ledger: &Ledger) {
    for service in body["services"].as_array_mut().into_iter().flatten() {
        let name = service["service"].as_str().and_then(|id| ledger.service_name(id));
        service["name"] = json!(name);
    }
}

/// Of which state of things an answer speaks.
fn about(body: &mut Value, ledger: &Ledger) {
    body["revision"] = json!(ledger.revision);
    body["allocation"] = json!(ledger.allocation.as_ref().map(|allocation| allocation.allocation));
    body["rules_version"] = json!(ledger.rules.version());
}

/// What may be asked for.
fn choices(money: &Money, ask: &Ask) -> Value {
    let ledger = &money.ledger;
    let years = ledger.years(ask.basis, ask.payer.as_deref()).into_iter();
    let services = ledger.rules.services().iter();
    let prices = price_years().into_iter();
    json!({
        "levels": money.atlas.levels().into_iter().map(Level::as_str).collect::<Vec<_>>(),
        "years": years
            .map(|(year, months)| json!({"year": year.to_string(), "months_held": months}))
            .collect::<Vec<_>>(),
        "payers": ledger.payers(),
        "services": services
            .map(|service| json!({"id": service.id, "name": service.name, "about": service.about}))
            .collect::<Vec<_>>(),
        "classes": Class::ALL.map(|class| json!({"id": class.as_str(), "name": class.name()})),
        "bases": Basis::ALL.map(Basis::as_str),
        "prices": prices
            .map(|known| json!({"year": known.year.to_string(), "forecast": known.is_forecast}))
            .collect::<Vec<_>>(),
    })
}

/// `GET /api/spend/{code}[?prices=2024-25]`: one area by service, who gets most, how much reaches voluntary organisations.
pub async fn area(
    State(state): State<AppState>,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let money = Money::loaded(&state)?;
    let code = area_code(&code);
    let mut params = Params::parse(asked.query.as_deref())?;
    let format = asked.format(&mut params, &TABLE[..1])?;
    let asked_for = read_of_area(&mut params);
    let ask = strict(read_prices(&mut params, asked_for))?;
    params.finish()?;
    let paid = Ask { prices: None, ..ask.clone() };
    let within = money.within(&state, &paid, &code, TOP).await??;
    let mut body = within.to_json();
    if let Some(year) = ask.prices {
        within.in_prices_of(year).map_err(AskError::from)?.add_real(&mut body);
    }
    name_services(&mut body, &money.ledger);
    about(&mut body, &money.ledger);
    let mut links = asked.own_links(format, &TABLE[..1], "This answer");
    // A line is what was paid: it is in the prices of its day.
    let href = asked.at(&format!("/api/spend/{code}/lines"), &[("prices", None)]);
    links.push(Link { rel: "item", kind: TABLE[0].1, title: "The lines of its ledger", href });
    Ok(answer(body, &links))
}

/// `GET /api/spend/{code}/lines[?order=amount&after=PLACE&limit=100]`: the lines of which some goes to an area, page by page;
/// as CSV all of them, unless `limit` says how many.
pub async fn lines(
    State(state): State<AppState>,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let money = Money::loaded(&state)?;
    let code = area_code(&code);
    let mut params = Params::parse(asked.query.as_deref())?;
    let format = asked.format(&mut params, TABLE)?;
    let (ask, mut wrong) = read_of_area(&mut params);
    let (order, after) = (read_order(&mut params, &mut wrong), read_after(&mut params, &mut wrong));
    let ask = strict((ask, wrong))?;
    let limit = limit(&mut params)?;
    params.finish()?;
    if let (Format::Csv, None) = (format, limit) {
        let links = asked.own_links(format, TABLE, "All lines");
        let start = Turn { order, after, limit: AT_ONCE };
        let lines = lines_table::all(&state, money, ask, code, start).await?;
        return Ok(attachment("spend-lines", lines, &links));
    }
    let limit = limit.unwrap_or(DEFAULT_LINES);
    let page = money.lines(&state, &ask, &code, Turn { order, after, limit }).await??;
    let next = page.next.map(|next| next.to_string());
    let mut links = asked.own_links(format, TABLE, "This page");
    if let Some(next) = &next {
        let kind = TABLE.iter().find(|offer| offer.0 == format).map_or(TABLE[0].1, |offer| offer.1);
        let href = asked.with(&[("after", Some(next))]);
        links.push(Link { rel: "next", kind, title: "The next page", href });
    }
    if format == Format::Csv {
        return Ok(attachment("spend-lines", lines_table::page(&page.lines), &links));
    }
    let lines: Vec<Value> = page.lines.iter().map(app::money::Shown::to_json).collect();
    let mut body = json!({"lines": lines, "order": order.as_str(), "next": next});
    about(&mut body, &money.ledger);
    Ok(answer(body, &links))
}

/// How many lines a page has, where that is said.
fn limit(params: &mut Params) -> Result<Option<usize>, Problem> {
    params.take_as("limit", |text| {
        let limit = text.parse().ok().filter(|n| (1..=MOST_LINES).contains(n));
        limit.ok_or_else(|| format!("this is not a number from 1 to {MOST_LINES}"))
    })
}

/// `GET /api/spend/lines/{id}[?level=ward]`: why a line went where it did. The row as published is sealed.
pub async fn line(
    State(state): State<AppState>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Json<Value>, Problem> {
    let money = Money::loaded(&state)?;
    let mut params = Params::parse(asked.query.as_deref())?;
    asked.format(&mut params, &TABLE[..1])?;
    let level = strict(read(&mut params, &money.atlas))?.level.unwrap_or(Level::Ward);
    params.finish()?;
    let missing = || Problem::not_found(format!("there is no line {id}, or its publisher has withdrawn it"));
    let explained = money.explain(&state, &id, level).await?.ok_or_else(missing)?;
    let mut body = explained.to_json();
    body["service_name"] = json!(explained.service);
    about(&mut body, &money.ledger);
    Ok(Json(body))
}

fn answer(mut body: Value, links: &[Link]) -> Response {
    body["links"] = json!(links);
    let mut response = Json(body).into_response();
    add_link_header(&mut response, links);
    response
}

/// What is listed as a table. A column that is not said of each row is the same for all of them.
fn table(name: &str, columns: &[&str], rows: &[Value], of_all: &Value, links: &[Link]) -> Response {
    let cell = |row: &Value, column| csv::cell(row.get(column).or_else(|| of_all.get(column)));
    let rows = rows.iter().map(|row| columns.iter().map(|column| cell(row, *column)).collect::<Vec<_>>());
    attachment(name, csv::table(columns, rows), links)
}

fn attachment(name: &str, table: impl Into<Body>, links: &[Link]) -> Response {
    let name = format!("attachment; filename=\"{name}.csv\"");
    let kind = "text/csv; charset=utf-8; header=present".to_owned();
    let head = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    let mut response = (head, table.into()).into_response();
    add_link_header(&mut response, links);
    response
}
