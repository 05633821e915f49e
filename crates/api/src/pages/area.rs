//! `/area/{id}`: one area.

use super::ask::Ask;
use super::frame::{Frame, page};
use super::start::AreaView;
use super::{address, embed, missing, spend, words};
use crate::AppState;
use askama::Template;
use atlas::{Atlas, LocalityIx};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

#[derive(Template)]
#[template(path = "area.html")]
struct AreaPage {
    frame: Frame,
    name: String,
    level: String,
    code: String,
    year: String,
    list_href: String,
    /// Its ledger, where there is money.
    spend_href: Option<String>,
    geojson_href: String,
    part_of: Vec<Larger>,
    /// A number and what it counts.
    figures: [(String, &'static str); 3],
    neighbours: Vec<AreaView>,
    source: String,
    licence: Option<String>,
    attribution: Option<String>,
    as_of: String,
    /// What to copy into another site.
    snippet: String,
    embed_href: String,
}

/// A larger area, with a page if its boundary is loaded.
pub(super) struct Larger {
    pub name: String,
    pub what: Option<&'static str>,
    pub href: Option<String>,
}

/// The page.
pub(super) async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let atlas = state.atlas();
    match atlas.locality(&id) {
        Some(area) => {
            let spend_href = spend::address_if_any(&state, &atlas, area);
            let base = state.base_url(&headers).link("");
            page(StatusCode::OK, &AreaPage { spend_href, ..AreaPage::of(&atlas, area, &base) })
        }
        None => missing::page(format!("No area “{id}” is loaded.")),
    }
}

/// The larger areas that it is part of, smallest first.
pub(super) fn part_of(atlas: &Atlas, ix: LocalityIx) -> Vec<Larger> {
    let mut larger: Vec<_> = atlas
        .part_of(ix)
        .into_iter()
        .map(|(code, name)| {
            let level = model::AreaCode::parse(code).ok().and_then(|code| code.level());
            let known = atlas.locality(code).map(|ix| atlas.place(ix));
            (
                level,
                Larger {
                    name: name.to_owned(),
                    what: known.map(|place| place.level()).or(level).map(words::level),
                    href: known.map(|place| address::area(&place.id)),
                },
            )
        })
        .collect();
    larger.sort_by_key(|(level, _)| (level.is_none(), *level));
    larger.into_iter().map(|(_, larger)| larger).collect()
}

impl AreaPage {
    fn of(atlas: &Atlas, ix: LocalityIx, base: &str) -> Self {
        let place = atlas.place(ix);
        let counts = atlas.counts(ix);
        let source = atlas.source(&place.source);
        let neighbours =
            atlas.neighbours(ix).into_iter().map(|ix| AreaView::of(atlas, atlas.place(ix), false));
        Self {
            frame: Frame::new(),
            name: place.name.clone(),
            level: model::capital(words::level(place.level())),
            code: place.code().to_owned(),
            year: place.vintage().to_string(),
            spend_href: None,
            list_href: Ask::about(&place.id).link(),
            geojson_href: address::item(place.level().collection(), &place.id),
            part_of: part_of(atlas, ix),
            figures: [
                figure(counts.groups, "group", "groups"),
                figure(counts.buildings, "building that people can use", "buildings that people can use"),
                figure(
                    counts.land,
                    "green space or piece of land",
                    "green spaces, land and council property",
                ),
            ],
            neighbours: neighbours.collect(),
            source: super::facts::source_title(atlas, &place.source),
            licence: source
                .and_then(|source| source.licence.as_deref())
                .map(|id| words::licence(id).to_owned()),
            attribution: source.and_then(|source| source.attribution.clone()),
            snippet: embed::snippet(base, &place.id, &place.name),
            embed_href: format!("/embed{}?within=800", address::area(&place.id)),
            as_of: place.as_of.map_or_else(|| "Not stated by its source".into(), |date| date.in_words()),
        }
    }
}

fn figure(n: u32, one: &'static str, many: &'static str) -> (String, &'static str) {
    (words::number(n as usize), if n == 1 { one } else { many })
}
