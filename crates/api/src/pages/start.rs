//! The start page: what this is, a search box, the areas, the sources.

use super::ask::{Ask, Read};
use super::frame::Frame;
use super::{about::SourceView, words};
use askama::Template;
use atlas::{Atlas, Place};
use model::Level;
use std::collections::{BTreeSet, HashMap};

#[derive(Template)]
#[template(path = "start.html")]
pub(super) struct StartPage {
    pub frame: Frame,
    pub is_empty: bool,
    pub knows: String,
    pub levels: Vec<LevelView>,
    pub sources: Vec<SourceView>,
    pub misread: Vec<String>,
}

/// The areas of one level.
pub(super) struct LevelView {
    pub word: &'static str,
    pub title: String,
    pub open: bool,
    pub areas: Vec<AreaView>,
    /// How many there are, and where to see all of them, when the list is cut.
    pub more: Option<(String, String)>,
}

/// An area in a list.
#[derive(Debug)]
pub(super) struct AreaView {
    pub name: String,
    /// The year of its boundaries, where the level has several.
    pub year: Option<String>,
    pub href: String,
    pub counts: String,
}

/// As many areas of a level as a page holds before it is asked for all.
const CUT: usize = 60;

impl StartPage {
    pub fn of(atlas: &Atlas, read: &Read) -> Self {
        let mut levels: Vec<Level> = atlas.levels();
        levels.sort_by_key(|level| order(*level));
        let views = levels.iter().enumerate().map(|(i, level)| {
            LevelView::of(atlas, *level, i == 0, read.levels.iter().any(|word| word == level.as_str()))
        });
        Self {
            frame: Frame::new(),
            is_empty: atlas.places().is_empty() && atlas.asset_count() == 0,
            knows: knows(atlas),
            levels: views.collect(),
            sources: SourceView::all(atlas, &Default::default()),
            misread: read.misread.clone(),
        }
    }
}

/// Wards first, then what people call by name, then the census.
fn order(level: Level) -> (u8, Level) {
    let rank = match level {
        Level::Ward => 0,
        Level::Neighbourhood | Level::Parish => 1,
        Level::District | Level::County | Level::Region | Level::Country => 2,
        Level::OutputArea | Level::Lsoa | Level::Msoa => 4,
        _ => 3,
    };
    (rank, level)
}

fn knows(atlas: &Atlas) -> String {
    use model::Kind::{Building, Group};
    let of = |kind| words::count_of(atlas.count_of(kind) as usize, Some(kind));
    let postcodes = words::count(atlas.postcode_count(), "postcode", "postcodes");
    format!("{}, {} and {postcodes} are loaded.", of(Group), of(Building))
}

impl LevelView {
    fn of(atlas: &Atlas, level: Level, first: bool, all: bool) -> Self {
        let mut places: Vec<&Place> = newest(atlas.places_of(level));
        places.sort_by_key(|place| place.name.to_lowercase());
        let years: BTreeSet<_> = places.iter().map(|place| place.vintage()).collect();
        let total = places.len();
        let cut = if all { total } else { CUT };
        let areas =
            places.iter().take(cut).map(|place| AreaView::of(atlas, place, years.len() > 1)).collect();
        let more = (total > cut).then(|| {
            (
                format!("Show all {} {}", words::number(total), level.many()),
                format!("/?all={}#{}", level.as_str(), level.as_str()),
            )
        });
        Self {
            word: level.as_str(),
            title: format!("{} ({})", words::levels(level), words::number(total)),
            open: first || all,
            areas,
            more,
        }
    }
}

/// Of each code the newest boundaries.
fn newest(places: &[Place]) -> Vec<&Place> {
    let mut by_code: HashMap<&str, &Place> = HashMap::new();
    for place in places {
        let kept = by_code.entry(place.code()).or_insert(place);
        if place.vintage() > kept.vintage() {
            *kept = place;
        }
    }
    by_code.into_values().collect()
}

impl AreaView {
    /// With a link to its list.
    pub fn of(atlas: &Atlas, place: &Place, with_year: bool) -> Self {
        let counts = atlas.locality(&place.id).map(|ix| atlas.counts(ix)).unwrap_or_default();
        let parts = [
            (counts.buildings > 0).then(|| words::count(counts.buildings as usize, "building", "buildings")),
            (counts.groups > 0).then(|| words::count(counts.groups as usize, "group", "groups")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        Self {
            name: place.name.clone(),
            year: with_year.then(|| place.vintage().to_string()),
            href: Ask::about(&place.id).link(),
            counts: if parts.is_empty() { "nothing loaded".into() } else { parts.join(", ") },
        }
    }
}
