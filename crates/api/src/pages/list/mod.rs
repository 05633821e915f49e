//! **The page that the project exists for**: what is in, near and working across an area.

mod coverage;
mod filters;
mod shelves;

pub(super) use shelves::{Answer, Kept};

use super::address;
use super::ask::{Ask, DISTANCES, Read, Shelf};
use super::frame::Frame;
use super::{hire, picks, words};
use askama::Template;
use atlas::{Atlas, LocalityIx};
use coverage::Statement;
use filters::{Choice, FamilyView};
use model::WeekPart;
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
    /// Parts of the week, the first for any.
    pub opens: Vec<Choice>,
    /// Why there are no distances from the postcode that was typed.
    pub no_meeting: Option<String>,
    /// What no source says, and a link to leave it in or out.
    pub unknown: Option<Unknown>,
    /// The shortlist: names with the pages of the places.
    pub picked: Vec<(String, String)>,
    pub shortlist_href: String,
    /// Picks that have no box on this page, and the order of all.
    pub picks_elsewhere: Vec<String>,
    pub order: String,
}

/// How many places no source says enough about.
pub(super) struct Unknown {
    pub text: String,
    pub link: &'static str,
    pub href: String,
}

/// The same answer to take away.
pub(super) struct Downloads {
    /// These two can't be narrowed by what a hirer asks.
    pub geojson: Option<String>,
    pub csv: Option<String>,
    pub xlsx: String,
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
        let shelves = answer.shelf_views();
        let rows =
            parts.iter().chain(shelves.iter().flat_map(|shelf| &shelf.parts)).flat_map(|part| &part.rows);
        let boxes: Vec<&str> =
            rows.filter_map(|row| row.pick.as_ref()).map(|pick| pick.value.as_str()).collect();
        let picks_elsewhere =
            ask.picks.iter().map(picks::short).filter(|pick| !boxes.contains(&pick.as_str())).collect();
        Self {
            frame: Frame::new(),
            title: title(atlas, area, &ask),
            heading: heading(atlas, area, &ask),
            opens: opens(&ask),
            no_meeting: answer.no_meeting.clone(),
            unknown: unknown(&answer, &ask),
            picked: picked(atlas, &ask),
            shortlist_href: ask.shortlist(""),
            order: ask.picks.words(),
            picks_elsewhere,
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
            shelves,
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

/// `Buildings in and near Bucklow`
pub(super) fn heading(atlas: &Atlas, area: LocalityIx, ask: &Ask) -> String {
    let around = if ask.within_m == 0 { "in" } else { "in and near" };
    format!("{} {around} {}", model::capital(&things(ask)), atlas.place(area).name)
}

/// The same with the distance.
pub(super) fn title(atlas: &Atlas, area: LocalityIx, ask: &Ask) -> String {
    format!("{}{}", heading(atlas, area, ask), distance_part(ask))
}

/// What was not loaded, in sentences.
pub(super) fn not_loaded(atlas: &Atlas, area: LocalityIx, ask: &Ask) -> Vec<String> {
    coverage::statements(atlas, area, ask).into_iter().map(|statement| statement.text).collect()
}

fn opens(ask: &Ask) -> Vec<Choice> {
    let choice = |part: Option<WeekPart>| Choice {
        value: part.map_or("", WeekPart::as_str).to_owned(),
        title: part.map_or("Any time", hire::part_title).to_owned(),
        count: String::new(),
        is_chosen: part == ask.open,
    };
    std::iter::once(None).chain(WeekPart::ALL.map(Some)).map(choice).collect()
}

fn unknown(answer: &Answer, ask: &Ask) -> Option<Unknown> {
    let access = ask.step_free.then_some("have step-free access".to_owned());
    let open = ask.open.map(|part| format!("be open {}", hire::on_one(part)));
    let wanted: Vec<String> = access.into_iter().chain(open).collect();
    let n = answer.unknown;
    (n > 0).then(|| Unknown {
        text: format!(
            "{}{} may {}, but no source says so clearly: {}.",
            words::number(n),
            if ask.with_unknown { " of these" } else { " more" },
            model::listed(&wanted),
            hire::NOT_KNOWN.to_lowercase()
        ),
        link: if ask.with_unknown { "Leave them out" } else { "List them too" },
        href: Ask { with_unknown: !ask.with_unknown, ..ask.clone() }.link(),
    })
}

fn picked(atlas: &Atlas, ask: &Ask) -> Vec<(String, String)> {
    let query = ask.query();
    let page = |asset| address::asset(&atlas.asset_id(asset).to_string(), Some(&query));
    ask.picks.assets(atlas).into_iter().map(|asset| (atlas.asset_name(asset), page(asset))).collect()
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

pub(super) fn count_detail(answer: &Answer, ask: &Ask) -> String {
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
        geojson: (!ask.is_for_hire()).then(|| items("json")),
        csv: (!ask.is_for_hire()).then(|| items("csv")),
        xlsx: format!("/list.xlsx?{}", ask.query()),
        total: words::count_of(total, ask.kind),
    })
}
