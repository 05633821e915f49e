//! What a person typed: areas, postcodes, groups and buildings.

use super::ask::{Ask, Read};
use super::facts::Row;
use super::frame::Frame;
use super::words;
use crate::app_api::search::{is_in, says_of_area};
use askama::Template;
use atlas::{Atlas, Found, LocalityIx};
use model::{Level, Postcode};

#[derive(Template)]
#[template(path = "search.html")]
pub(super) struct SearchPage {
    pub frame: Frame,
    pub summary: String,
    pub areas: Vec<AreaFound>,
    /// Places without a boundary of their own.
    pub places: Vec<PlaceFound>,
    pub assets: Vec<Row>,
    /// A postcode that is loaded, but lies in no loaded ward.
    pub lonely_postcode: Option<String>,
    /// A postcode that was probably meant.
    pub suggestion: Option<(String, String)>,
    pub is_cut: bool,
}

/// A place without a boundary among the results: the wards that it is in.
pub(super) struct PlaceFound {
    pub says: String,
    /// Name and address of each.
    pub wards: Vec<(String, String)>,
}

/// An area among the results.
pub(super) struct AreaFound {
    pub name: String,
    /// `Ward of 2023, part of Trafford`
    pub what: String,
    /// `Partington is in Bucklow-St Martins`
    pub says: Option<String>,
    pub href: String,
}

const LIMIT: usize = 50;

/// The area that a text names and nothing else does: of a postcode, or the only one of that very name.
pub(super) fn only_area(atlas: &Atlas, q: &str) -> Option<String> {
    if let Some(ix) = atlas.locality(q.trim()) {
        return Some(atlas.place(ix).id.clone());
    }
    let found = atlas.find(q, LIMIT);
    if let Some(Found::Postcode(_, Some(ward))) = found.first() {
        return Some(atlas.place(*ward).id.clone());
    }
    let areas: Vec<LocalityIx> =
        found.iter().filter_map(|f| if let Found::Area(ix) = f { Some(*ix) } else { None }).collect();
    let exact = |ix: &&LocalityIx| {
        let place = atlas.place(**ix);
        same(&place.name, q) || same(place.code(), q) || same(&place.id, q)
    };
    let mut named = areas.iter().filter(exact);
    let only = match (named.next(), named.next(), &areas[..]) {
        (Some(one), None, _) => Some(*one),
        (None, None, [one]) if found.len() == 1 => Some(*one),
        _ => None,
    };
    // Of a ward of old the page says first what has become of it.
    let is_old = |ix: &LocalityIx| atlas.place(*ix).level() == Level::Ward && !atlas.is_ward_today(*ix);
    only.filter(|ix| !is_old(ix)).map(|ix| atlas.place(ix).id.clone())
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

impl SearchPage {
    pub fn of(atlas: &Atlas, read: &Read) -> Self {
        let found = atlas.find(&read.q, LIMIT + 1);
        let is_cut = found.len() > LIMIT;
        let mut page = Self {
            frame: Frame::searching(&read.q),
            summary: String::new(),
            areas: Vec::new(),
            places: Vec::new(),
            assets: Vec::new(),
            lonely_postcode: None,
            suggestion: suggestion(&read.q),
            is_cut,
        };
        for one in found.into_iter().take(LIMIT) {
            match one {
                Found::Area(ix) => page.areas.push(AreaFound::of(atlas, ix, &read.ask)),
                Found::Postcode(_, Some(ward)) => page.areas.push(AreaFound::of(atlas, ward, &read.ask)),
                Found::Postcode(postcode, None) => page.lonely_postcode = Some(postcode.to_string()),
                Found::Place { name, became, .. } => {
                    page.places.push(PlaceFound::of(atlas, name, &became, &read.ask))
                }
                Found::Asset(ix) => page.assets.push(Row::new(atlas, ix, None, where_it_is(atlas, ix))),
            }
        }
        let areas = words::count(page.areas.len() + page.places.len(), "area", "areas");
        let assets = words::count_of(page.assets.len(), None);
        page.summary = match (page.areas.len() + page.places.len(), page.assets.len(), is_cut) {
            (0, 0, _) => format!("Nothing found for “{}”", read.q),
            (_, _, true) => format!("The first {LIMIT} results for “{}”", read.q),
            (0, _, _) => format!("{assets} found for “{}”", read.q),
            (_, 0, _) => format!("{areas} found for “{}”", read.q),
            _ => format!("{areas} and {assets} found for “{}”", read.q),
        };
        page
    }

    pub fn found_nothing(&self) -> bool {
        self.areas.is_empty()
            && self.places.is_empty()
            && self.assets.is_empty()
            && self.lonely_postcode.is_none()
    }
}

fn suggestion(q: &str) -> Option<(String, String)> {
    let meant = Postcode::parse(q).err()?.suggestion()?.to_string();
    Some((meant.clone(), format!("/?q={}", super::address::value(&meant))))
}

fn where_it_is(atlas: &Atlas, asset: atlas::AssetIx) -> String {
    let ward = atlas.asset_position(asset).and_then(|p| atlas.locality_at(p, Level::Ward));
    match ward {
        Some(ward) => format!("In {}", atlas.place(ward).name),
        None if atlas.asset_position(asset).is_some() => "Outside all loaded wards".into(),
        None => "Its place is not known".into(),
    }
}

impl PlaceFound {
    fn of(atlas: &Atlas, name: String, became: &[LocalityIx], ask: &Ask) -> Self {
        let ward = |ix: &LocalityIx| {
            let place = atlas.place(*ix);
            (place.name.clone(), Ask { area: place.id.clone(), ..ask.clone() }.link())
        };
        Self {
            says: is_in(atlas, &name, became)
                .unwrap_or(format!("{name} is known, but no boundary of its wards is loaded")),
            wards: became.iter().map(ward).collect(),
        }
    }
}

impl AreaFound {
    fn of(atlas: &Atlas, ix: LocalityIx, ask: &Ask) -> Self {
        let place = atlas.place(ix);
        let within = super::area::part_of(atlas, ix)
            .into_iter()
            .next()
            .map(|larger| format!(", part of {}", larger.name));
        Self {
            name: place.name.clone(),
            what: format!(
                "{} of {}{}",
                model::capital(words::level(place.level())),
                place.vintage(),
                within.unwrap_or_default()
            ),
            says: says_of_area(atlas, ix, &atlas.wards_today(ix)),
            href: Ask { area: place.id.clone(), ..ask.clone() }.link(),
        }
    }
}
