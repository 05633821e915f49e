//! `/shortlist`: the places that someone ticked, in their order, to compare, print, share and take along.

mod file;

pub(super) use file::show as show_file;

use super::ask::{Ask, Read};
use super::asset::{Fact, Value, licence_text, mailbox, telephone, website};
use super::facts::Facts;
use super::frame::{Frame, page};
use super::hire::{self, NOT_KNOWN};
use super::meeting::Meeting;
use super::picks::Picks;
use super::svg::Picture;
use super::{address, words};
use crate::AppState;
use askama::Template;
use atlas::{AssetIx, Atlas, LocalityIx};
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use model::{AssetId, Kind};

#[derive(Template)]
#[template(path = "shortlist.html")]
pub(super) struct ShortlistPage {
    pub frame: Frame,
    pub shortlist: Shortlist,
    pub misread: Vec<String>,
    /// What a form sends along with the postcode.
    pub hidden: Vec<(String, String)>,
    pub from_postcode: String,
    pub file_href: String,
    pub xlsx_href: String,
}

/// What is shown of a shortlist, on a page or in a file.
pub(super) struct Shortlist {
    pub heading: String,
    /// Where the list is that it was picked from, and the area's name.
    pub back: Option<(String, String)>,
    pub meeting: Option<Meeting>,
    /// Why a postcode gives no distances.
    pub no_meeting: Option<String>,
    pub map: Option<String>,
    /// How many have no mark on the map.
    pub unplaced: usize,
    pub entries: Vec<Entry>,
    /// Picked, but not there any more, and the shortlist without them.
    pub gone: Option<(String, String)>,
    pub sources: Vec<Credit>,
}

/// A place on a shortlist.
pub(super) struct Entry {
    pub number: usize,
    pub asset: AssetIx,
    pub id: String,
    pub name: String,
    pub href: String,
    pub kind: &'static str,
    pub kind_title: &'static str,
    pub category: Option<String>,
    pub is_closed: bool,
    pub distance: Option<String>,
    pub facts: Vec<Fact>,
    pub up: Option<String>,
    pub down: Option<String>,
    pub remove: String,
}

/// Whom to credit.
#[derive(Debug, PartialEq)]
pub(super) struct Credit {
    pub title: String,
    pub publisher: Option<String>,
    pub date: String,
    pub licence: Option<(String, Option<String>)>,
    pub attribution: Option<String>,
}

/// The page.
pub(super) async fn show(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let atlas = state.atlas();
    page(StatusCode::OK, &ShortlistPage::of(&atlas, &Ask::read(query.as_deref().unwrap_or_default())))
}

impl ShortlistPage {
    pub fn of(atlas: &Atlas, read: &Read) -> Self {
        let query = read.ask.query();
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        Self {
            frame: Frame::new(),
            shortlist: Shortlist::of(atlas, &read.ask),
            misread: read.misread.clone(),
            hidden: pairs.filter(|(name, _)| name != "from_postcode").collect(),
            from_postcode: read.ask.from_postcode.clone(),
            file_href: read.ask.shortlist(".html"),
            xlsx_href: read.ask.shortlist(".xlsx"),
        }
    }
}

impl Shortlist {
    pub fn of(atlas: &Atlas, ask: &Ask) -> Self {
        let area = atlas.locality(&ask.area);
        let (meeting, no_meeting) = match Meeting::of(atlas, ask) {
            Ok(meeting) => (meeting, None),
            Err(why) => (None, Some(why)),
        };
        let known: Vec<(AssetId, AssetIx)> =
            ask.picks.iter().filter_map(|id| Some((id, atlas.asset(id)?))).collect();
        let entries: Vec<Entry> =
            (0..known.len()).map(|at| Entry::of(atlas, ask, &known, at, meeting.as_ref())).collect();
        let heading = match entries.len() {
            0 => "Your shortlist is empty".to_owned(),
            n => format!("Shortlist: {}", words::count(n, "place", "places")),
        };
        Self {
            map: map(atlas, area, &entries, meeting.as_ref()),
            unplaced: entries.iter().filter(|e| atlas.asset_position(e.asset).is_none()).count(),
            back: area.map(|ix| (ask.link(), atlas.place(ix).name.clone())),
            gone: gone(ask, &known),
            sources: credits(atlas, area, &entries),
            heading,
            meeting,
            no_meeting,
            entries,
        }
    }
}

fn gone(ask: &Ask, known: &[(AssetId, AssetIx)]) -> Option<(String, String)> {
    let missing: Vec<AssetId> =
        ask.picks.iter().filter(|id| known.iter().all(|(other, _)| other != id)).collect();
    let picks = missing.iter().fold(ask.picks.clone(), |picks, id| picks.without(*id));
    (!missing.is_empty()).then(|| {
        let what = match missing.len() {
            1 => "One place on this shortlist is not loaded any more.".to_owned(),
            n => format!("{} places on this shortlist are not loaded any more.", words::number(n)),
        };
        (what, Ask { picks, ..ask.clone() }.shortlist(""))
    })
}

