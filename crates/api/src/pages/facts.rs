//! What the atlas knows of one asset, read back from its feature, and how the pages say it.

use super::{ask::Ask, hire, picks, words};
use atlas::{AssetIx, Atlas};
use model::{Category, PartialDate};
use serde::Deserialize;

/// The properties of an asset's feature. What is absent is not known.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Facts {
    pub name: String,
    pub categories: Vec<String>,
    pub summary: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub uprn: Option<String>,
    pub website: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub opening_hours: Option<String>,
    pub facilities: Option<String>,
    pub serves: Vec<String>,
    pub identifiers: Vec<String>,
    pub as_of: Option<String>,
    pub position_quality: Option<String>,
    pub source: String,
    pub ward: Option<String>,
    pub ward_name: Option<String>,
    pub registered_ward: Option<String>,
    pub registered_ward_name: Option<String>,
}

impl Facts {
    /// Of an asset.
    pub fn of(atlas: &Atlas, asset: AssetIx) -> Self {
        serde_json::from_slice(&atlas.asset_feature(asset).properties()).unwrap_or_default()
    }

    /// Its categories in plain English, the closest ones: a general one only where there is no other.
    pub fn category_titles(&self) -> Option<String> {
        let known: Vec<Category> = self.categories.iter().filter_map(|id| Category::parse(id)).collect();
        let close: Vec<&str> =
            known.iter().filter(|c| !super::ask::is_general(**c)).map(|c| c.title()).collect();
        match close.is_empty() {
            false => Some(close.join(", ")),
            true => known.first().map(|general| general.title().to_owned()),
        }
    }

    /// Address and postcode in one line.
    pub fn place(&self) -> Option<String> {
        let parts: Vec<&str> =
            [&self.address, &self.postcode].into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// How old the fact is.
    pub fn age(&self, atlas: &Atlas) -> String {
        let own = self.as_of.as_deref().and_then(|text| PartialDate::parse(text).ok());
        match (own, atlas.source(&self.source).and_then(|source| source.as_of)) {
            (Some(date), _) => format!("Listed {}, not checked since", date.in_words()),
            (None, Some(date)) => format!("Date not stated; its source is of {}", date.in_words()),
            (None, None) => "Date not stated by its source".to_owned(),
        }
    }

    /// The source's title.
    pub fn source_title(&self, atlas: &Atlas) -> String {
        source_title(atlas, &self.source)
    }

    /// How the position was found, when it is not the source's own.
    pub fn placed(&self) -> Option<&'static str> {
        match self.position_quality.as_deref()? {
            "postcode" => Some("placed by its postcode"),
            "uprn" => Some("placed by its property number"),
            "locality" => Some("placed roughly, by its area"),
            _ => None,
        }
    }

    /// What the place has, as label and value.
    pub fn facility_list(&self) -> Vec<(String, String)> {
        let mut list: Vec<(String, String)> = Vec::new();
        for part in self.facilities.as_deref().unwrap_or_default().split("; ") {
            match (part.split_once(": "), list.last_mut()) {
                (Some((label, value)), _) => list.push((label.to_owned(), value.to_owned())),
                (None, Some((_, before))) => {
                    before.push_str("; ");
                    before.push_str(part);
                }
                (None, None) => {}
            }
        }
        list
    }
}

/// A source's title; where several have the same, what its id says: `Trafford polling stations`.
pub(super) fn source_title(atlas: &Atlas, id: &str) -> String {
    let Some(source) = atlas.source(id) else { return id.to_owned() };
    let is_shared = atlas.sources().iter().any(|other| other.title == source.title && other.id != source.id);
    if is_shared { model::capital(&id.replace('-', " ")) } else { source.title.clone() }
}

/// An asset as one entry of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub id: String,
    pub name: String,
    pub href: String,
    /// `group` or `building`.
    pub kind: &'static str,
    pub kind_title: &'static str,
    pub category: Option<String>,
    pub place: Option<String>,
    pub hours: Option<String>,
    /// Why it is in the list.
    pub why: String,
    /// How its position was found.
    pub placed: Option<&'static str>,
    pub age: String,
    pub source: String,
    /// How far it is from the meeting place.
    pub from: Option<String>,
    /// What was asked for, and what its source says.
    pub asked: Vec<Asked>,
    /// Its box to tick; absent where there is no shortlist.
    pub pick: Option<Tick>,
}

/// A box to tick.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    pub value: String,
    pub is_ticked: bool,
}

/// One thing that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub label: &'static str,
    pub text: String,
}

impl Asked {
    fn of(facts: &Facts, ask: &Ask) -> Vec<Self> {
        let facilities = facts.facility_list();
        let known = |text: Option<&str>| text.unwrap_or(hire::NOT_KNOWN).to_owned();
        let access = ask
            .step_free
            .then(|| Self { label: hire::STEP_FREE, text: known(hire::said(&facilities, hire::STEP_FREE)) });
        let open = (ask.open.is_some() && facts.opening_hours.is_none())
            .then(|| Self { label: "Open", text: known(None) });
        open.into_iter().chain(access).collect()
    }
}

impl Row {
    /// For a list that was asked so; `why` says what it does there.
    pub fn new(atlas: &Atlas, asset: AssetIx, ask: Option<&Ask>, why: String) -> Self {
        let facts = Facts::of(atlas, asset);
        let id = atlas.asset_id(asset).to_string();
        let from = ask.map(Ask::query);
        Self {
            from: None,
            asked: ask.map(|ask| Asked::of(&facts, ask)).unwrap_or_default(),
            pick: ask.map(|ask| Tick {
                value: picks::short(atlas.asset_id(asset)),
                is_ticked: ask.picks.contains(atlas.asset_id(asset)),
            }),
            href: super::address::asset(&id, from.as_deref()),
            id,
            kind: atlas.asset_kind(asset).as_str(),
            kind_title: words::kind_title(atlas.asset_kind(asset)),
            category: facts.category_titles(),
            place: facts.place(),
            hours: facts.opening_hours.clone(),
            why,
            placed: facts.placed(),
            age: facts.age(atlas),
            source: facts.source_title(atlas),
            name: facts.name,
        }
    }
}
