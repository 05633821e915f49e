//! **The page that the project exists for**: what is in, near and working across an area.

mod coverage;
mod filters;
mod shelves;

pub(super) use shelves::{Answer, Kept};

use super::address;
use super::ask::{Ask, DISTANCES, Read, Shelf};
use super::frame::Frame;
use super::words;
use askama::Template;
use atlas::{Atlas, LocalityIx};
use coverage::Statement;
use filters::{Choice, FamilyView};
use shelves::{Part, ShelfView};

#[derive(Template)]
#[template(path = "list.html")]
pub(super) struct ListPage {
    pub frame: Frame,
    pub ask: Ask,
    pub title: String,
    pub heading: String,
    pub area: String,
    pub area_href: String,
    pub area_what: String,
    pub distances: Vec<Choice>,
    pub kinds: Vec<Choice>,
    pub families: Vec<FamilyView>,
    /// Chosen categories, each with the list without it.
    pub chosen: Vec<(&'static str, String)>,
    pub clear: Option<String>,
    pub count: String,
    pub count_detail: String,
    /// What is inside, then what is near.
    pub parts: Vec<Part>,
    pub shown: usize,
    pub show_all: Option<(String, String)>,
    pub further: Option<(String, String)>,
    pub shelves: Vec<ShelfView>,
    pub coverage: Vec<Statement>,
    /// Absent when there is nothing to take.
    pub downloads: Option<Downloads>,
    pub map_src: String,
    pub misread: Vec<String>,
}

/// The same answer to take away.
pub(super) struct Downloads {
    pub geojson: String,
    pub csv: String,
    pub total: String,
}

impl ListPage {
    /// What is asked about an area.
    pub fn of(atlas: &Atlas, area: LocalityIx, read: &Read) -> Self {
        let place = atlas.place(area);
        // One address for one state, however the area was named.
        let ask = Ask { area: place.id.clone(), ..read.ask.clone() };
        let answer = Answer::of(atlas, area, &ask);
        let list = answer.shelf(Shelf::List);
        let parts = answer.parts(Shelf::List);
        let things = things(&ask);
        let around = if ask.within_m == 0 { "in" } else { "in and near" };
        let heading = format!("{} {around} {}", words::capital(&things), place.name);
        Self {
            frame: Frame::new(),
            title: format!("{heading}{}", distance_part(&ask)),
            heading,
            area: place.name.clone(),
            area_href: address::area(&place.id),
            area_what: format!("{} of {}", words::level(place.level()), place.vintage()),
            distances: distances(&ask),
            kinds: filters::kinds(&answer, &ask),
            families: filters::families(&answer, &ask),
            chosen: filters::chosen(&ask),
            clear: ask.is_filtered().then(|| ask.unfiltered().link()),
            count: words::count_of(list.len(), ask.kind),
            count_detail: count_detail(&answer, &ask),
            show_all: answer.show_all(Shelf::List),
            further: further(&answer, &ask),
            shelves: answer.shelf_views(),
            coverage: coverage::statements(atlas, area, &ask),
            downloads: downloads(&answer, &ask),
            map_src: format!("/api/map?{}", ask.query()),
            misread: read.misread.clone(),
            shown: parts.iter().map(|part| part.rows.len()).sum(),
            parts,
            ask,
        }
    }

    pub fn within_words(&self) -> String {
        words::chosen_distance(self.ask.within_m)
    }
}

/// What the list holds: the one category that was chosen, else kinds.
fn things(ask: &Ask) -> String {
    let chosen: Vec<_> = ask.categories.iter().collect();
    match (&chosen[..], ask.kind) {
        ([one], None) => format!("{}:", one.title()).trim_end_matches(':').to_owned(),
        (_, kind) => words::many_of(kind).to_owned(),
    }
}

fn distance_part(ask: &Ask) -> String {
    match ask.within_m {
        0 => String::new(),
        metres => format!(", within {}", words::chosen_distance(metres)),
    }
}

fn count_detail(answer: &Answer, ask: &Ask) -> String {
    let inside = answer.inside_count();
    let near = answer.shelf(Shelf::List).len() - inside;
    match ask.within_m {
        0 => format!("{} inside.", words::number(inside)),
        metres => format!(
            "{} inside, {} more within {} of its edge.",
            words::number(inside),
            words::number(near),
            words::chosen_distance(metres)
        ),
    }
}

fn distances(ask: &Ask) -> Vec<Choice> {
    let mut all: Vec<u32> = DISTANCES.to_vec();
    if !all.contains(&ask.within_m) {
        all.push(ask.within_m);
        all.sort_unstable();
    }
    let title = |metres| match metres {
        0 => "Inside only".to_owned(),
        metres => format!("Within {}", words::chosen_distance(metres)),
    };
    all.into_iter()
        .map(|metres| Choice {
            value: metres.to_string(),
            title: title(metres),
            count: String::new(),
            is_chosen: metres == ask.within_m,
        })
        .collect()
}

/// For an empty list the next larger distance at which there is something.
fn further(answer: &Answer, ask: &Ask) -> Option<(String, String)> {
    if !answer.shelf(Shelf::List).is_empty() {
        return None;
    }
    DISTANCES.into_iter().filter(|metres| *metres > ask.within_m).find_map(|within_m| {
        let wider = Ask { within_m, ..ask.clone() };
        let found = answer.wider(&wider).shelf(Shelf::List).len();
        let text =
            format!("Look within {}: {}", words::chosen_distance(within_m), words::count_of(found, ask.kind));
        (found > 0).then(|| (text, wider.link()))
    })
}

fn downloads(answer: &Answer, ask: &Ask) -> Option<Downloads> {
    let total: usize = Shelf::ALL.iter().map(|shelf| answer.shelf(*shelf).len()).sum();
    let mut query = format!("locality={}&within_m={}", address::value(&ask.area), ask.within_m);
    if let Some(kind) = ask.kind {
        query.push_str(&format!("&kind={}", kind.as_str()));
    }
    let categories = super::ask::category_words(ask.categories).join(",");
    if !categories.is_empty() {
        query.push_str(&format!("&category={categories}"));
    }
    let items = |format: &str| format!("/ogc/collections/assets/items?f={format}&{query}&limit=10000");
    (total > 0).then(|| Downloads {
        geojson: items("json"),
        csv: items("csv"),
        total: words::count_of(total, ask.kind),
    })
}