fn map(
    atlas: &Atlas,
    area: Option<LocalityIx>,
    entries: &[Entry],
    meeting: Option<&Meeting>,
) -> Option<String> {
    if entries.is_empty() {
        return None;
    }
    let of = area.map(|ix| format!(" of {}", atlas.place(ix).name)).unwrap_or_default();
    let label = format!("Map{of} with the numbered places. The list holds the same.");
    let numbered = entries.iter().map(|entry| (entry.number, entry.asset));
    Picture::of(atlas, label, area, numbered, meeting.map(|meeting| meeting.position)).svg()
}

impl Entry {
    fn of(
        atlas: &Atlas,
        ask: &Ask,
        all: &[(AssetId, AssetIx)],
        at: usize,
        meeting: Option<&Meeting>,
    ) -> Self {
        let (id, asset) = all[at];
        let facts = Facts::of(atlas, asset);
        let kind = atlas.asset_kind(asset);
        // What is not loaded is left out of what is moved.
        let shown = Picks::of(all.iter().map(|(id, _)| *id));
        let moved = |first: usize, to: usize| {
            format!("{}#place-{}", Ask { picks: shown.swapped(first), ..ask.clone() }.shortlist(""), to + 1)
        };
        Self {
            number: at + 1,
            asset,
            id: id.to_string(),
            href: address::asset(&id.to_string(), Some(&ask.query())),
            kind: kind.as_str(),
            kind_title: words::kind_title(kind),
            category: facts.category_titles(),
            is_closed: atlas.asset_status(asset) == model::Status::Closed,
            distance: meeting.map(|meeting| meeting.label(atlas, asset)),
            facts: answers(atlas, kind, &facts),
            up: (at > 0).then(|| moved(at - 1, at - 1)),
            down: (at + 1 < all.len()).then(|| moved(at, at + 1)),
            remove: format!(
                "{}#shortlist",
                Ask { picks: ask.picks.without(id), ..ask.clone() }.shortlist("")
            ),
            name: facts.name,
        }
    }
}

/// What one wants to know before a meeting, in one order, so that places can be compared.
fn answers(atlas: &Atlas, kind: Kind, facts: &Facts) -> Vec<Fact> {
    let facilities = facts.facility_list();
    let said = |asked: &str| hire::said(&facilities, asked).map(model::capital);
    let known = |label: &str, text: Option<String>| match text {
        Some(text) => Fact::new(label, text),
        None => Fact::unknown(label),
    };
    let mut list = vec![who_to_ask(facts), known("Times", facts.opening_hours.clone())];
    list.push(known("Step-free access", said(hire::STEP_FREE)));
    if kind == Kind::Building {
        list.push(known("Accessible toilet", said("Accessible toilet")));
        list.push(known("Holds", said("How many people it holds").map(|text| people(&text))));
        list.push(known("Price", said("Cost to hire")));
    }
    list.push(known("Address", facts.place()));
    list.push(Fact::new("Source", format!("{}. {}", facts.source_title(atlas), facts.age(atlas))));
    list
}

/// `120 people`, where there is only a number.
fn people(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { format!("{text} people") } else { text.to_owned() }
}

fn who_to_ask(facts: &Facts) -> Fact {
    let value = |text: &Option<String>, href: fn(&str) -> Option<String>| {
        text.as_ref().map(|text| Value { text: text.clone(), href: href(text), is_unknown: false })
    };
    let ways = [value(&facts.phone, telephone), value(&facts.email, mailbox), value(&facts.website, website)];
    let values: Vec<Value> = ways.into_iter().flatten().collect();
    if values.is_empty() {
        let unknown = Value { text: format!("{NOT_KNOWN} at the place"), href: None, is_unknown: true };
        return Fact { label: "Who to ask".into(), values: vec![unknown] };
    }
    Fact { label: "Who to ask".into(), values }
}

/// The sources of the entries and of the boundary, each once.
fn credits(atlas: &Atlas, area: Option<LocalityIx>, entries: &[Entry]) -> Vec<Credit> {
    let mut ids: Vec<String> = entries.iter().map(|entry| Facts::of(atlas, entry.asset).source).collect();
    ids.extend(area.filter(|_| !entries.is_empty()).map(|ix| atlas.place(ix).source.clone()));
    credits_of(atlas, ids)
}

/// The sources with these ids, each once, by title.
pub(super) fn credits_of(atlas: &Atlas, mut ids: Vec<String>) -> Vec<Credit> {
    ids.sort();
    ids.dedup();
    let mut list: Vec<Credit> =
        ids.iter().filter_map(|id| atlas.source(id)).map(|source| Credit::of(atlas, source)).collect();
    list.sort_by_key(|credit| credit.title.to_lowercase());
    list
}

impl Credit {
    fn of(atlas: &Atlas, source: &model::Source) -> Self {
        let licence = |id: &str| (words::licence(id).to_owned(), licence_text(id));
        Self {
            title: super::facts::source_title(atlas, &source.id),
            publisher: source.publisher.clone(),
            date: source.as_of.map_or_else(|| "date not stated".into(), |date| date.in_words()),
            licence: source.licence.as_deref().map(licence),
            attribution: source.attribution.clone(),
        }
    }
}
