//! `/api/spend`: what public money is spent where, and why we think so. Amounts are whole pence.

use crate::AppState;
use crate::ogc::asked::{Asked, Format, Offer};
use crate::ogc::csv;
use crate::ogc::document::add_link_header;
use crate::ogc::link::Link;
use crate::params::Params;
use crate::problem::Problem;
use crate::spend::{Money, area_code, read, read_of_area, strict};
use app::money::{Ask, Class, Ledger, Spending};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use model::{Basis, FinancialYear, Level};
use serde_json::{Value, json};

/// JSON, or a table of what is listed in it.
const TABLE: &[Offer] = &[(Format::Json, "application/json"), (Format::Csv, "text/csv")];

/// How many of the payees that get most are named.
const TOP: usize = 10;

pub(super) const DEFAULT_LINES: usize = 100;
pub(super) const MOST_LINES: usize = 1_000;

/// The columns of the table of areas: the properties of an area, then what was asked.
const AREAS: [&str; 17] = [
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
    "real_per_head_pence",
    "allocation",
];

/// The columns of the table of lines.
const LINES: [&str; 22] = [
    "id",
    "date",
    "share_pence",
    "pence",
    "payer",
    "payee",
    "payee_standing",
    "unit",
    "category",
    "purpose",
    "reference",
    "service",
    "class",
    "method",
    "certainty",
    "rule",
    "voluntary",
    "kind",
    "basis",
    "source",
    "file",
    "row",
];

/// `GET /api/spend[?level=ward&year=2026-27&payer=NAME&service=ID&class=WORD&basis=paid&prices=2024-25]`: what is spent in
/// each area, and what is in none of them.
pub async fn areas(State(state): State<AppState>, asked: Asked) -> Result<Response, Problem> {
    let money = Money::loaded(&state)?;
    let mut params = Params::parse(asked.query.as_deref())?;
    let format = asked.format(&mut params, TABLE)?;
    let ask = strict(read(&mut params, &money.atlas))?;
    let prices = params.take("prices").filter(|text| !text.trim().is_empty());
    let prices = prices.map(|text| FinancialYear::parse(&text)).transpose();
    let prices = prices.map_err(|error| Problem::bad_request(format!("prices: {error}")))?;
    params.finish()?;
    let spending = money.spending(&state, &ask).await??;
    let links = asked.own_links(format, TABLE, "This answer");
    let mut body = body(&money, &ask, &spending);
    if let Some(prices) = prices {
        let real = spending.in_prices_of(prices).map_err(|error| Problem::bad_request(error.to_string()))?;
        real.add_to(&mut body);
    }
    if format == Format::Csv {
        let rows = body["localities"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|area| AREAS.map(|name| csv::cell(area.get(name).or_else(|| body.get(name)))).to_vec());
        return Ok(table("spend", &AREAS, rows, &links));
    }
    Ok(answer(body, &links))
}

/// What is spent, with what a client needs to ask otherwise.
pub(crate) fn body(money: &Money, ask: &Ask, spending: &Spending) -> Value {
    let ledger = &money.ledger;
    let mut body = spending.to_json();
    for service in body["services"].as_array_mut().into_iter().flatten() {
        let name = service["service"].as_str().and_then(|id| ledger.service_name(id));
        service["name"] = json!(name);
    }
    body["payer"] = json!(ask.payer);
    body["service"] = json!(ask.service);
    body["class"] = json!(ask.class.map(Class::as_str));
    about(&mut body, ledger);
    body["choices"] = choices(money, ask);
    body
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
    })
}

/// `GET /api/spend/{code}`: one area by service, who gets most, how much reaches voluntary organisations.
pub async fn area(
    State(state): State<AppState>,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let money = Money::loaded(&state)?;
    let code = area_code(&code)?;
    let mut params = Params::parse(asked.query.as_deref())?;
    let format = asked.format(&mut params, &TABLE[..1])?;
    let ask = strict(read_of_area(&mut params))?;
    params.finish()?;
    let within = money.within(&state, &ask, &code, TOP).await??;
    let mut body = within.to_json();
    for service in body["services"].as_array_mut().into_iter().flatten() {
        let name = service["service"].as_str().and_then(|id| money.ledger.service_name(id));
        service["name"] = json!(name);
    }
    about(&mut body, &money.ledger);
    let mut links = asked.own_links(format, &TABLE[..1], "This answer");
    let lines = asked.address(&format!("/api/spend/{code}/lines"));
    let query = asked.query.as_deref().map(|query| format!("?{query}")).unwrap_or_default();
    links.push(Link {
        rel: "item",
        kind: TABLE[0].1,
        title: "The lines of its ledger",
        href: format!("{lines}{query}"),
    });
    Ok(answer(body, &links))
}

/// `GET /api/spend/{code}/lines[?after=NUMBER&limit=100]`: the lines of which some goes to an area, page by page.
pub async fn lines(
    State(state): State<AppState>,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let money = Money::loaded(&state)?;
    let code = area_code(&code)?;
    let mut params = Params::parse(asked.query.as_deref())?;
    let format = asked.format(&mut params, TABLE)?;
    let ask = strict(read_of_area(&mut params))?;
    let (after, limit) = page_of(&mut params)?;
    params.finish()?;
    let page = money.lines(&state, &ask, &code, after, limit).await??;
    let mut links = asked.own_links(format, TABLE, "This page");
    if let Some(next) = page.next {
        let kind = TABLE.iter().find(|offer| offer.0 == format).map_or(TABLE[0].1, |offer| offer.1);
        let href = asked.with(&[("after", Some(&next.to_string()))]);
        links.push(Link { rel: "next", kind, title: "The next page", href });
    }
    let lines: Vec<Value> = page.lines.iter().map(app::money::Shown::to_json).collect();
    if format == Format::Csv {
        let rows = lines.iter().map(|line| LINES.map(|name| csv::cell(line.get(name))).to_vec());
        return Ok(table("spend-lines", &LINES, rows, &links));
    }
    let mut body = json!({"lines": lines, "next": page.next});
    about(&mut body, &money.ledger);
    Ok(answer(body, &links))
}

/// Where a page of lines starts, and how many it has.
fn page_of(params: &mut Params) -> Result<(Option<u64>, usize), Problem> {
    let after = params.take_as("after", |text| {
        text.parse().map_err(|_| "this is no line's number; take it from a next link as it is".to_owned())
    })?;
    let limit = params.take_as("limit", |text| {
        let limit = text.parse().ok().filter(|n| (1..=MOST_LINES).contains(n));
        limit.ok_or_else(|| format!("this is not a number from 1 to {MOST_LINES}"))
    })?;
    Ok((after, limit.unwrap_or(DEFAULT_LINES)))
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

fn table(name: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>, links: &[Link]) -> Response {
    let name = format!("attachment; filename=\"{name}.csv\"");
    let kind = "text/csv; charset=utf-8; header=present".to_owned();
    let head = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    let mut response = (head, csv::table(columns, rows)).into_response();
    add_link_header(&mut response, links);
    response
}
