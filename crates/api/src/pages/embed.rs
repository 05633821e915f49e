//! `/embed/area/{id}`: one area's list and map for a frame in another site. No script, no cookies; links open the
//! full page in a new tab.

use super::ask::{Ask, Shelf};
use super::facts::Row;
use super::frame::page;
use super::list::{self, Answer};
use super::shortlist::{Credit, credits_of};
use super::svg::Picture;
use super::{address, built, missing};
use crate::AppState;
use askama::Template;
use atlas::{Atlas, LocalityIx};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;

/// The start of every address that may stand in a frame.
pub(super) const PATH: &str = "/embed/";

#[derive(Template)]
#[template(path = "embed.html")]
pub(super) struct EmbedPage {
    pub built: &'static built::Built,
    pub title: String,
    pub heading: String,
    pub count_detail: String,
    pub rows: Vec<Row>,
    pub map: Option<String>,
    pub list_href: String,
    pub more: Option<String>,
    pub not_loaded: Vec<String>,
    pub sources: Vec<Credit>,
}

/// The page.
pub(super) async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let atlas = state.atlas();
    let ask = Ask::read(query.as_deref().unwrap_or_default()).ask;
    match atlas.locality(&id) {
        Some(area) => page(StatusCode::OK, &EmbedPage::of(&atlas, area, &ask)),
        None => missing::page(format!("No area “{id}” is loaded.")),
    }
}

impl EmbedPage {
    pub fn of(atlas: &Atlas, area: LocalityIx, ask: &Ask) -> Self {
        let ask = Ask { area: atlas.place(area).id.clone(), picks: Default::default(), ..ask.clone() };
        let answer = Answer::of(atlas, area, &ask);
        let rows: Vec<Row> = answer.parts(Shelf::List).into_iter().flat_map(|part| part.rows).collect();
        let shown = answer.shelf(Shelf::List).iter().take(rows.len());
        let label =
            format!("Map of {} with the numbered places. The list holds the same.", atlas.place(area).name);
        let position = answer.meeting.as_ref().map(|meeting| meeting.position);
        let numbered = (1..).zip(shown.clone().map(|hit| hit.asset));
        let mut sources: Vec<String> =
            shown.map(|hit| super::facts::Facts::of(atlas, hit.asset).source).collect();
        sources.push(atlas.place(area).source.clone());
        let total = answer.shelf(Shelf::List).len();
        Self {
            built: built::built(),
            title: list::title(atlas, area, &ask),
            heading: list::heading(atlas, area, &ask),
            count_detail: list::count_detail(&answer, &ask),
            map: Picture::of(atlas, label, Some(area), numbered, position).svg(),
            list_href: ask.link(),
            more: (total > rows.len()).then(|| format!("See all {}", super::words::number(total))),
            not_loaded: list::not_loaded(atlas, area, &ask),
            sources: credits_of(atlas, sources),
            rows,
        }
    }
}

/// What someone copies into a page of their own.
pub(super) fn snippet(base: &str, id: &str, name: &str) -> String {
    let src = format!("{base}{PATH}{}?within=800", address::area(id).trim_start_matches('/'));
    let name = name.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    format!(
        r#"<iframe src="{src}" title="Groups and buildings in and near {name}" width="100%" height="700" loading="lazy"></iframe>"#
    )
}
