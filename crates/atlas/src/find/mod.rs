//! **Search by the words that people have**: areas, postcodes, groups and buildings, with typing errors, unfinished words
//! and everyday names of categories.
//!
//! Text becomes words ([`fold`]); an inverted index says which names and texts hold a word ([`words`]). A query is a few
//! tokens ([`query`]); each stands for itself, for words that start so and for words spelt nearly so ([`likely`],
//! [`typo`]). Areas and assets are scored on one scale ([`areas`], [`assets`], [`tally`]). A place among the words says
//! where ([`here`]). What is not a ward of today says in which of them it lies ([`today`]).

mod areas;
mod assets;
mod categories;
mod fold;
mod hash;
mod here;
mod likely;
mod postcodes;
mod query;
mod tally;
mod today;
mod typo;
mod words;

use crate::localities::Localities;
use crate::{AssetIx, Atlas, LocalityIx};
use areas::Named;
use model::{Level, Postcode};

/// Something found by what a person typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// An area. [`Atlas::wards_today`] says which wards of today it lies in.
    Area(LocalityIx),
    /// A postcode, and the ward that it lies in where one is loaded.
    Postcode(Postcode, Option<LocalityIx>),
    /// A place without a boundary of its own: the beginning of a postcode, or an area that sources only mention.
    Place {
        /// Its name.
        name: String,
        /// What kind of area; `None` for the beginning of a postcode.
        level: Option<Level>,
        /// Its code.
        code: Option<String>,
        /// The wards of today that it lies in or overlaps, the largest part first.
        became: Vec<LocalityIx>,
    },
    /// A group or building.
    Asset(AssetIx),
}

/// What finds things; part of the atlas.
pub(crate) struct Index {
    areas: areas::Areas,
    assets: words::Words,
    categories: categories::Categories,
    wards_of_today: Vec<bool>,
}

pub(crate) use assets::gather;
pub(crate) use hash::Tables as Quick;
pub(crate) use words::{Gathered, Words};

impl Index {
    pub fn new(assets: Words, localities: &Localities) -> Self {
        Self {
            areas: areas::Areas::new(localities),
            assets,
            categories: categories::Categories::new(),
            wards_of_today: today::wards_of_today(localities),
        }
    }

    /// The words of assets.
    pub fn words(&self) -> &Words {
        &self.assets
    }
}

/// A postcode that is known, an area's own code, the beginning of a postcode: before all else.
const CERTAIN: f32 = 1_000.0;

impl Atlas {
    /// **What do people mean by this text?** The best first, and no more than `limit`: a postcode or code itself; areas
    /// that the whole text names; groups and buildings that have all its words, in their names before elsewhere, and in
    /// the place that it names before further away; areas that a part of it names.
    pub fn find(&self, text: &str, limit: usize) -> Vec<Found> {
        let query = query::Query::new(text, &self.find, &self.delta.words);
        let areas = self.areas_named(&query);
        let mut found: Vec<(f32, Found)> = Vec::new();
        if let Some(postcode) = &query.postcode
            && let Some(ward) = self.ward_of(postcode)
        {
            let score = if query.only_postcode { CERTAIN } else { 0.0 };
            found.push((score, Found::Postcode(postcode.clone(), ward)));
        }
        if let Some(ix) = self.localities.find(text.trim()) {
            found.push((CERTAIN, Found::Area(ix)));
        }
        found.extend(self.postcodes_beginning(text).map(|place| (CERTAIN, place)));
        let mut named: Vec<_> = areas.iter().map(|hit| (hit.score, self.found_area(hit.named))).collect();
        named.sort_by(|a, b| b.0.total_cmp(&a.0));
        named.truncate(limit);
        for (score, area) in named {
            if !found.iter().any(|(_, other)| *other == area) {
                found.push((score, area));
            }
        }
        let here = self.here(&query, &areas);
        let is_area = areas.iter().any(|hit| hit.tokens == query.all());
        let assets = self.assets_for(&query, &here, is_area, limit);
        found.extend(assets.into_iter().map(|(score, asset)| (score, Found::Asset(asset))));
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.truncate(limit);
        found.into_iter().map(|(_, one)| one).collect()
    }

    /// How many bytes of memory the words of areas and assets take.
    pub fn find_bytes(&self) -> usize {
        self.find.areas.words().bytes() + self.find.assets.bytes()
    }

    fn found_area(&self, named: Named) -> Found {
        let number = match named {
            Named::Area(ix) => return Found::Area(ix),
            Named::Code(number) => number,
        };
        let codes = &self.localities.codes;
        let code = codes.code(number).to_owned();
        let parts = self.localities.with_code.get(&number).into_iter().flatten();
        Found::Place {
            name: codes.name(number).to_owned(),
            level: model::AreaCode::parse(&code).ok().and_then(|code| code.level()),
            code: Some(code),
            became: parts.copied().filter(|ix| self.is_ward_today(*ix)).collect(),
        }
    }
}
